/** Machines as scripts name them that log in to each: `role:name:address:user`. */
import type { Catalog } from "../../model/component.ts";
import type { Expectation } from "../../model/expectation.ts";
import type { View } from "../../model/unit.ts";
import type { Node, Plan } from "../../model/plan.ts";
import type { LinuxNodeOptions } from "./options.ts";

export const isControlPlane = ({ role }: Node): boolean => role === "control-plane";

/** The first to start: where the API is known by the address of one control plane, that one. */
export function firstControlPlane({ nodes, cluster }: Plan): Node {
  const planes = nodes.filter(isControlPlane);
  const first = planes.find(({ ips }) => ips.includes(cluster.api.address)) ?? planes[0];
  if (first === undefined) throw new Error("a rule refuses clusters without a control plane");
  return first;
}

/** The first control plane, the others, then the workers. */
export const inOrder = (plan: Plan): readonly Node[] => {
  const first = firstControlPlane(plan);
  return [
    first,
    ...plan.nodes.filter((node) => node !== first && isControlPlane(node)),
    ...plan.nodes.filter((node) => !isControlPlane(node)),
  ];
};

export const namesOf = (nodes: readonly Node[], between = ","): string => nodes.map(({ name }) => name).join(between);

/** It stops where a pod finds no other machine, before anything is lost. */
export const drain = (name: string): string => `kubectl drain ${name} --ignore-daemonsets --delete-emptydir-data`;

/** `root@172.16.1.50`, as ssh takes it. */
export function loginText(node: Node): string {
  const { ip, user } = loginOf(node);
  return user === "" ? String(ip) : `${String(user)}@${String(ip)}`;
}

/** Machines whose owner gives them a Linux. */
export const installed = (nodes: readonly Node[]): readonly string[] =>
  nodes.flatMap(({ name, ip, made }) =>
    made === undefined ? [`give ${name} a Linux that answers over SSH at ${ip}: docs/bootstrap.md`] : [],
  );

export const loginOf = (node: Node): View => ({
  name: node.name,
  ip: node.ip,
  user: (node.options as LinuxNodeOptions).sshUser ?? "",
});

/** Where the repository makes them: the page that says how. */
export const machinesPage = (plan: Plan, { platforms }: Catalog): string | null =>
  platforms.find(({ id }) => id === plan.cluster.hardware)?.machines?.page ?? null;

/** What a machine is known by before it runs Kubernetes. */
export const sshServer = ({ nodes }: Plan): readonly Expectation[] => [
  {
    kind: "machine",
    port: 22,
    title: "an SSH server",
    fix: nodes.some(({ made }) => made !== undefined)
      ? "make the machine: just vms"
      : "install Linux with an SSH server on the machine",
  },
];
