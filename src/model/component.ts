/**
 * What can be chosen, as data. A component is described without naming an engine; engines and platforms read
 * the units it yields. See docs/architecture.md for how to add one.
 */
import type { z } from "zod";
import type { Ip } from "./address.ts";
import type { MachineQuestion, MadeMachines } from "./machines.ts";
import type { Plan, Traits } from "./plan.ts";
import type { SpecPath } from "./finding.ts";
import type { Hostname } from "./names.ts";
import type { Tree } from "./tree.ts";

export type ComponentId = string;
export type SlotId = string;
export type PinId = string;
/** `cilium`, `cilium/config`: `<app>` or `<app>/<stage>`. The folder is `kubernetes/apps/<namespace>/<app>/<stage or "app">`. */
export type UnitId = string;
/** Folder or file below templates/, without `.hbs`: `components/cilium/config`. */
export type TemplateId = string;

export type ViewValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly ViewValue[]
  | { readonly [key: string]: ViewValue };
/** All a template sees. No arithmetic and no look-ups there, so everything is worked out here. */
export type View = Readonly<Record<string, ViewValue>>;

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** One chart, image, tool or repository at one version. All stand in src/catalog/pins.yaml. */
export interface Pin {
  readonly id: PinId;
  readonly kind: "chart" | "image" | "git" | "tool" | "provider";
  /** `oci://quay.io/cilium/charts/cilium`, `ghcr.io/mendhak/http-https-echo`, `https://github.com/…`, `siderolabs/talos`. */
  readonly source: string;
  readonly version: string;
  /** Renovate's datasource and package name, where the file that carries the pin needs them spelled out. */
  readonly datasource: string;
  readonly depName: string;
}

export interface Release {
  /** Helm release name; the same at bootstrap and under the engine, so that the engine adopts it. */
  readonly name: string;
  readonly chart: PinId;
  readonly values: TemplateId;
  /** What the chart creates that objects of other units can need: custom resource kinds as `group/Kind`, API groups as `group/*`. */
  readonly installs?: readonly string[];
}

/** Manifests of somebody else's repository, applied as they are: CRDs that no chart should own. */
export interface RemoteManifests {
  readonly pin: PinId;
  /** Folder in that repository. */
  readonly path: string;
  readonly installs: readonly string[];
}

/** One step an engine installs, in one namespace. At least one of release, remote, templates, objects. */
export interface Unit {
  readonly id: UnitId;
  readonly component: ComponentId;
  readonly namespace: string;
  readonly release?: Release;
  readonly remote?: RemoteManifests;
  /** Folder of object templates; each becomes a file of the same name. */
  readonly templates?: TemplateId;
  /** File name → objects, where structure is all there is to say. */
  readonly objects?: Readonly<Record<string, readonly KubernetesObject[]>>;
  /** Names it answers to; the component of the slot `ingress` turns them into objects. */
  readonly routes?: readonly Route[];
  readonly view: View;
  /** Written once, then the user's: demo apps. */
  readonly seeded?: true;
  /** The namespace runs pods that Pod Security "baseline" refuses. */
  readonly privileged?: true;
  /** Installed at bootstrap, because the engine cannot run before it, or is it. */
  readonly early?: boolean;
  /** What objects and charts cannot tell: `envoy-gateway` before the apps behind it. */
  readonly after?: readonly UnitId[];
}

/** A unit in its place: everything derived from what the units provide and need. */
export interface OrderedUnit extends Unit {
  /** All units that must be ready before this one, transitively reduced, in order. */
  readonly dependsOn: readonly UnitId[];
  /** Installed at bootstrap, before the engine runs. */
  readonly early: boolean;
}

/** A host name and the Service that answers. */
export interface Route {
  readonly name: string;
  readonly namespace: string;
  readonly host: Hostname;
  readonly service: string;
  /** Port of the Service. */
  readonly port: number;
  /** Gateways by their name in the spec. */
  readonly gateways: readonly string[];
}

