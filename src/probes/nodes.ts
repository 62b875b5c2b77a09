/** The machines of the cluster: are they where the plan has them, and are they what it takes them for? */
import type { Audit } from "../audit/audit.ts";
import { API_SERVER_PORT } from "../model/apiUrl.ts";
import type { Expectation } from "../model/expectation.ts";
import type { Node, Plan } from "../model/plan.ts";
import { askCluster, stateOf, stateQuestions, type ClusterState } from "./cluster.ts";
import { presenceAt, questionAbout, type Presence } from "./presence.ts";
import { fine, unknown, wrong, type Probe, type Verdict } from "./probe.ts";
import { isUntold, type Answers, type ProgramQuestion } from "./question.ts";

export const otherMachine: Audit = {
  id: "DOCTOR-NODE-OTHER",
  severity: "warning",
  title: "Somebody has the address of a node, and does not look like a machine of the distribution.",
  because: "Either the machine is not prepared yet, or its address belongs to another device.",
  source: "the port a machine of the distribution has open from its first boot",
};

export const missingNode: Audit = {
  id: "DOCTOR-NODE-MISSING",
  severity: "warning",
  title: "A machine of homelab.yaml is no node of the running cluster.",
  because: "Nothing runs on it, and a control plane that is missing leaves etcd with less to lose.",
  source: "kubectl get nodes",
};

export const unreadyNode: Audit = {
  id: "DOCTOR-NODE-UNREADY",
  severity: "warning",
  title: "A node is not ready.",
  because: "Its pods are moved to others, or wait.",
  source: "kubectl get nodes",
};

export type MachineSign = Extract<Expectation, { readonly kind: "machine" }>;

const nodesOf = (plan: Plan): ProgramQuestion =>
  askCluster(
    plan,
    "get",
    "nodes",
    "--output",
    'jsonpath={range .items[*]}{.metadata.name}{"\\t"}{.status.addresses[?(@.type=="InternalIP")].address}{"\\t"}{.status.conditions[?(@.type=="Ready")].status}{"\\n"}{end}',
  );

export interface Joined {
  readonly name: string;
  readonly ready: boolean;
}

/** Address → node; undefined when the cluster did not say. */
function joinedNodes(plan: Plan, answers: Answers): ReadonlyMap<string, Joined> | undefined {
  const answer = answers.to(nodesOf(plan));
  if (isUntold(answer) || answer.exitCode !== 0) return undefined;
  return new Map(
    answer.stdout.split("\n").flatMap((line) => {
      const [name = "", ips = "", ready = ""] = line.split("\t");
      return ips.split(" ").map((ip) => [ip, { name, ready: ready === "True" }] as const);
    }),
  );
}

export const aboutNode = ({ ip }: Node, sign: MachineSign | undefined) =>
  questionAbout(ip, [...(sign === undefined ? [] : [sign.port]), API_SERVER_PORT]);

export const nodeProbe = (plan: Plan, sign: MachineSign | undefined): Probe => ({
  area: "addresses",
  questions: [...stateQuestions(plan), nodesOf(plan), ...plan.nodes.map((node) => aboutNode(node, sign))],
  judge: (answers) => {
    const around = { state: stateOf(plan, answers), joined: joinedNodes(plan, answers), sign };
    return plan.nodes.flatMap((node) => judgeNode(node, presenceAt(aboutNode(node, sign), plan, answers), around));
  },
});

export interface AroundNode {
  readonly state: ClusterState;
  readonly joined: ReadonlyMap<string, Joined> | undefined;
  readonly sign: MachineSign | undefined;
}

function judgeNode(node: Node, presence: Presence, { state, joined, sign }: AroundNode): readonly Verdict[] {
  const what = `${node.ip} (${node.name})`;
  const paths = [`cluster.nodes.${node.name}.ip`];
  if (state.is === "up") {
    if (joined === undefined) return [unknown(`whether ${node.name} is a node`, "kubectl cannot list the nodes")];
    const found = joined.get(node.ip);
    if (found === undefined)
      return [
        wrong(missingNode, {
          message: `the cluster has no node at ${what}`,
          paths,
          fix: "docs/bootstrap.md says how a machine joins; docs/troubleshooting.md, a machine does not come up",
        }),
      ];
    if (found.ready) return [fine(`${what} is a node and ready`)];
    const fix = `kubectl describe node ${found.name}; docs/troubleshooting.md`;
    return [wrong(unreadyNode, { message: `${what} is a node and not ready`, paths, fix })];
  }
  if (presence.is === "unknown") return [unknown(`whether somebody has ${what}`, presence.because)];
  if (presence.is === "nobody") return [fine(`${what} is free: the machine is off, or not there yet`)];
  if (sign === undefined) return [unknown(`who answers at ${what}`, "machines of this distribution have no sign")];
  if (presence.open.includes(sign.port)) return [fine(`${what} answers as a machine with ${sign.title} does`)];
  return [
    wrong(otherMachine, {
      message: `somebody has ${what}: ${presence.by}, and port ${sign.port} of ${sign.title} is not`,
      paths,
      fix: `${sign.fix}, or find who else has the address`,
    }),
  ];
}
