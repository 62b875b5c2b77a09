/** Routes into closed namespaces: whether any policy lets somebody in to the pods that answer. */
import type { Finding } from "../../model/finding.ts";
import { enforcesNothing } from "../../model/policies.ts";
import { asList, asMap, at, type Mapping } from "../../model/unknown.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Instance } from "../builds.ts";
import type { Cluster } from "../cluster.ts";
import { asText } from "../values.ts";
import type { Backend, Route } from "./routes.ts";

export const closedBackend: Audit = {
  id: "ROUTE-CLOSED",
  severity: "error",
  title: "A route leads into a closed namespace, to pods that no policy lets the gateway reach.",
  because: "The pod network refuses what the gateway sends: every request ends in a timeout, 503 or 504.",
  source: "policies.defaultDeny of homelab.yaml; Kubernetes documentation, Network Policies, Default policies",
};

/** Only where the Service, the pods behind it and all policies stand in files; whoever cannot be told is let in. */
export function* closed(routes: readonly Route[], cluster: Cluster): Generator<Finding> {
  const { plan } = cluster;
  if (enforcesNothing(plan)) return;
  const isClosed = (namespace: string): boolean =>
    [...plan.policies.closed].some(([name, denial]) => name === namespace && denial === "enforce");
  const said = new Set<string>();
  for (const { kind, name, namespace = "", backends } of routes)
    for (const backend of backends) {
      if (backend.namespace !== namespace || !isClosed(namespace)) continue;
      const answering = podsBehind(backend, cluster);
      if (answering === undefined || isLetIn(answering, namespace, cluster)) continue;
      const key = [kind, namespace, name, backend.name, answering.port].join("\n");
      if (said.has(key)) continue;
      said.add(key);
      yield toFinding(closedBackend, {
        message: `${kind} ${namespace}/${name} leads to Service ${backend.name}, and no policy of ${namespace} lets anybody in to port ${answering.port} of its pods`,
        places: [backend.place],
        fix: `gen allow gateway ${namespace}/${partyOf(answering.selector)}:${answering.port}`,
      });
    }
}

interface Answering {
  /** Of the Service. */
  readonly selector: Mapping;
  /** Of its pods. */
  readonly labels: Mapping;
  readonly port: number;
}

const MAKERS = ["Deployment", "StatefulSet", "DaemonSet"];

function podsBehind({ kind, group, name, namespace, port }: Backend, { find, ofKind }: Cluster): Answering | undefined {
  if (kind !== "Service" || group !== "" || typeof port !== "number") return undefined;
  const service = find({ kind, group, name, namespace });
  const selector = asMap(at(service?.object.value, "spec", "selector"));
  if (service === undefined || service.isPatched || Object.keys(selector).length === 0) return undefined;
  const makers = MAKERS.flatMap((maker) => ofKind(maker, "apps")).filter(
    (one) => one.namespace === namespace && isWithin(selector, labelsOf(one)),
  );
  const [maker] = makers;
  if (maker === undefined || makers.length > 1 || maker.isPatched) return undefined;
  const entry = asList(at(service.object.value, "spec", "ports")).find((one) => at(one, "port") === port);
  const target = entry === undefined ? undefined : (at(entry, "targetPort") ?? port);
  const own = typeof target === "number" ? target : portNamed(target, maker);
  return own === undefined ? undefined : { selector, labels: labelsOf(maker), port: own };
}

const podOf = ({ object }: Instance): unknown => at(object.value, "spec", "template");
const labelsOf = (maker: Instance): Mapping => asMap(at(podOf(maker), "metadata", "labels"));
const isWithin = (some: Mapping, labels: Mapping): boolean =>
  Object.entries(some).every(([key, value]) => labels[key] === value);

function portNamed(name: unknown, maker: Instance): number | undefined {
  const ports = asList(at(podOf(maker), "spec", "containers")).flatMap((container) => asList(at(container, "ports")));
  const port = at(
    ports.find((one) => at(one, "name") === name),
    "containerPort",
  );
  return typeof port === "number" ? port : undefined;
}

