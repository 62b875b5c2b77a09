import type { Lacks } from "./families.ts";
import type { MachineSize } from "./machines.ts";
import type { CniFolders } from "./networks.ts";
import type { Role } from "./plan.ts";
import type { ComponentId } from "./unit.ts";

/** What components and rules have to know of a distribution, without knowing which one it is. */
export interface Traits {
  /** What it asks of a machine before anything else is there, its own pods among it. */
  readonly least: Readonly<Record<Role, MachineSize>>;
  /** Commands for a node called NODE whose disk is full: what shows who fills it, and what makes room. */
  readonly disk: { readonly look: readonly string[]; readonly clear: readonly string[] };
  /** Where agents in the network of a node reach an API server while there are no Services yet. */
  readonly localApi: { readonly host: string; readonly port: number };
  /** It is the operating system too: it puts addresses on links and installs itself on a disk. */
  readonly ownsMachine: boolean;
  /** It mounts cgroups itself, and pods may load no kernel modules. */
  readonly closedHost: boolean;
  /** It sends the questions of pods to a resolver on their node. */
  readonly resolvesOnNode: boolean;
  /** Components it installs by itself, by their ids: nobody installs them a second time. */
  readonly brings: readonly ComponentId[];
  /** How flannel carries pods where the distribution brings it; by VXLAN alone when absent. */
  readonly flannelBackends?: readonly string[];
  /** A controller of its own enforces policies of Kubernetes, beside a pod network that it brings. */
  readonly enforcesPolicies?: true;
  /** Its kubelets ask the cluster for their serving certificates, which somebody has to approve. */
  readonly rotatesServingCertificates: boolean;
  /** The authority of the cluster signs what kubelets serve without being asked. Absent: each kubelet signs for itself. */
  readonly signsServingCertificates?: true;
  /** Where its container runtime looks for pod networks, and what it has of them itself. */
  readonly cni: CniFolders;
  /** Where its container runtime is told of mirrors of registries; no folder where its nodes share images by themselves. */
  readonly mirrors: { readonly folder?: string };
  /** IP families it does not work with. */
  readonly lacks: Lacks;
  /**
   * What control planes take from a folder of theirs before there is an API: `applied` any objects, once it is there
   * (K3s, Auto-Deploying Manifests), `pods` static pods of the kubelet. Absent: nothing.
   */
  readonly manifests?: "applied" | "pods";
  /** On Linux of somebody else: the service that runs containers. */
  readonly containerService?: Readonly<Record<Role, string>>;
  /** When it starts it finds the runtimes that a machine has, and it brings a RuntimeClass for each that it knows. */
  readonly findsRuntimes?: true;
  /** Its machines start only what its makers signed: by UEFI with Secure Boot. */
  readonly startsSigned?: true;
  /** What its disks are encrypted with; they are not when absent. */
  readonly diskKeys?: "tpm" | "node-id";
  /** Its control planes can be told from here to answer those who ask for numbers. */
  readonly opens?: true;
  /** API server, scheduler, controller manager and kubelet of a server are one process: each answers with the numbers of all. */
  readonly oneProcess?: true;
  /** Files on its nodes that services of the system write their lines to, as a pattern; the system keeps a journal when absent. */
  readonly serviceLogs?: string;
  /** Control planes run ordinary pods, and announce addresses. */
  readonly controlPlanesRunPods: boolean;
}
