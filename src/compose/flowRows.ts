/** Who may talk to whom in this network, as rows of a table and as a picture. */
import { allowedIn, basicsOf, carriersIn, isClosed, namespacesWithPolicies, OWN_NAMESPACE } from "../model/passages.ts";
import type { Far, PodPort } from "../model/policies.ts";
import type { Plan } from "../model/plan.ts";
import type { Flow, Peer, Pods } from "../model/unit.ts";
import { flowsIn } from "../plan/units.ts";
import { mermaid, type Arrow, type Frame } from "./docs/mermaid.ts";
import type { NewApp } from "./newApp/app.ts";
import { flowsOf } from "./newApp/flows.ts";

export interface FlowRow {
  readonly from: string;
  readonly to: string;
  readonly ports: string;
  readonly because: string;
}

/** What is written as policies: of components, of the user's apps and of homelab.yaml, each pair once for its ports. */
export function flowRows(plan: Plan, apps: readonly NewApp[]): readonly FlowRow[] {
  const declared = [...flowsIn(plan), ...apps.flatMap(flowsOf)].flatMap((flow) => ofFlow(flow, plan));
  const named = namespacesWithPolicies(plan).flatMap((namespace) => [
    // That pods may ask their neighbours lets nothing through: each neighbour says whom it takes.
    ...(isClosed(namespace, plan) ? basicsOf(namespace, plan).filter(({ name }) => name !== OWN_NAMESPACE) : []),
    ...allowedIn(namespace, plan),
  ]);
  const rows = named.flatMap(({ namespace, labels, direction, far, ports, because }) => {
    const own = podsText({ namespace, labels });
    return far.map((one) => {
      const other = farText(one, plan);
      const [from, to] = direction === "ingress" ? [other, own] : [own, other];
      return { from, to, ports: one.kind === "api" ? `${one.port}` : portsText(ports), because };
    });
  });
  return unique([...declared, ...rows]);
}

function ofFlow({ namespace, to, from, ports, because }: Flow, plan: Plan): readonly FlowRow[] {
  const texts = from.length === 0 ? ["nobody"] : from.flatMap((peer) => peerTexts(peer, plan));
  return texts.map((text) => ({
    from: text,
    to: podsText({ namespace, labels: to }),
    ports: from.length === 0 ? "none" : portsText(ports),
    because,
  }));
}

const peerTexts = (peer: Peer, plan: Plan): readonly string[] =>
  peer === "gateway"
    ? carriersIn(plan).map((carrier) => (carrier === "ingress" ? "gateway" : podsText(carrier)))
    : [typeof peer === "object" ? podsText(peer) : peer];

function farText(far: Far, plan: Plan): string {
  switch (far.kind) {
    case "pods":
      return podsText(far.pods);
    case "ingress":
      return "gateway";
    case "anyone":
      return "anyone";
    case "api":
      return "api";
    case "nodes":
      return "nodes";
    case "every pod":
      return "every pod";
    case "network":
      return networkText(far.cidr, plan);
  }
}

function networkText(cidr: string, { stacks, networks }: Plan): string {
  if (cidr === "0.0.0.0/0" || cidr === "::/0") return "internet";
  if (stacks.some(({ lan }) => lan?.value.text === cidr)) return "lan";
  const network = networks.find(({ cidrs }) => cidrs.some(({ text }) => text === cidr));
  return network?.name ?? cidr.replace(/\/(32|128)$/, "");
}

/** Labels that hold a name which people know pods by (Kubernetes documentation, Recommended Labels). */
const NAMES = ["app.kubernetes.io/name", "k8s-app", "app.kubernetes.io/instance"];

function podsText({ namespace, labels }: Pods): string {
  const component = labels["app.kubernetes.io/component"];
  const [known] = NAMES.flatMap((key) => labels[key] ?? []);
  const instance = labels["app.kubernetes.io/instance"];
  // One of several of its name: `external-dns-unifi`.
  const name =
    known !== undefined && instance?.startsWith(`${known}-`) ? instance : (known ?? Object.values(labels)[0] ?? "*");
  return `${namespace}/${name}${component === undefined ? "" : ` (${component})`}`;
}

const portsText = (ports: readonly PodPort[]): string =>
  ports.length === 0
    ? "all"
    : ports.map(({ port, protocol }) => (protocol === "TCP" ? `${port}` : `${port}/udp`)).join(", ");

/** Both ends of one entry say the same. */
function unique(rows: readonly FlowRow[]): readonly FlowRow[] {
  const found = new Map<string, FlowRow>();
  for (const row of rows) {
    const key = JSON.stringify([row.from, row.to, row.ports]);
    if (!found.has(key)) found.set(key, row);
  }
  return [...found.values()];
}

/** Whoever begins the same for the same reason stands in one row. */
export function flowTable(rows: readonly FlowRow[]): readonly FlowRow[] {
  const groups = new Map<string, FlowRow>();
  for (const row of rows) {
    const key = JSON.stringify([row.to, row.ports, row.because]);
    const before = groups.get(key);
    groups.set(key, before === undefined ? row : { ...before, from: `${before.from}, ${row.from}` });
  }
  return [...groups.values()];
}

/** Namespaces as frames, who is in none beside them; one arrow for each pair, with all of its ports. */
export function flowPicture(rows: readonly FlowRow[]): readonly string[] {
  const drawn = rows.filter(({ from }) => from !== "nobody");
  const names = [...new Set(drawn.flatMap(({ from, to }) => [from, to]))];
  const ids = new Map(names.map((name, index) => [name, `n${index + 1}`]));
  const idOf = (name: string): string => ids.get(name) ?? "";
  const namespaceOf = (name: string): string => (/^[a-z0-9-]+\/\D/.test(name) ? (name.split("/")[0] ?? "") : "");
  const namespaces = [...new Set(names.map(namespaceOf))].filter((name) => name !== "");
  const frames = namespaces.map((namespace, index): Frame => ({
    id: `ns${index + 1}`,
    title: namespace,
    parts: names
      .filter((name) => namespaceOf(name) === namespace)
      .map((name) => ({ id: idOf(name), lines: [name.slice(namespace.length + 1)] })),
  }));
  const outside = names
    .filter((name) => namespaceOf(name) === "")
    .map((name) => ({ id: idOf(name), lines: [name], round: true as const }));
  const pairs = new Map<string, Arrow>();
  for (const { from, to, ports } of drawn) {
    const key = JSON.stringify([from, to]);
    const before = pairs.get(key)?.label;
    pairs.set(key, { from: idOf(from), to: idOf(to), label: before === undefined ? ports : `${before}, ${ports}` });
  }
  return mermaid({ direction: "LR", parts: [...outside, ...frames], arrows: [...pairs.values()] });
}
