/** Numbers about what runs: who answers with them, and who asks. */
import type { Ip } from "./address.ts";
import { isClosed } from "./passages.ts";
import type { Plan } from "./plan.ts";
import type { Flow, Pods, UnitId, View } from "./unit.ts";

/** Pods that answer with numbers, in the words of Prometheus. */
export interface Metered {
  /** The unit whose folder carries the policy. */
  readonly unit: UnitId;
  readonly namespace: string;
  /** What they are called where numbers are looked at: `cert-manager`. */
  readonly name: string;
  /** Labels of the pods. */
  readonly pods: Readonly<Record<string, string>>;
  /** A port that a container of theirs lists. */
  readonly port: number;
  /** `/metrics` when absent. */
  readonly path?: string;
  /** They ask who is asking: the chart has the object that says how to answer that. */
  readonly sealed?: true;
  /** They are in the network of their node: they are asked at its address, and no policy is about them. */
  readonly host?: true;
  /** Its chart lets nobody reach them but their own. */
  readonly closed?: true;
}

/** A machine that answers with numbers at its own address: of the LAN, or a node where no pod of it lists the port. */
export interface MeteredMachine {
  /** What it is one of: `haproxy`. */
  readonly job: string;
  readonly name: string;
  readonly ip: Ip;
  readonly port: number;
}

/** Numbers made of fields of objects whose owners have none, by who counts objects (kube-state-metrics documentation, Custom Resource State Metrics). */
export interface MeteredObjects {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** As the API server spells it in paths: who counts has to be allowed to read it. */
  readonly resource: string;
  /** What names of the numbers begin with. */
  readonly prefix: string;
  /** Labels of all of them, and where their values stand in the object. */
  readonly labels: Readonly<Record<string, readonly string[]>>;
  readonly metrics: readonly View[];
}

/** Who asks. */
export interface Collector {
  readonly pods: Pods;
  /** The service account that it asks as. */
  readonly account: string;
}

type Uses = Pick<Plan, "chosen">;

/** None where nobody looks at numbers. */
export const collectorOf = (plan: Uses): Collector | undefined =>
  plan.chosen.find(({ component }) => component.collects !== undefined)?.component.collects;

/** Whether anybody asks: charts are told to answer then. */
export const isMetered = (plan: Uses): boolean => collectorOf(plan) !== undefined;

/** Everybody who answers, or those `of` some, in the order of the catalog; nobody where nobody asks. */
export const meteredIn = (plan: Plan, of = plan.chosen): readonly Metered[] =>
  isMetered(plan) ? of.flatMap((chosen) => chosen.component.metrics?.(plan, chosen.options, chosen) ?? []) : [];

/** The same of machines. */
export const machinesMetered = (plan: Plan): readonly MeteredMachine[] =>
  isMetered(plan)
    ? plan.chosen.flatMap((chosen) => chosen.component.meteredMachines?.(plan, chosen.options) ?? [])
    : [];

/** The same of objects. */
export const objectsMetered = (plan: Plan): readonly MeteredObjects[] =>
  isMetered(plan) ? plan.chosen.flatMap((chosen) => chosen.component.meteredObjects?.(plan, chosen.options) ?? []) : [];

/** Whether control planes have to answer: somebody asks them, and their configuration is written here. */
export const opensControlPlanes = ({ chosen, cluster }: Pick<Plan, "chosen" | "cluster">): boolean =>
  cluster.traits.opens === true &&
  chosen.some(({ component, options }) => component.asksControlPlanes?.(options) === true);

/** Of etcd, where no certificate is asked for (etcd documentation, Monitoring: --listen-metrics-urls). */
export const ETCD_PORT = 2381;

/** Of kube-proxy (Kubernetes documentation, kube-proxy: --metrics-bind-address). */
export const PROXY_PORT = 10_249;

/**
 * What listens there: every address of the machine, of both families where IPv6 comes first, because a program of Go that
 * listens on it takes both.
 */
export const everyAddress = ({ stacks }: Pick<Plan, "stacks">): string => (stacks[0]?.family === 6 ? "::" : "0.0.0.0");

/** The same in a URL. */
export const everyAddressIn = (plan: Pick<Plan, "stacks">): string => everyAddress(plan).replace("::", "[::]");

/**
 * What lets the one who asks in, where something else has closed the pods: a policy about pods that are open to
 * everybody would close them to all others.
 */
export function metricFlows(plan: Plan, others: readonly Flow[]): readonly Flow[] {
  const collector = collectorOf(plan);
  if (collector === undefined) return [];
  const takes = ({ from, ports }: Flow, { port }: Metered): boolean =>
    (ports.length === 0 || ports.some((own) => own.port === port && own.protocol === "TCP")) &&
    from.some((peer) => peer === "cluster" || (typeof peer === "object" && isSame(peer, collector.pods)));
  return meteredIn(plan)
    .filter((metered) => {
      const { namespace, pods, closed, host } = metered;
      const about = others.filter((flow) => flow.namespace === namespace && selects(flow.to, pods));
      if (host === true || about.some((flow) => takes(flow, metered))) return false;
      return closed === true || isClosed(namespace, plan) || about.length > 0;
    })
    .map(({ unit, namespace, name, pods, port }) => ({
      unit,
      namespace,
      name: `${name}-metrics`,
      to: pods,
      from: [collector.pods],
      ports: [{ port, protocol: "TCP" }],
      because: "Prometheus asks for its numbers",
    }));
}

const isSame = (one: Pods, other: Pods): boolean =>
  one.namespace === other.namespace && JSON.stringify(one.labels) === JSON.stringify(other.labels);

const selects = (labels: Readonly<Record<string, string>>, pods: Readonly<Record<string, string>>): boolean =>
  Object.entries(labels).every(([key, value]) => pods[key] === value);
