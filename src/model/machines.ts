/** Machines of the cluster as platforms speak of them: what is asked about them, and what is known without asking. */
import type { Machine } from "./plan.ts";

/** A question of the short path: one option of every node, or of the cluster. */
export interface MachineQuestion {
  /** Where it stands; with the nodes when absent. */
  readonly of?: "cluster";
  /** Option of it: `disk`, `proxmox.host`. */
  readonly key: string;
  readonly flag: string;
  /** `DEVICE`, for help. */
  readonly value: string;
  readonly label: string;
  readonly summary: string;
  /** Takes the place of the answer while rules are tried on the answers before it. */
  readonly standIn: string | readonly string[];
  /** Takes several answers; the nodes get them in turn. */
  readonly inTurn?: true;
}

/** A machine as its hypervisor makes it. Sizes in MiB. */
export interface VirtualMachine {
  /** Key of the node that says so: `proxmox`. */
  readonly key: string;
  /** Host it runs on, by its name in the LAN. */
  readonly host: string;
  /** Its number at the hypervisor. */
  readonly id?: number | undefined;
  readonly cores: number;
  readonly memory: number;
  readonly disk: number;
  /** What the host tags its frames with. */
  readonly vlan?: number | undefined;
  /** Queues of its card as somebody wrote them, and as many as packets handled in the driver of the card take. */
  readonly queues?: number | undefined;
  readonly queuesForDriver: number;
  /** Cards beside the first one, for networks that pods stand in. */
  readonly cards: readonly Card[];
}

export interface Card {
  /** As the spec calls it. */
  readonly name: string;
  readonly mac: string;
}

/** What is known of machines because the repository makes them. */
export interface MadeMachines {
  /** Options of a node that follow from how it is made. What the spec says is stronger. */
  options(machine: Machine): Readonly<Record<string, unknown>>;
  /** `cards`: those it has beside the first one. */
  made(machine: Machine, cards: readonly string[]): VirtualMachine;
  /** Clause for those options: where the value comes from. */
  readonly because: string;
  /** Questions of the distribution that need no answer, by their key. */
  readonly knows: readonly string[];
  /** A drive tells the machine its address before it has a configuration: cloud-init, data source NoCloud. */
  readonly configDrive: boolean;
  /** The program on the machine that the hypervisor talks to. */
  readonly guestAgent: "qemu";
  /** Page that says how they are made, below docs/. */
  readonly page: string;
}
