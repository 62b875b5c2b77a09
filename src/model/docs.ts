/** What parts of a network write on pages of its repository. */
import type { Chosen, Plan } from "./plan.ts";
import type { TemplateId, View } from "./unit.ts";

/** What it writes into the docs. All fragments see the same view. */
export interface ComponentDocs<Options = unknown> {
  /** Its section of docs/components.md: one text, or what several share and then its own. */
  readonly template: Texts;
  /** A page of its own: `docs/ingress-nginx.md`. The README links to it. */
  readonly page?: { readonly path: string; readonly template: Texts };
  readonly fragments?: Fragments;
  view(plan: Plan, options: Options, chosen: Chosen): View;
}

/** What a platform writes on pages that are not its own. All fragments see the same view. */
export interface PlatformDocs {
  readonly fragments: Fragments;
  view(plan: Plan): View;
}

/** Words on pages of the repository. A page shows those of what is in use: platforms, then components as the catalog has them. */
export type Fragments = Readonly<Partial<Record<DocsPage, Texts>>>;

export type Texts = TemplateId | readonly TemplateId[];

/**
 * Pages that others have something to say on, and in which form.
 * `dns`: paragraphs, who answers which names. `certificates`: what is seen where. `requests`: commands on docs/network.md.
 * `routes`: a `##` on docs/routes.md. `troubleshooting`: a `###` for each symptom. `alarms`: a `##` for each alarm. `operations`: a `##` for each occasion. On docs/security.md `machines`: a `##` on who gets to them; `gateways`: a list of what holds for those of one provider. `public-repository`: how it is made private.
 */
export type DocsPage =
  | "dns"
  | "certificates"
  | "requests"
  | "routes"
  | "troubleshooting"
  | "alarms"
  | "operations"
  | "machines"
  | "gateways"
  | "public-repository";

export const textsOf = (texts: Texts | undefined): readonly TemplateId[] =>
  texts === undefined ? [] : typeof texts === "string" ? [texts] : texts;
