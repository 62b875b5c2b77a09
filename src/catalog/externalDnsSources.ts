/** What external-dns reads: kinds of routes, and how those of published gateways are told from all others. */
import { contains, familyOf, type Ip } from "../model/address.ts";
import type { Plan } from "../model/plan.ts";
import type { Gateway } from "../model/gateway.ts";
import type { ArgGroup } from "./externalDns.ts";
import { mayCarryRecords } from "./passthrough.ts";
import { lanPublishers, publishedNames, publishLabel, reachOf, shownAddresses, type Publisher } from "./publishing.ts";
import { isRecording, needsRecord } from "./recorded.ts";

interface Source {
  readonly source: string;
  readonly why?: string;
}

interface Reading {
  readonly sources: readonly Source[];
  readonly groups: readonly ArgGroup[];
}

/** Names that go to the internet say where they lead; in the house they lead to the address of their gateway. */
export const readSources = (plan: Plan, chosen: Publisher): Reading =>
  reachOf(chosen) === "lan" ? readForLan(plan, chosen) : readForInternet(plan, chosen);

function readForInternet(plan: Plan, chosen: Publisher): Reading {
  const { published } = gatewaysOf(plan, chosen);
  const ours = plan.gateways.filter((gateway) => mayCarryRecords(gateway, plan)).flatMap(({ addresses }) => addresses);
  return {
    sources: [
      ...kindsOf(published),
      ...(published.some(({ component }) => isRecording(component, plan)) ? [INGRESS_ROUTES] : []),
    ],
    groups: [
      ...selection(published, chosen, "Names of all others stay inside the house."),
      ...group(
        "Records of routes for the LAN itself. They are for the DNS server of the cluster.",
        ours.map((ip) => `--exclude-target-net=${net(ip)}`),
      ),
      ...group("Records for the LAN itself.", lanPublishers(plan).length > 0 ? insideOf(plan) : []),
    ],
  };
}

/** Records carry addresses of the LAN there, and none of them is for the internet but that of a gateway which is shown to it. */
const insideOf = (plan: Plan): readonly string[] => {
  const shown = shownAddresses(plan);
  const nets = plan.stacks
    .flatMap(({ lan }) => (lan === undefined ? [] : [lan.value]))
    .filter((cidr) => !shown.some((ip) => contains(cidr, ip)));
  const outside = plan.records.flatMap(({ ips }) => ips).filter((ip) => !nets.some((cidr) => contains(cidr, ip)));
  return [...nets.map(({ text }) => text), ...outside.map(net)].map((text) => `--exclude-target-net=${text}`);
};

function readForLan(plan: Plan, chosen: Publisher): Reading {
  const { published, others } = gatewaysOf(plan, chosen);
  const shown = published.filter((gateway) => !needsRecord(gateway, plan));
  const hidden = others.flatMap(({ addresses }) => addresses).map((ip) => `--exclude-target-net=${net(ip)}`);
  return {
    sources: kindsOf(shown),
    groups: [
      ...selection(shown, chosen, "Others are not written here."),
      ...group(
        "Records of routes on other gateways.",
        others.some((gateway) => mayCarryRecords(gateway, plan)) ? hidden : [],
      ),
    ],
  };
}

function gatewaysOf(plan: Plan, chosen: Publisher) {
  const names = publishedNames(chosen, plan);
  const isPublished = ({ name }: Gateway): boolean => names.includes(name);
  return {
    published: plan.gateways.filter(isPublished),
    others: plan.gateways.filter((gateway) => !isPublished(gateway)),
  };
}

const ofKind = (gateways: readonly Gateway[], kind: Gateway["routeKind"]): readonly Gateway[] =>
  gateways.filter(({ routeKind }) => routeKind === kind);

const kindsOf = (gateways: readonly Gateway[]): readonly Source[] => [
  { source: "crd" },
  ...(ofKind(gateways, "HTTPRoute").length > 0
    ? [{ source: "gateway-httproute" }, { source: "gateway-grpcroute" }]
    : []),
  ...(ofKind(gateways, "Ingress").length > 0 ? [{ source: "ingress" }] : []),
];

const selection = (gateways: readonly Gateway[], { name }: Publisher, others: string): readonly ArgGroup[] => [
  ...group(
    `Only of gateways that carry this label. ${others}`,
    ofKind(gateways, "HTTPRoute").length > 0 ? [`--gateway-label-filter=${publishLabel(name ?? "")}=true`] : [],
  ),
  ...group(
    `Only of these classes. ${others}`,
    ofKind(gateways, "Ingress").map(({ className }) => `--ingress-class=${className}`),
  ),
];

const INGRESS_ROUTES: Source = {
  source: "traefik-proxy",
  why: "Only those that say what their record is to point at: routes of gateways that are public.",
};

const group = (why: string, args: readonly string[]): readonly ArgGroup[] => (args.length === 0 ? [] : [{ why, args }]);

const net = (ip: Ip): string => `${ip}/${familyOf(ip) === 4 ? 32 : 128}`;
