/**
 * What can be chosen, as data. A component is described without naming an engine; engines and platforms read
 * the units it yields. See docs/architecture.md for how to add one.
 */
import type { z } from "zod";
import type { Alarm, Listener } from "./alarms.ts";
import type { Balancing } from "./balancing.ts";
import type { BgpSpeaker } from "./bgp.ts";
import type { Dashboard } from "./dashboard.ts";
import type { AddressKey } from "./addressKey.ts";
import type { Lacks } from "./families.ts";
import type { ComponentDocs } from "./docs.ts";
import type { Expectation } from "./expectation.ts";
import type { Label, RepoPath } from "./names.ts";
import type { CertificateIssuer } from "./issuer.ts";
import type { KeptSecrets } from "./keptSecrets.ts";
import type { Collector, Metered, MeteredMachine, MeteredObjects } from "./metrics.ts";
import type { OwnNetwork } from "./networks.ts";
import type { NodeManifest } from "./nodeManifest.ts";
import type { NodeNeeds } from "./nodeNeeds.ts";
import type { NeededOption, Offer, OptionQuestion } from "./offer.ts";
import type { Chosen, Plan, PodNetwork } from "./plan.ts";
import type { GatewayProvider } from "./gatewayProvider.ts";
import type { HostRole, Sending } from "./hostRole.ts";
import type { Platform } from "./platform.ts";
import type { Begun, Closing } from "./policies.ts";
import type { Publishing } from "./publish.ts";
import type { Tree } from "./tree.ts";
import type { Mention, Registration } from "./registration.ts";
import type { Router } from "./router.ts";
import type { Disk, StorageClass } from "./storage.ts";
import type { SettledOption } from "./settled.ts";
import type { Slot } from "./slot.ts";
import type { Stub } from "./stub.ts";
import type { Traits } from "./traits.ts";
import type { WayIn } from "./wayIn.ts";
import type { Workload } from "./workloads.ts";
import type {
  ComponentId,
  Flow,
  KubernetesObject,
  OrderedUnit,
  Pin,
  PinId,
  SlotId,
  TemplateId,
  Unit,
  View,
} from "./unit.ts";