export interface Pods {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Who sends: pods, a part of the network, or `gateway`, the pods that carry requests to apps. */
export type Peer = Pods | "gateway" | "world" | "cluster" | "host" | "kube-apiserver";

/** Traffic a unit's pods must be allowed to receive. */
export interface Flow {
  /** The unit whose folder carries the policy. */
  readonly unit: UnitId;
  readonly namespace: string;
  /** The pods that receive it. */
  readonly to: Readonly<Record<string, string>>;
  /** Name of the policy, unique in the namespace. */
  readonly name: string;
  readonly from: readonly Peer[];
  /** Ports as the pod has them, not the Service. */
  readonly ports: readonly { readonly port: number; readonly protocol: "TCP" | "UDP" }[];
  readonly because: string;
}

/** An option that is an address: asked for, proposed when free, written down, owned in the address book. */
export interface AddressKey {
  /** Name of the option: `address`. */
  readonly key: string;
  /** A LoadBalancer Service takes it from a pool; a VIP from the rest of the LAN. */
  readonly from: "pool" | "lan";
  readonly owner: string;
  readonly role: "api" | "service";
  /** One clause for the address table. */
  readonly note: string;
}

export interface Component<Options = unknown> {
  readonly id: ComponentId;
  /** The switch it is a position of. Without one it is installed whenever `needed` says so. */
  readonly slot?: SlotId;
  /** How `provider:` spells it; the id when absent. */
  readonly provider?: string;
  /** `Cilium`, `Envoy Gateway`. */
  readonly title: string;
  /** One clause: what it is and what it costs. Shown beside the choice, in help and in the docs. */
  readonly summary: string;
  /** Keys of its own beside those every component of the slot shares. A strict object, each key with `.describe()`. */
  readonly options: z.ZodType<Options>;
  needed?(plan: Plan): boolean;
  /** Components without a switch that it cannot be without: the resource types its objects are of. */
  readonly requires?: readonly ComponentId[];
  /** Options that hold an address of its own (beside pools and gateways, which the slots share). */
  readonly addresses?: readonly AddressKey[];
  /** Option that names a control plane: the first one when `create` settles it, and from then on that one. */
  readonly controlPlaneKey?: string;
  /** Object name and namespace of a gateway of the spec, for components of the slot `ingress`. */
  gateway?(name: string): { readonly object: string; readonly namespace: string };
  units(plan: Plan, options: Options): readonly Unit[];
  /** For slot `load-balancer`: annotations that give a Service this address and no other. */
  addressAnnotations?(ip: Ip): Readonly<Record<string, string>>;
  /** For slot `ingress`: the objects of a route, and the pods that carry requests. */
  route?(route: Route, plan: Plan): readonly KubernetesObject[];
  dataPlane?(plan: Plan): readonly Pods[];
  /** Traffic its pods receive. A namespace and name stand for one policy. */
  flows?(plan: Plan, options: Options): readonly Flow[];
  /** For slot `cni`: flows as policy objects; `gateway` has been replaced by pods. Absent: the CNI enforces none. */
  policies?(flows: readonly Flow[], plan: Plan): readonly KubernetesObject[];
  /** Page fragment under docs/components.md, Markdown, template. */
  readonly docs?: { readonly template: TemplateId; view(plan: Plan, options: Options): View };
  /** Pins it uses beside its charts, so that Renovate moves them together. */
  readonly pins?: readonly PinId[];
}

/** A switch of the spec: one component at a path. */
export interface Slot {
  readonly id: SlotId;
  /** Where it stands in homelab.yaml: `dns.split`. */
  readonly path: SpecPath;
  readonly title: string;
  readonly summary: string;
  /** Keys that every position of the switch has. */
  readonly shared: z.ZodRawShape;
  /** Taken when the spec says nothing, with the reason. */
  readonly fallback: { readonly component: ComponentId; readonly because: string };
}

/** What is early, in which order, and who turns the ordered units into files. */
export interface Engine {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Files of the engine around and inside the apps. `shared` holds what both engines have: values and objects. */
  files(plan: Plan, units: readonly OrderedUnit[], shared: Tree, catalog: Catalog): Tree;
}

/** A distribution of Kubernetes or the hardware under it: node configuration and the way to a running API. */
export interface Platform {
  readonly id: string;
  readonly role: "distribution" | "hardware";
  readonly title: string;
  readonly summary: string;
  /** Versions in its files, so that Renovate moves them together. */
  readonly pins?: readonly PinId[];
  /** Keys it adds to `cluster`, and to each node (and `cluster.nodeDefaults`). */
  readonly clusterOptions: z.ZodRawShape;
  readonly nodeOptions: z.ZodRawShape;
  /** Asked about the machines where it is chosen. */
  readonly questions?: readonly MachineQuestion[];
  /** Offered first among its role, for this reason. */
  readonly proposed?: string;
  /** For hardware that the repository makes. */
  readonly machines?: MadeMachines;
  /** For distributions: what others have to know of it. */
  traits?(api: Plan["cluster"]["api"]): Traits;
  files(plan: Plan, units: readonly OrderedUnit[], catalog: Catalog): Tree;
  /** Units that must run before an engine can on this platform, beside those that are early everywhere. */
  early(plan: Plan): readonly UnitId[];
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
  readonly pins: ReadonlyMap<PinId, Pin>;
  readonly templates: Templates;
}
