/** From machines to a running cluster: one page, in which only what concerns the machines differs between distributions. */
import type { Catalog } from "../model/component.ts";
import { chosenIn } from "../model/chosen.ts";
import { keptSecrets } from "../model/keptSecrets.ts";
import { at } from "../model/layout.ts";
import type { Plan } from "../model/plan.ts";
import { toldAddresses } from "../model/told.ts";
import type { OrderedUnit, TemplateId, View } from "../model/unit.ts";
import type { Entry } from "../tree/tree.ts";

const SHARED = "platforms/bootstrap";

interface Page {
  readonly plan: Plan;
  readonly units: readonly OrderedUnit[];
  readonly catalog: Catalog;
  /** `platform talos` */
  readonly by: string;
}

/** In the order of the page. `folder` has what is the distribution's own: `start` and `machines`. */
export const bootstrapTemplates = (folder: TemplateId): readonly TemplateId[] => [
  `${folder}/bootstrap/start.md`,
  `${SHARED}/publish.md`,
  `${folder}/bootstrap/machines.md`,
  `${SHARED}/apps.md`,
];

export function bootstrapView(plan: Plan, units: readonly OrderedUnit[], { engines }: Catalog): View {
  const { repository } = plan;
  const engine = engines.find(({ id }) => id === plan.engine);
  return {
    engine: engine?.title,
    watch: engine?.watch,
    podNetwork: plan.cluster.podNetwork.installedBy === "repository",
    hardwarePage: plan.cluster.hardwarePage ?? null,
    apiPage: chosenIn(plan, "api")[0]?.component.docs?.page?.path.replace(/^docs\//, "") ?? null,
    apiRouters: toldAddresses(plan).length === 0 ? null : (plan.bgp?.peers ?? []).map(({ name }) => name).join(" and "),
    running: false,
    keptSecrets: keptView(plan, units),
    secrets: units.some(({ early, secrets = [] }) => !early && secrets.length > 0),
    anySecrets: units.some(({ secrets = [] }) => secrets.length > 0),
    earlySecrets: units.flatMap(({ early, secrets = [] }) => (early ? secrets.map(({ name }) => name) : [])),
    early: units.filter(({ early }) => early).map(({ id, namespace }) => ({ id, namespace })),
    url: repository.url,
    branch: repository.branch,
  };
}

function keptView(plan: Plan, units: readonly OrderedUnit[]): View | null {
  const kept = keptSecrets(plan);
  if (kept === undefined) return null;
  const { stand, filled, given, script } = kept;
  const isGiven =
    script !== undefined ||
    units.some(({ early, secrets = [] }) => secrets.some(({ first }) => early || first === true));
  return { stand, because: filled.because, commands: filled.commands, given: isGiven ? given : null };
}

/** `own`: what the distribution's parts of the page see beside what all see. */
export function bootstrapPage({ plan, units, catalog, by }: Page, folder: TemplateId, own: View): Entry {
  const view = { ...bootstrapView(plan, units, catalog), ...own };
  const parts = bootstrapTemplates(folder).map((template) => catalog.templates.render(template, view));
  return [at(plan, "docs/bootstrap.md"), { content: parts.join("\n"), kept: "managed", by }];
}