/** One thing that can be chosen or is always there. `chosen` is the use that is made of it: its name, where it is written. */
export interface Component<Options = unknown> extends Balancing<Options> {
  readonly id: ComponentId;
  /** The switch it is a position of. Without one it is installed whenever `needed` says so. */
  readonly slot?: SlotId;
  /** How the spec spells it; the id when absent. */
  readonly provider?: string;
  /** `Cilium`, `Envoy Gateway`. */
  readonly title: string;
  /** One clause: what it is and what it costs. Shown beside the choice, in help and in the docs. */
  readonly summary: string;
  /** Keys of its own beside those every component of the slot shares. A strict object, each key with `.describe()`. */
  readonly options: z.ZodType<Options>;
  /** In a slot with entries, keys of its own in each entry it is the provider of. A strict object as well. */
  readonly entryOptions?: z.ZodObject;
  needed?(plan: Plan): boolean;
  /** Components without a switch that it cannot be without: the resource types its objects are of. */
  readonly requires?: readonly ComponentId[];
  /** Positions of other switches it is a part of: `cilium`, for what Cilium's agent does besides. */
  readonly partOf?: ComponentId;
  /** Its pods, or those it makes, run Envoy: not on kernels with few bits of addresses. */
  readonly envoy?: true;
  /** Its pods pass on packets of others, which no socket of theirs opened: Services have to be found packet by packet. */
  readonly passesOn?: true;
  /** Distributions it works on; on every one when absent. */
  readonly distributions?: readonly string[];
  /** It is what keeps the cluster as the repository says, by this engine. */
  readonly engine?: string;
  /** For engines that put back at once what people delete: how one of their steps is left alone, and taken up again. */
  leavesAlone?(step: string): { readonly hold: string; readonly release: string };
  /** Nobody installs it but a distribution that brings it (`Traits.brings`). */
  readonly brought?: true;
  /** IP families it does not work with; every one when absent. */
  readonly lacks?: Lacks;
  /** Options that hold an address of its own (beside pools and gateways, which the slots share). */
  readonly addresses?: readonly AddressKey[];
  /** Options that follow from the rest of homelab.yaml when `create` writes them down, and from nothing afterwards. */
  readonly settled?: readonly SettledOption[];
  /** For the API where it has no address of its own: the machine whose address it is, a node or a host of the LAN. */
  apiMachine?(options: Options): Label | undefined;
  /** For the API: the port it is known by, where that is not the one API servers listen on. */
  apiPort?(options: Options): number;
  units(plan: Plan, options: Options, chosen: Chosen): readonly Unit[];
  /** Namespaces that none of its units need be in, and that its own pods are. */
  readonly runsIn?: readonly string[];
  /** Its units are made of those of all components that do not say so. */
  readonly ofAll?: true;
  /** Files outside the cluster: what it is configured by on hosts and routers. */
  files?(plan: Plan, options: Options, chosen: Chosen, catalog: Catalog): Tree;
  /** What Ansible keeps on machines outside the cluster, or on nodes with a Linux of their own. */
  hostRoles?(plan: Plan, options: Options): readonly HostRole[];
  /** Whether its roles are wanted where nobody asks for Ansible otherwise. */
  wantsAnsible?(options: Options): boolean;
  /** What machines send to it over TCP because of its roles. */
  sentTo?(plan: Plan, options: Options): readonly Sending[];
  /** What control planes bring with them, where the distribution has a place for it (`Traits.manifests`). */
  onControlPlanes?(plan: Plan, options: Options): readonly NodeManifest[];
  /** What has to be on every node, by the system it has. */
  onNodes?(plan: Plan, options: Options): NodeNeeds;
  /** Traffic its pods receive. A namespace and name stand for one policy. */
  flows?(plan: Plan, options: Options, chosen: Chosen): readonly Flow[];
  /** What it needs that only reality can tell; `gen doctor` looks. */
  expects?(plan: Plan, options: Options, chosen: Chosen): readonly Expectation[];
  /** Where its objects name every namespace there are apps in: `add-app` adds one. */
  mentions?(namespace: string, plan: Plan): readonly Mention[];
  readonly docs?: ComponentDocs<Options>;
  /** Every pin it uses: charts, manifests, images. Renovate moves them together, and rules know their versions. */
  readonly pins?: readonly PinId[];
  /** For `create`, where a network can be without it. */
  readonly offer?: Offer;
  readonly questions?: readonly OptionQuestion[];
  /** Options without which it cannot be. */
  readonly asks?: readonly NeededOption[];

  /** For pod networks: what nodes and distributions have to know of it, and flows as policy objects. */
  podNetwork?(options: Options, traits: Traits): PodNetwork;
  /** `gateway` has been replaced by who that is. Absent: the pod network enforces none. */
  policies?(flows: readonly Flow[], plan: Plan): readonly KubernetesObject[];
  /** The same for namespaces that are closed, and for what is allowed by name. */
  readonly closing?: Closing;
  /**
   * What its pods begin beside asking for names, where somebody wrote all of it down: their namespace may be closed then.
   */
  begins?(plan: Plan, options: Options, chosen: Chosen): readonly Begun[];
  /** Where it speaks BGP. */
  speaksBgp?(plan: Plan, options: Options): BgpSpeaker | undefined;
  /** For authorities. */
  readonly issues?: CertificateIssuer<Options>;
  /** Networks that it makes up on machines: nothing else may have their addresses. */
  networks?(options: Options): readonly OwnNetwork[];
  /** Domains whose names pods find by asking these servers, and not the resolvers of their node. */
  answers?(plan: Plan, options: Options): readonly Stub[];
  /** Answers for no name in the house: somebody else is told of them. */
  readonly leavesNames?: true;
  /** For those who write names of routes into DNS. */
  readonly publishes?: Publishing<Options>;
  /** For gateways. */
  readonly gateways?: GatewayProvider;
  /** Where Secrets stand in the repository: as what. Absent: in no file. */
  keepsSecrets?(plan: Plan, options: Options): KeptSecrets;
  /** Classes of volumes that it offers to every pod. */
  storageClasses?(plan: Plan, options: Options): readonly StorageClass[];
  /** Volumes that it keeps databases of its own on. */
  disks?(options: Options): readonly Disk[];
  /** Pods of it that stay, and the memory that each asks for; as its chart renders them with its values. */
  workloads?(plan: Plan, options: Options, chosen: Chosen): readonly Workload[];
  /** Its pods that answer with numbers about themselves. */
  metrics?(plan: Plan, options: Options, chosen: Chosen): readonly Metered[];
  /** Machines that answer with numbers because of it, at addresses of their own. */
  meteredMachines?(plan: Plan, options: Options): readonly MeteredMachine[];
  /** Its objects that numbers are made of, where nothing of it answers with them. */
  meteredObjects?(plan: Plan, options: Options): readonly MeteredObjects[];
  /** Whether it asks what runs on control planes alone: scheduler, controller manager, etcd. */
  asksControlPlanes?(options: Options): boolean;
  /** What of its numbers is wrong; each has a heading in its fragment `alarms`. Only where numbers are asked for. */
  alarms?(plan: Plan, options: Options, chosen: Chosen): readonly Alarm[];
  /** Pictures of its numbers, where its chart brings none. */
  dashboards?(plan: Plan, options: Options, chosen: Chosen): readonly Dashboard[];
  /** Whom it tells of alarms, where somebody has any. */
  listens?(plan: Plan, options: Options): Listener;
  /** Its pods that ask all others for their numbers. */
  readonly collects?: Collector;
  /** For ways in from the internet; `provider`, or the id, stands in `public` of a gateway. */
  readonly wayIn?: WayIn;
}

