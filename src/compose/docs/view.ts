/** What the pages may say. One view for all of them: a network is described by the same words everywhere. */
import { schemeOf } from "../../catalog/gatewayCertificates.ts";
import { contains } from "../../model/address.ts";
import { announcementOf, speakingNodes } from "../../model/bgp.ts";
import { both } from "../../model/families.ts";
import { RUNTIMES, taintsOf } from "../../model/gpu.ts";
import type { Catalog } from "../../model/component.ts";
import { keptSecrets } from "../../model/keptSecrets.ts";
import type { Gpu, Plan } from "../../model/plan.ts";
import { ZONES } from "../../model/zones.ts";
import { toldOwners } from "../../model/told.ts";
import type { OrderedUnit, View } from "../../model/unit.ts";
import type { Extras } from "../extras.ts";
import { ciView } from "../ci.ts";
import { gitHostOf, hostNameOf, repositoryNameOf } from "../gitHost.ts";
import { engineOf, platformsOf } from "../inUse.ts";
import { hooksPath } from "../repositoryFiles.ts";
import { secretNeeds } from "../secretNeeds.ts";
import { addressRows } from "../../plan/addressRows.ts";
import { everyDay } from "./commands.ts";
import { exampleOf } from "./example.ts";
import { announcerTitle, dnsTitle, resolverNames } from "./names.ts";
import { toldServer } from "../../model/toldServer.ts";
import { networkPicture } from "./networkPicture.ts";
import { requestPicture, type Example } from "./requestPicture.ts";
import { routesView } from "./routesPage.ts";
import { securityView } from "./securityPage.ts";

export function pageView(plan: Plan, units: readonly OrderedUnit[], catalog: Catalog, { version }: Extras): View {
  const example = exampleOf(plan, units);
  const own = {
    name: plan.name,
    domains: plan.domains,
    zones: ZONES.flatMap((key) => plan.zones[key] ?? []),
    engine: engineOf(plan, catalog).title,
    distribution: platformsOf(plan, catalog)[0]?.title,
    rows: addressRows(plan).map(({ address, what, note }) => ({ address, what, note })),
    networkPicture: networkPicture(plan),
    // A certificate is a page of its own; a way in stands in the picture.
    plainHttp: schemeOf(plan) === "http",
    closed: plan.gateways.every((gateway) => gateway.public === undefined),
    everyDay: everyDay(plan, example, version),
    keptSecrets: keptView(plan),
    secrets: secretNeeds(units).map(({ namespace, name, because }) => ({ namespace, name, because })),
    hooks: hooksPath(plan),
    dns: dnsTitle(plan),
    server: toldServer(plan) ?? null,
    loadBalancer: announcerTitle(plan) ?? "",
  };
  return together([
    own,
    lanView(plan),
    clusterView(plan),
    repositoryView(plan),
    requestView(plan, example),
    routesView(plan),
    securityView(plan, units, catalog),
  ]);
}

/** Of two parts that call different things by one name, one would be lost without a word. */
export function together(parts: readonly View[]): View {
  const names = parts.flatMap((part) => Object.keys(part));
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new Error(`two parts of the view of the pages are called ${twice}`);
  return Object.assign({}, ...parts) as View;
}

function keptView(plan: Plan): View | null {
  const kept = keptSecrets(plan);
  return kept === undefined ? null : { everyDay: kept.everyDay, written: kept.form === "written" };
}

const lanView = (plan: Plan): View => ({
  asn: plan.bgp?.asn ?? null,
  told: [
    ...(announcementOf(plan) === "bgp" ? ["every address of a pool"] : []),
    ...toldOwners(plan).map((what) => `the address of ${what}`),
  ].join(" and "),
  routers: speakingNodes(plan).length === 0 ? [] : (plan.bgp?.peers ?? []).map(({ name, asn }) => ({ name, asn })),
  lan: both(plan.stacks.flatMap(({ lan }) => lan?.value ?? [])),
  router: both(plan.stacks.flatMap(({ router }) => router?.value ?? [])),
  dhcp: plan.lan.dhcp?.text ?? null,
  resolvers: resolverNames(plan),
  ntp: plan.lan.ntp,
  networks: plan.networks.map(({ name, cidrs, vlan }) => ({ name, cidr: both(cidrs), vlan: vlan ?? null })),
  software: plan.lan.hosts.flatMap(({ name, software }) =>
    software.length === 0 ? [] : [{ name, software: software.join(", ") }],
  ),
});

function gpuView({ nodes }: Plan): View {
  const gpus = nodes.flatMap((node) =>
    taintsOf(node).map(({ key }) => ({ name: node.name, maker: node.gpu ?? "", resource: key })),
  );
  // Of several makers the one with most to say.
  const example = gpus.find(({ maker }) => RUNTIMES[maker as Gpu] !== undefined) ?? gpus[0];
  return {
    gpus,
    gpuExample: example === undefined ? null : { maker: example.maker, resource: example.resource },
    gpuRuntime: (example && RUNTIMES[example.maker as Gpu]) ?? null,
  };
}

const clusterView = (plan: Plan): View => ({
  api: both(plan.cluster.api.addresses),
  apiPort: plan.cluster.api.port,
  ...gpuView(plan),
  pods: both(plan.stacks.flatMap(({ pods }) => pods?.value ?? [])),
  services: both(plan.stacks.flatMap(({ services }) => services?.value ?? [])),
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
  gateways: plan.gateways.map(({ name, object, addresses, isDefault }) => ({
    name,
    object,
    address: both(addresses),
    isDefault,
  })),
});

const repositoryView = (plan: Plan): View => ({
  url: plan.repository.url,
  branch: plan.repository.branch,
  private: plan.repository.access !== "public",
  repository: repositoryNameOf(plan),
  host: hostNameOf(plan),
  isGitHub: gitHostOf(plan) === "github",
  ci: ciView(plan),
  root: plan.root === "" ? null : plan.root,
});

function requestView(plan: Plan, example: Example | undefined): View {
  if (example === undefined) return { example: null };
  const { route, gateway } = example;
  const scheme = schemeOf(plan);
  return {
    example: {
      host: route.host,
      service: route.service,
      namespace: route.namespace,
      address: gateway.address,
      others: gateway.addresses.filter((ip) => ip !== gateway.address),
      url: `${scheme}://${route.host}`,
      port: scheme === "https" ? 443 : 80,
    },
    requestPicture: requestPicture(example, plan),
  };
}
