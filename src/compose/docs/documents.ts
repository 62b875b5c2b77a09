/** Pages that speak of this network by name. A page is its own text and, where it has a place for them, the words of what is in use. */
import { ALARMS_PAGE } from "../../model/alarms.ts";
import type { Catalog } from "../../model/component.ts";
import { textsOf, type DocsPage } from "../../model/docs.ts";
import { at } from "../../model/layout.ts";
import { isMetered } from "../../model/metrics.ts";
import type { RepoPath } from "../../model/names.ts";
import type { Plan } from "../../model/plan.ts";
import type { Kept, Tree } from "../../model/tree.ts";
import type { OrderedUnit, View } from "../../model/unit.ts";
import { createTree, type Entry } from "../../tree/tree.ts";
import type { Extras } from "../extras.ts";
import { componentsPage } from "./componentsPage.ts";
import { fragmentsOf } from "./fragments.ts";
import { memoryView } from "./memoryPage.ts";
import { reflow } from "./reflow.ts";
import { resolverSections } from "./resolverSections.ts";
import { pageView } from "./view.ts";

interface Page {
  readonly path: string;
  /** Parts in order; one that is empty leaves no trace. */
  parts(context: Context): readonly string[];
  readonly kept?: Kept;
}

interface Context {
  readonly plan: Plan;
  readonly units: readonly OrderedUnit[];
  readonly catalog: Catalog;
  readonly text: (template: string, more?: View) => string;
  readonly fragments: (page: DocsPage) => readonly string[];
}

/** In the order of the README, which comes last because it links to all of them. */
const PAGES: readonly Page[] = [
  {
    path: "docs/dns.md",
    parts: ({ text, fragments, plan, catalog }) => [
      text("docs/dns.md"),
      ...fragments("dns"),
      ...resolverSections(plan, catalog, text),
      text("docs/dns-check.md"),
    ],
  },
  {
    path: "docs/certificates.md",
    parts: ({ text, fragments }) => ifAny(fragments("certificates"), (own) => [text("docs/certificates.md"), ...own]),
  },
  { path: "docs/network.md", parts: ({ text, fragments }) => [text("docs/network.md"), ...fragments("requests")] },
  {
    path: "docs/memory.md",
    parts: ({ text, plan }) => [text("docs/memory.md", memoryView(plan))],
  },
  {
    path: "docs/routes.md",
    parts: ({ text, plan, fragments }) =>
      plan.gateways.length === 0 ? [] : [text("docs/routes.md"), ...fragments("routes")],
  },
  { path: "docs/components.md", parts: ({ plan, units, catalog }) => [componentsPage(plan, units, catalog)] },
  {
    path: "docs/operations.md",
    parts: ({ text, fragments }) => [text("docs/operations.md"), ...fragments("operations")],
  },
  {
    path: "docs/troubleshooting.md",
    parts: ({ text, fragments }) => [text("docs/troubleshooting.md"), ...fragments("troubleshooting")],
  },
  {
    path: ALARMS_PAGE,
    parts: ({ text, fragments, plan }) => (isMetered(plan) ? [text(ALARMS_PAGE), ...fragments("alarms")] : []),
  },
  {
    path: "docs/security.md",
    parts: ({ text, fragments }) => [
      text("docs/security.md"),
      text("docs/security-policies.md"),
      ...fragments("machines"),
      text("docs/security-gateways.md"),
      ...fragments("gateways"),
      text("docs/security-limits.md"),
    ],
  },
  {
    path: "docs/public-repository.md",
    parts: ({ text, fragments }) => [text("docs/public-repository.md"), ...fragments("public-repository")],
  },
  { path: "docs/notes/README.md", parts: ({ text }) => [text("notes/README.md")], kept: "seeded" },
];

const ifAny = (own: readonly string[], page: (own: readonly string[]) => readonly string[]): readonly string[] =>
  own.length === 0 ? [] : page(own);

/** `others` have pages of their own, which the README links to as well. */
export function documents(
  plan: Plan,
  units: readonly OrderedUnit[],
  catalog: Catalog,
  extras: Extras,
  others: Tree,
): Tree {
  const view = pageView(plan, units, catalog, extras);
  const text = (template: string, more: View = {}): string =>
    catalog.templates.render(`repository/${template}`, { ...view, ...more });
  const context: Context = { plan, units, catalog, text, fragments: (page) => fragmentsOf(page, plan, catalog) };
  const shared = PAGES.flatMap(({ path, parts, kept }): readonly Entry[] => {
    const content = reflow(parts(context).join("\n"));
    return content === "" ? [] : [[at(plan, path), { content, kept: kept ?? "managed", by: "documents" }]];
  });
  const pages = [...shared, ...own(plan, catalog)];
  const linked = [...[...others].filter(([path]) => path.endsWith(".md")), ...pages].map(([path, { content }]) =>
    link(path, content, plan),
  );
  return createTree([
    [at(plan, "README.md"), { content: reflow(text("README.md", { pages: linked })), kept: "seeded", by: "documents" }],
    ...pages,
  ]);
}

/** Pages of components, which come after those that all share. */
const own = (plan: Plan, { templates }: Catalog): readonly Entry[] =>
  plan.chosen.flatMap((chosen): readonly Entry[] => {
    const { docs, id } = chosen.component;
    if (docs?.page === undefined) return [];
    const view = docs.view(plan, chosen.options, chosen);
    const content = reflow(
      textsOf(docs.page.template)
        .map((text) => templates.render(text, view))
        .join("\n"),
    );
    return [[at(plan, docs.page.path), { content, kept: "managed", by: id }]];
  });

type Link = { readonly path: string; readonly title: string };

/** A page is called what its first line says. */
const link = (path: RepoPath, content: string, { root }: Plan): Link => ({
  path: root === "" ? path : path.slice(root.length + 1),
  title: (/^# (.*)/.exec(content)?.[1] ?? path).replace(/\\(?=\W)/g, ""),
});