/** Units of one app (`cilium`, `cilium/config`), which lie and are made known together. */
export interface App {
  readonly namespace: string;
  readonly name: string;
  readonly units: readonly OrderedUnit[];
}

/** Who turns the ordered units into files, and what is early. */
export interface Engine {
  readonly id: string;
  readonly title: string;
  /** Annotations on an object that is never pruned. */
  readonly keep: Readonly<Record<string, string>>;
  /** The same on what a chart makes, where the word Helm has for it (`helm.sh/resource-policy`) is not enough. */
  readonly keepMade?: Readonly<Record<string, string>>;
  /** Its objects of all apps lie in one namespace: two apps of one name would be one. */
  readonly oneNamespace?: true;
  /** Where it and the objects that are only its own stand in the cluster. */
  readonly namespace: string;
  /** Where it begins to read: a repository that has this file was written for it. */
  entry(plan: Pick<Plan, "root">): RepoPath;
  /** Kinds that say something to it and to nobody else. */
  isOwn(group: string, kind: string): boolean;
  /** Where its own objects of an app stand. */
  fileOf(app: Pick<App, "namespace" | "name">, plan: Pick<Plan, "root">): RepoPath;
  /** Shows what has been applied and what waits, until it is stopped. */
  readonly watch: string;
  /** What Renovate calls files in its dialect, where it does not find them by itself. */
  readonly renovate: string;
  /** Programs people need beside it, and other versions in its own files. */
  readonly pins?: readonly PinId[];
  /**
   * Files of its own around the apps: where it begins to read, how it gets into the cluster. `shared` holds what all
   * engines have of the units, values and objects.
   */
  root(plan: Plan, units: readonly OrderedUnit[], shared: Tree, catalog: Catalog): Tree;
  /**
   * What it adds to the shared files of an app: the app's units, their releases, lists of files. `units` are all there
   * are, to name them in the order.
   */
  app(app: App, plan: Plan, units: readonly OrderedUnit[], shared: Tree, catalog: Catalog): Tree;
  /** Where an app has to be named so that it is installed. */
  register(app: Pick<App, "namespace" | "name">, plan: Plan): readonly Registration[];
  /** Objects of the engine's own that have to allow what an app that comes later is made of; none when absent. */
  mentions?(app: App, plan: Plan, catalog: Catalog): readonly Mention[];
  /** Where the file of a namespace has to be named. */
  registerNamespace(namespace: string, plan: Plan): readonly Registration[];
}

/** Text by template id. Made at build from templates/; tests add to it. */
export interface Templates {
  /** Files below a folder, sorted, as ids. */
  list(folder: TemplateId): readonly TemplateId[];
  has(id: TemplateId): boolean;
  /** Rendered text, ending in one newline. Throws when a key of the view is missing. */
  render(id: TemplateId, view: View): string;
}

/** All that can be chosen, passed as an argument wherever it is needed: a test adds to it and finds the addition everywhere. */
export interface Catalog {
  readonly slots: readonly Slot[];
  readonly components: readonly Component[];
  readonly engines: readonly Engine[];
  readonly platforms: readonly Platform[];
  /** The first stands in for a router whose software nobody named. */
  readonly routers: readonly [Router, ...Router[]];
  readonly pins: ReadonlyMap<PinId, Pin>;
  readonly templates: Templates;
}
