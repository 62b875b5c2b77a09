/**
 * What Calico says of itself. Felix answers with numbers; of sessions nothing of it has any, so each agent is asked to write
 * down how its sessions are, and who counts objects makes numbers of that (projectcalico/calico v3.32.1, node/pkg/status).
 */
import { lines, type Picture } from "../model/dashboard.ts";
import type { Alarm } from "../model/alarms.ts";
import { isMetered, type MeteredMachine, type MeteredObjects } from "../model/metrics.ts";
import type { Plan } from "../model/plan.ts";
import type { KubernetesObject } from "../model/unit.ts";

/** As its documentation has it (Monitor Calico component metrics). */
export const FELIX_PORT = 9091;

/** Agents use the network of their node, and their container lists no port (tigera/operator v1.42.3, pkg/render/node.go). */
export const felixMetrics = ({ nodes }: Plan): readonly MeteredMachine[] =>
  nodes.map(({ name, ip }) => ({ job: "calico-felix", name, ip, port: FELIX_PORT }));

const PREFIX = "calico_node";

/** Where nobody asks they would be written once a minute for nobody. */
export const nodeStatuses = (plan: Plan): readonly KubernetesObject[] =>
  isMetered(plan)
    ? plan.nodes.map(({ name }) => ({
        apiVersion: "projectcalico.org/v3",
        kind: "CalicoNodeStatus",
        metadata: { name },
        spec: { node: name, classes: ["BGP"], updatePeriodSeconds: 60 },
      }))
    : [];

/** The definitions are those of the other group; projectcalico.org is answered by a server of its own, which nobody finds by definitions. */
export const sessionNumbers = (plan: Plan): readonly MeteredObjects[] => [
  {
    group: "crd.projectcalico.org",
    version: "v1",
    kind: "CalicoNodeStatus",
    resource: "caliconodestatuses",
    prefix: PREFIX,
    labels: { node: ["spec", "node"] },
    metrics: [
      ...plan.stacks.map(({ family }) => ({
        name: `bgp_peer_v${family}`,
        help: `Whether the session with a router over IPv${family} is established`,
        each: {
          type: "StateSet",
          stateSet: {
            labelName: "state",
            path: ["status", "bgp", `peersV${family}`],
            labelsFromPath: { peer: ["peerIP"], type: ["type"] },
            valueFrom: ["state"],
            list: ["Established"],
          },
        },
      })),
      {
        name: "bgp_written_seconds",
        help: "When the agent of the node last wrote down how its sessions are",
        each: { type: "Gauge", gauge: { path: ["status", "lastUpdated"] } },
      },
    ],
  },
];

export const sessionPicture = (plan: Plan): Picture =>
  lines(
    "Sessions with routers and other nodes",
    "bool_yes_no",
    ...plan.stacks.map(
      ({ family }) => [`${PREFIX}_bgp_peer_v${family}{state="Established"}`, "{{node}} {{peer}}"] as const,
    ),
  );

/** Sessions of nodes with each other go with the node, and Kubernetes has an alarm about that. */
export const sessionAlarms = (plan: Plan): readonly Alarm[] => [
  {
    name: "RouterSessionDown",
    expr: plan.stacks
      .map(({ family }) => `${PREFIX}_bgp_peer_v${family}{state="Established",type!="NodeMesh"} == 0`)
      .join(" or "),
    for: "5m",
    severity: "critical",
    summary:
      "{{ $labels.node }} has no BGP session with {{ $labels.peer }}: the router may not know the way to Services",
  },
  {
    name: "RouterSessionsUnknown",
    expr: `time() - ${PREFIX}_bgp_written_seconds > 600`,
    for: "5m",
    severity: "warning",
    summary: "Calico on {{ $labels.node }} has not said for ten minutes how its BGP sessions are",
  },
];
