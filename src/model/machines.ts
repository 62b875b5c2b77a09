/** Machines of the cluster as platforms speak of them: what is asked about them, and what is known without asking. */
import type { Architecture, Machine, Node, Plan, Role } from "./plan.ts";
import type { TemplateId } from "./unit.ts";

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
  /** The label where it is asked about one machine. */
  readonly ofOne?: string;
  /** Options of a node that say the same another way. */
  readonly instead?: readonly string[];
}

/** Machines that come and go while the cluster runs: what people do about them, in this order. */
export interface NodeLife {
  /** On a plan that has them. */
  joins(nodes: readonly Node[], plan: Plan): readonly string[];
  /** On a plan that still has them. */
  leaves(nodes: readonly Node[], plan: Plan): readonly string[];
  /** What homelab.yaml has to say from then on, because it no longer follows from the machines: by dotted path. */
  keeps?(nodes: readonly Node[], plan: Plan): Readonly<Record<string, string>>;
}

/** Sizes in MiB. */
export interface MachineSize {
  readonly cores: number;
  readonly memory: number;
  readonly disk: number;
}

interface Started {
  /** Nothing smaller runs what the distribution runs there. */
  readonly least: Readonly<Record<Role, MachineSize>>;
}

/** A CD: the machine waits for its configuration under the address that a drive tells it, and installs itself. */
export interface Installer extends Started {
  readonly kind: "installer";
  /** OpenTofu that says where it is and fetches it to each storage in use: `image.tf`, beside the machines. */
  readonly fetchedBy: TemplateId;
}

/** A disk with a system on it, which takes name, address, user and keys from cloud-init when it first starts. */
export interface CloudImage extends Started {
  readonly kind: "cloud-image";
  /** `Debian 13`, and the same in the name of a file. */
  readonly system: string;
  readonly slug: string;
  readonly url: string;
  readonly sha512: string;
  /** Whom it lets in where nobody says otherwise. */
  readonly user: string;
}

/** What machines of a distribution start from where the repository makes them. */
export type MachineImage = Installer | CloudImage;

/** A machine as its hypervisor makes it. Sizes in MiB. */
export interface VirtualMachine extends MachineSize {
  /** Key of the node that says so: `proxmox`. */
  readonly key: string;
  /** Host it runs on, by its name in the LAN. */
  readonly host: string;
  /** Its number at the hypervisor. */
  readonly id?: number | undefined;
  /** A device of the host that it is made with, by the name the hypervisor has for it. */
  readonly mapping?: string | undefined;
  readonly arch: Architecture;
  /** What the distribution wants of it at least. */
  readonly least: MachineSize;
  /** What the machine calls the card that carries its address, where the way it is made decides that. */
  readonly card?: string | undefined;
  /** Of the card that carries its address. */
  readonly mac: string;
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
  /** Which images it can start machines from: those of every distribution that has one. */
  readonly starts: readonly MachineImage["kind"][];
  /** Options of a node that follow from how it is made. What the spec says is stronger. */
  options(machine: Machine, image: MachineImage): Readonly<Record<string, unknown>>;
  /** `cards`: those it has beside the first one. */
  made(machine: Machine, cards: readonly string[], image: MachineImage): VirtualMachine;
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
