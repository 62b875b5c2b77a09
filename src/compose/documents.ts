/** Pages that speak of this network by name: README, addresses, DNS, components. */
import { contains, type Ip } from "../model/address.ts";
import { chosenIn } from "../model/chosen.ts";
import type { Catalog, DocsPage } from "../model/component.ts";
import type { OrderedUnit, View } from "../model/unit.ts";
import { appFolder, at, unitFolder } from "../model/layout.ts";
import type { Chosen, Plan } from "../model/plan.ts";
import type { Kept, Tree } from "../model/tree.ts";
import { createTree, type Entry } from "../tree/tree.ts";
import type { Extras } from "./extras.ts";
import { engineOf, platformsOf } from "./inUse.ts";

interface Page {
  readonly template: string;
  readonly path: string;
  readonly kept: Kept;
  /** Components have their say below. */
  readonly fragments?: DocsPage;
}

const PAGES: readonly Page[] = [
  { template: "repository/README.md", path: "README.md", kept: "seeded" },
  { template: "repository/docs/network.md", path: "docs/network.md", kept: "managed", fragments: "requests" },
  { template: "repository/docs/dns.md", path: "docs/dns.md", kept: "managed", fragments: "dns" },
  { template: "repository/notes/README.md", path: "docs/notes/README.md", kept: "seeded" },
];

export function documents(plan: Plan, units: readonly OrderedUnit[], catalog: Catalog, extras: Extras): Tree {
  const view = pageView(plan, catalog, extras);
  return createTree([
    ...PAGES.map(({ template, path, kept, fragments }): Entry => {
      const below = fragments === undefined ? [] : fragmentsOf(fragments, plan, catalog);
      const content = [catalog.templates.render(template, view), ...below].join("\n");
      return [at(plan, path), { content, kept, by: "documents" }];
    }),
    [
      at(plan, "docs/components.md"),
      { content: componentsPage(plan, units, catalog), kept: "managed", by: "documents" },
    ],
  ]);
}

/** What the pages may say. One view for all of them: a network is described by the same words everywhere. */
function pageView(plan: Plan, catalog: Catalog, { version }: Extras): View {
  const [dns] = chosenIn(plan, "split-dns");
  const gateway = plan.gateways.find(({ isDefault }) => isDefault) ?? plan.gateways[0];
  return {
    name: plan.name,
    domain: plan.domains[0],
    domains: plan.domains,
    version,
    engine: engineOf(plan, catalog).title,
    distribution: platformsOf(plan, catalog)[0]?.title,
    lan: plan.lan.cidr.text,
    router: plan.lan.gateway,
    dhcp: plan.lan.dhcp?.text ?? "",
    resolvers: plan.lan.dns,
    pods: plan.cluster.pods.text,
    services: plan.cluster.services.text,
    api: plan.cluster.api.address,
    addresses: plan.addresses.claims
      .filter(({ sameAs }) => !sameAs)
      .map(({ ip, owner, note }) => ({ ip, owner, note: note ?? "" })),
    pools: plan.pools.map(({ name, range }) => ({
      name,
      range: range.text,
      used: plan.addresses.claims
        .filter((claim) => claim.fromPool && contains(range, claim.ip))
        .map(({ owner }) => owner)
        .join(", "),
    })),
    gateways: plan.gateways.map(({ name, object, address, isDefault }) => ({ name, object, address, isDefault })),
    gateway: gateway?.object ?? "",
    gatewayAddress: gateway?.address ?? "",
    dns: dns?.component.title ?? "",
    dnsServer: serverOf(dns, plan) ?? "",
    loadBalancer: chosenIn(plan, "load-balancer")[0]?.component.title ?? "",
  };
}

function componentsPage(plan: Plan, units: readonly OrderedUnit[], catalog: Catalog): string {
  const { templates } = catalog;
  const head = templates.render("repository/docs/components.md", {
    steps: units.map((unit) => ({
      id: unit.id,
      folder: folderOf(unit),
      after: unit.dependsOn.join(", "),
      early: unit.early,
    })),
  });
  const sections = plan.chosen.map((chosen) => {
    const { docs, title, summary } = chosen.component;
    const own = docs && templates.render(docs.template, docs.view(plan, chosen.options, chosen));
    return `## ${title}${chosen.name === undefined ? "" : ` (${chosen.name})`}\n\n${own ?? `${summary}\n`}`;
  });
  return [head, ...sections].join("\n");
}

/** What those in use have to say on a page, in the order of the catalog. */
const fragmentsOf = (page: DocsPage, plan: Plan, { templates }: Catalog): readonly string[] =>
  plan.chosen.flatMap((chosen) => {
    const { docs } = chosen.component;
    const template = docs?.fragments?.[page];
    return docs === undefined || template === undefined
      ? []
      : [templates.render(template, docs.view(plan, chosen.options, chosen))];
  });

/** The address at which the LAN's resolver asks for the domains. */
const serverOf = (dns: Chosen | undefined, { addresses }: Plan): Ip | undefined =>
  addresses.claims.find(({ path, fromPool }) => fromPool && dns?.path !== undefined && path.startsWith(`${dns.path}.`))
    ?.ip;

/** Manifests of another repository have no folder of their own here, only the engine's file of the app. */
const folderOf = (unit: OrderedUnit): string =>
  (unit.remote === undefined ? unitFolder : appFolder)(unit, { root: "" });
