/** Machines with a Linux of their own that Ansible keeps as they should be, and what is kept on them. */
import type { Label } from "./names.ts";
import type { Host, Node, Plan } from "./plan.ts";
import type { PinId, TemplateId } from "./unit.ts";

/** What Ansible reads: values of YAML. */
export type Variables = Readonly<Record<string, unknown>>;

/** A role of Ansible, and who has it. */
export interface HostRole {
  /** `pool_routes`: the folder below `ansible/roles`, and how its variables begin. */
  readonly id: string;
  /** What is kept, as a name of a play: "Routes to the pools of the load balancer". */
  readonly title: string;
  /** Folder of the templates it is copied from, as they are. */
  readonly templates: TemplateId;
  /** Nodes, and hosts of the LAN; those that Ansible does not look after are left out. */
  readonly machines: readonly { readonly name: Label; readonly variables?: Variables }[];
  /** What all of them are told. */
  readonly variables?: Variables;
  /** `upgrade`: what plays it when somebody asks for it. Absent: `site`, with all others. */
  readonly playbook?: string;
  /** One machine after the other, because pods or the API would notice. */
  readonly inTurn?: true;
}

export const managedHosts = ({ lan }: Pick<Plan, "lan">): readonly Host[] => lan.hosts.filter(({ managed }) => managed);

/** Nodes that can be logged in to. */
export const openNodes = ({ nodes, cluster }: Pick<Plan, "nodes" | "cluster">): readonly Node[] =>
  cluster.traits.ownsMachine ? [] : nodes;

/** Of the load balancer: whether machines have routes to its pools. */
export const wantsPoolRoutes = ({ settings }: Pick<Plan, "settings">): boolean =>
  settings.get("load-balancer")?.["nodeRoutes"] === true;

/** Ansible, and what mise installs it with (mise documentation, pipx backend). */
const PROGRAMS: readonly PinId[] = ["pipx:ansible-core", "uv"];

/** Programs it takes on the computer of whoever runs it. */
export const hostPins = (plan: Pick<Plan, "lan" | "settings">): readonly PinId[] => (usesAnsible(plan) ? PROGRAMS : []);

/** Where nobody asks for it there is no Ansible at all: scripts start a cluster without it. */
export const usesAnsible = (plan: Pick<Plan, "lan" | "settings">): boolean =>
  managedHosts(plan).length > 0 || wantsPoolRoutes(plan);
