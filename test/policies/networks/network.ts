/** An emitted network as one that policies are judged in: what its plan declares, what lies in its repository. */
import { metricFlows } from "../../../src/model/metrics.ts";
import type { Plan } from "../../../src/model/plan.ts";
import type { Flow, Peer } from "../../../src/model/unit.ts";
import { at } from "../../../src/model/unknown.ts";
import { objects, valuesOf, type Files } from "../../fates/construction/check.ts";
import { isPolicy } from "../read.ts";
import type { Datapath, Namespace, Node } from "../world.ts";
import type { Declared, Party } from "./declared.ts";
import { findings, type Wanted } from "./findings.ts";

// Many networks differ in other things than policies: what was found good once need not be looked at again.
const good = new Set<string>();

/** What is not as the plan declares it; nothing where nobody enforces policies. */
export function policyFindings(plan: Plan, files: Files): readonly string[] {
  const wanted = wantedOf(plan, files);
  if (wanted === undefined) return policiesIn(files).map(({ kind }) => `${kind} is there and nobody reads it`);
  const look = JSON.stringify({ ...wanted, nodes: wanted.nodes.map(({ controlPlane }) => controlPlane) });
  if (good.has(look)) return [];
  const found = findings(wanted);
  if (found.length === 0) good.add(look);
  return found;
}

/** Undefined where nobody enforces policies. */
export function wantedOf(plan: Plan, files: Files, more: readonly Flow[] = []): Wanted | undefined {
  const datapath = datapathOf(plan, files);
  if (datapath === undefined) return undefined;
  return {
    namespaces: namespacesOf(files),
    nodes: nodesOf(plan),
    declared: [...flowsOf(plan), ...more].flatMap((flow) => declaredBy(flow, plan)),
    objects: policiesIn(files),
    datapath,
  };
}

const policiesIn = (files: Files) => objects(files).flatMap(({ object }) => (isPolicy(object) ? [object] : []));

/** Of every component, and of whoever looks at numbers. */
function flowsOf(plan: Plan): readonly Flow[] {
  const own = plan.chosen.flatMap((chosen) => chosen.component.flows?.(plan, chosen.options, chosen) ?? []);
  return [...own, ...metricFlows(plan, own)];
}

/** One flow with `gateway` replaced; none where only gateways may ask and there are none. */
export function declaredBy({ name, namespace, to, from, ports }: Flow, plan: Plan): readonly Declared[] {
  const carriers = plan.chosen.flatMap(({ component }): readonly Peer[] => component.gateways?.dataPlane(plan) ?? []);
  const senders = from.flatMap((peer): readonly Peer[] => (peer === "gateway" ? carriers : [peer]));
  if (from.length > 0 && senders.length === 0) return [];
  return [
    { title: `${namespace}/${name}`, from: senders.map(partyOf), to: [{ pods: { namespace, labels: to } }], ports },
  ];
}

function partyOf(peer: Peer): Party {
  if (typeof peer === "object") return { pods: peer };
  if (peer === "gateway") throw new Error("a gateway has been replaced by who that is");
  return peer;
}

const nodesOf = ({ nodes }: Plan): readonly Node[] =>
  nodes.map(({ name, ip, role }) => ({ name, addresses: [ip], controlPlane: role === "control-plane" }));

const namespacesOf = (files: Files): readonly Namespace[] =>
  objects(files, "Namespace").map(({ object }) => ({
    name: String(at(object, "metadata", "name")),
    labels: (at(object, "metadata", "labels") ?? {}) as Readonly<Record<string, string>>,
  }));

/** As the values of its chart say, or as the plan does where somebody else installs it. */
function datapathOf({ cluster }: Plan, files: Files): Datapath | undefined {
  const { enforces, keepsClients = false } = cluster.podNetwork;
  const [cilium, calico] = [valuesOf(files, "cilium"), valuesOf(files, "calico")];
  if (cilium !== undefined || enforces.includes("cilium.io"))
    return {
      cni: "cilium",
      routing: at(cilium, "routingMode") === "native" ? "native" : "tunnel",
      keepsClients: at(cilium, "loadBalancer", "mode") === "hybrid" ? "TCP" : keepsClients,
      policyAuditMode: at(cilium, "policyAuditMode") === true,
      policyEnforcementMode: (at(cilium, "policyEnforcementMode") ?? "default") as "default",
      hostFirewall: at(cilium, "hostFirewall", "enabled") === true,
      ...(at(cilium, "policyCIDRMatchMode") === "nodes" && { policyCIDRMatchMode: ["nodes"] }),
    };
  if (calico !== undefined || enforces.includes("projectcalico.org"))
    return { cni: "calico", encapsulation: tunnelOf(calico), keepsClients };
  return enforces.length > 0 ? { cni: "kubernetes" } : undefined;
}

function tunnelOf(calico: unknown): "none" | "IPIP" | "VXLAN" {
  const pools = at(calico, "installation", "calicoNetwork", "ipPools");
  const [pool] = Array.isArray(pools) ? (pools as readonly unknown[]) : [];
  const encapsulation = at(pool, "encapsulation");
  if (encapsulation === undefined || encapsulation === "None") return "none";
  return encapsulation === "VXLAN" ? "VXLAN" : "IPIP";
}
