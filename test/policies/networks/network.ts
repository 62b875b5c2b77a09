/** An emitted network as one that policies are judged in: what its plan declares, what lies in its repository. */
import { metricFlows } from "../../../src/model/metrics.ts";
import type { Plan } from "../../../src/model/plan.ts";
import type { Allowed } from "../../../src/model/policies.ts";
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
  const declared = [
    ...[...flowsOf(plan), ...more].flatMap((flow) => declaredBy(flow, plan)),
    ...begunIn(plan),
    ...saidIn(plan, datapath),
  ];
  return {
    namespaces: namespacesOf(files),
    nodes: nodesOf(plan),
    declared,
    objects: policiesIn(files),
    datapath,
    closed: [...plan.policies.closed.keys()],
    asIfEnforced: [...plan.policies.closed.values()].includes("audit"),
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
    {
      title: `${namespace}/${name}`,
      from: senders.map(partyOf),
      to: [{ pods: { namespace, labels: to } }],
      ports,
      only: "ingress",
    },
  ];
}

/** What pods of components begin in closed namespaces: as they say, and as those say whom they ask. */
function begunIn(plan: Plan): readonly Declared[] {
  const isClosed = (namespace: string): boolean => [...plan.policies.closed.keys()].some((name) => name === namespace);
  const said = plan.chosen
    .flatMap((chosen) => chosen.component.begins?.(plan, chosen.options, chosen) ?? [])
    .map(({ pods, to, ports, because }): Declared => {
      const ends = to.kind === "ground" ? [to.text] : endOf(to, plan);
      const asked = to.text === "api" ? [{ port: 6443, protocol: "TCP" as const }] : ports;
      return { title: because, from: [{ pods }], to: ends, ports: asked, only: "egress" };
    });
  const asked = plan.chosen
    .flatMap((chosen) => chosen.component.flows?.(plan, chosen.options, chosen) ?? [])
    .flatMap(({ from, to, namespace, ports, because }) =>
      from
        .filter((peer) => typeof peer === "object")
        .map((pods): Declared => ({
          title: because,
          from: [{ pods }],
          to: [{ pods: { namespace, labels: to } }],
          ports,
          only: "egress",
        })),
    );
  return [...said, ...asked].filter(({ from }) =>
    from.some((party) => typeof party === "object" && "pods" in party && isClosed(party.pods.namespace)),
  );
}

/** What homelab.yaml allows, and what every pod of a closed namespace may begin. */
function saidIn(plan: Plan, { cni }: Datapath): readonly Declared[] {
  const allowed = plan.policies.allowed.map(({ from, to, ports, path }): Declared => ({
    title: path,
    from: endOf(from, plan),
    to: endOf(to, plan),
    ports: to.text === "api" ? [{ port: 6443, protocol: "TCP" }] : ports,
    ...(cni !== "kubernetes" && { closes: false }),
    // Who is named by a word says himself what he may begin and who may ask him.
    ...(from.kind !== "pods" && { only: "ingress" }),
    ...(to.kind !== "pods" && { only: "egress" }),
  }));
  const basics = [...plan.policies.closed.keys()].flatMap((namespace): readonly Declared[] => {
    const every: Party = { pods: { namespace, labels: {} } };
    return [
      {
        title: `${namespace} asks for names`,
        from: [every],
        to: [{ pods: { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } } }],
        ports: [
          { port: 53, protocol: "UDP" },
          { port: 53, protocol: "TCP" },
        ],
        only: "egress",
      },
      { title: `${namespace} asks itself`, from: [every], to: [every], ports: [], only: "egress" },
    ];
  });
  return [...allowed, ...basics];
}

function endOf(end: Allowed["from"], plan: Plan): readonly Party[] {
  if (end.kind === "pods") return [{ pods: end.pods }];
  if (end.kind === "network") return [{ network: { cidr: end.cidr.text, except: [] } }];
  switch (end.text) {
    case "anyone":
    case "api":
      return [end.text];
    case "gateway":
      return plan.chosen.flatMap(({ component }) => component.gateways?.dataPlane(plan) ?? []).map(partyOf);
    case "lan":
      return plan.stacks.flatMap(({ lan }) =>
        lan === undefined ? [] : [{ network: { cidr: lan.value.text, except: ipsOf(plan) } }],
      );
    case "internet":
      return plan.stacks.map(({ family }) => ({ network: INTERNET[family] }));
  }
}

const ipsOf = ({ nodes }: Plan): readonly string[] =>
  nodes.flatMap(({ ips }) => ips).map((ip) => `${ip}/${ip.includes(":") ? 128 : 32}`);

/** RFC 1918, 6598, 3927, 4193 and 4291: what nobody reaches from elsewhere. Homes of tests have no other addresses. */
const INTERNET = {
  4: {
    cidr: "0.0.0.0/0",
    except: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16"],
  },
  6: { cidr: "::/0", except: ["fc00::/7", "fe80::/10"] },
};

function partyOf(peer: Peer): Party {
  if (typeof peer === "object") return { pods: peer };
  if (peer === "gateway") throw new Error("a gateway has been replaced by who that is");
  return peer;
}

const nodesOf = ({ nodes }: Plan): readonly Node[] =>
  nodes.map(({ name, ips, role }) => ({ name, addresses: ips, controlPlane: role === "control-plane" }));

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