/** What a policy lets in, and where; `undefined` for whatever cannot be told here. */
interface Letting {
  readonly labels: Mapping | undefined;
  readonly rules: readonly { readonly ports: readonly unknown[] }[];
}

const isLetIn = ({ labels, port }: Answering, namespace: string, cluster: Cluster): boolean =>
  POLICIES.flatMap(({ kinds, group, wide, read }) =>
    kinds
      .flatMap((kind) => cluster.ofKind(kind, group))
      .filter((one) => wide === true || one.namespace === namespace)
      .flatMap((one) => (one.isPatched ? [UNTOLD] : read(one.object.value))),
  ).some(
    (one) =>
      (one.labels === undefined || isWithin(one.labels, labels)) &&
      one.rules.some(
        ({ ports }) => ports.length === 0 || ports.some((each) => String(each) === String(port) || !isNumber(each)),
      ),
  );

const UNTOLD: Letting = { labels: undefined, rules: [{ ports: [] }] };
const isNumber = (value: unknown): boolean => /^\d+$/.test(String(value));

interface Dialect {
  readonly kinds: readonly string[];
  readonly group: string;
  readonly wide?: true;
  read(value: unknown): readonly Letting[];
}

/** Labels of a selector, where labels are all it has. */
const labelsIn = (selector: unknown): Mapping | undefined =>
  at(selector, "matchExpressions") === undefined ? asMap(at(selector, "matchLabels")) : undefined;

const ofKubernetes = (value: unknown): readonly Letting[] => [
  {
    labels: labelsIn(at(value, "spec", "podSelector")),
    rules: asList(at(value, "spec", "ingress")).map((rule) => ({
      ports: asList(at(rule, "ports")).map((one) => (at(one, "endPort") === undefined ? at(one, "port") : undefined)),
    })),
  },
];

/** Labels with a source, and those that Cilium makes of namespaces and accounts: no pod is written with them. */
const OF_CILIUM = /:|^io\.(kubernetes|cilium)\./;

/** A rule without anybody in it lets nobody in, and only closes. */
const ofCilium = (value: unknown): readonly Letting[] =>
  [at(value, "spec"), ...asList(at(value, "specs"))].map((spec) => ({
    labels: Object.keys(labelsIn(at(spec, "endpointSelector")) ?? {}).some((key) => OF_CILIUM.test(key))
      ? undefined
      : labelsIn(at(spec, "endpointSelector")),
    rules: asList(at(spec, "ingress"))
      .filter((rule) => Object.keys(asMap(rule)).length > 0)
      .map((rule) => ({
        ports: asList(at(rule, "toPorts")).flatMap((entry) =>
          asList(at(entry, "ports")).map((one) => (at(one, "endPort") === undefined ? at(one, "port") : undefined)),
        ),
      })),
  }));

const ofCalico = (value: unknown): readonly Letting[] => [
  {
    labels: undefined,
    rules: asList(at(value, "spec", "ingress"))
      .filter((rule) => at(rule, "action") === "Allow")
      .map((rule) => ({ ports: asList(at(rule, "destination", "ports")) })),
  },
];

const POLICIES: readonly Dialect[] = [
  { kinds: ["NetworkPolicy"], group: "networking.k8s.io", read: ofKubernetes },
  { kinds: ["CiliumNetworkPolicy"], group: "cilium.io", read: ofCilium },
  { kinds: ["CiliumClusterwideNetworkPolicy"], group: "cilium.io", wide: true, read: ofCilium },
  { kinds: ["NetworkPolicy"], group: "projectcalico.org", read: ofCalico },
  { kinds: ["GlobalNetworkPolicy"], group: "projectcalico.org", wide: true, read: ofCalico },
];

/** As `gen allow` names pods: by the label that most apps have, or by those the Service goes by. */
function partyOf(selector: Mapping): string {
  const usual = asText(selector["app.kubernetes.io/name"]);
  return (
    usual ??
    Object.entries(selector)
      .map(([key, value]) => `${key}=${String(value)}`)
      .join(",")
  );
}
