/** Machines with a Linux of their own that Ansible keeps as they should be, and what is kept on them. */
import type { Ip } from "./address.ts";
import type { PerFamily } from "./families.ts";
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

/** What machines send into the cluster because of a role, which a router on the way has to pass. */
export interface Sending {
  readonly machines: readonly (Host | Node)[];
  readonly to: PerFamily<Ip>;
  /** To stand in a sentence: "the logs of the cluster". */
  readonly name: string;
  readonly port: number;
  readonly because: string;
}

export const sendingsIn = (plan: Plan): readonly Sending[] =>
  plan.chosen.flatMap(({ component, options }) => component.sentTo?.(plan, options) ?? []);

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
export const hostPins = (plan: Keeping): readonly PinId[] => (usesAnsible(plan) ? PROGRAMS : []);

type Keeping = Pick<Plan, "lan" | "settings" | "chosen">;

/** Where nobody asks for it there is no Ansible at all: scripts start a cluster without it. */
export const usesAnsible = (plan: Keeping): boolean =>
  managedHosts(plan).length > 0 ||
  wantsPoolRoutes(plan) ||
  plan.chosen.some(({ component, options }) => component.wantsAnsible?.(options) === true);
