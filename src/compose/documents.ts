/** Pages that speak of this network by name: README, addresses, DNS, components. */
import { contains } from "../model/address.ts";
import type { Catalog, OrderedUnit, View } from "../model/component.ts";
import { appFolder, at, unitFolder } from "../model/layout.ts";
import type { Plan } from "../model/plan.ts";
import type { Kept, Tree } from "../model/tree.ts";
import { createTree, type Entry } from "../tree/tree.ts";
import type { Extras } from "./extras.ts";
import { componentsOf, engineOf, platformsOf } from "./inUse.ts";

const PAGES: readonly { readonly template: string; readonly path: string; readonly kept: Kept }[] = [
  { template: "repository/README.md", path: "README.md", kept: "seeded" },
  { template: "repository/docs/network.md", path: "docs/network.md", kept: "managed" },
  { template: "repository/docs/dns.md", path: "docs/dns.md", kept: "managed" },
  { template: "repository/notes/README.md", path: "docs/notes/README.md", kept: "seeded" },
];

export function documents(plan: Plan, units: readonly OrderedUnit[], catalog: Catalog, extras: Extras): Tree {
  const view = pageView(plan, catalog, extras);
  return createTree([
    ...PAGES.map(({ template, path, kept }): Entry => [
      at(plan, path),
      { content: catalog.templates.render(template, view), kept, by: "documents" },
    ]),
    [
      at(plan, "docs/components.md"),
      { content: componentsPage(plan, units, catalog), kept: "managed", by: "documents" },
    ],
  ]);
}

/** What the pages may say. One view for all of them: a network is described by the same words everywhere. */
function pageView(plan: Plan, catalog: Catalog, { version }: Extras): View {
  const dns = plan.addresses.claims.find(
    ({ owner, fromPool }) => fromPool && owner === plan.providers.get("split-dns"),
  );
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
    dnsServer: dns?.ip ?? "",
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
  const fragments = componentsOf(plan, catalog).map((component) => {
    const own =
      component.docs &&
      templates.render(component.docs.template, component.docs.view(plan, plan.chosen.get(component.id)));
    return `## ${component.title}\n\n${own ?? `${component.summary}\n`}`;
  });
  return [head, ...fragments].join("\n");
}

/** Manifests of another repository have no folder of their own here, only the engine's file of the app. */
const folderOf = (unit: OrderedUnit): string =>
  (unit.remote === undefined ? unitFolder : appFolder)(unit, { root: "" });
