/** What components are made of: pins, releases, objects, and the steps an engine installs. */
import type { Ip } from "./address.ts";
import type { Hostname } from "./names.ts";
import type { RouteOptions } from "./routeOptions.ts";

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
  readonly kind: "chart" | "image" | "git" | "tool" | "provider" | "action";
  /**
   * `oci://quay.io/cilium/charts/cilium`, `https://…/charts` (a chart repository), `ghcr.io/mendhak/http-https-echo`,
   * `https://github.com/…`, `siderolabs/talos`.
   */
  readonly source: string;
  /** Name of a chart in a chart repository; a chart in an OCI registry has it in its source. */
  readonly chart?: string;
  readonly version: string;
  /** The commit an action's tag points at: tags can be moved. */
  readonly digest?: string;
  /** For tools: the command line whose answer has its version. The program is its first word. */
  readonly versionCommand?: string;
  /** For tools that work beside others: how many minor versions away, to either side, one may be. */
  readonly minorsApart?: number;
  /** Renovate's datasource and package name, where the file that carries the pin needs them spelled out. */
  readonly datasource: string;
  readonly depName: string;
  /** How Renovate tells its versions apart, where what counts are not their three numbers alone. */
  readonly versioning?: string;
  readonly windows?: readonly Window[];
  /** Release lines that what is written here does not work with. */
  readonly refused?: readonly Refused[];
}

export interface Refused {
  /** `0.57`. */
  readonly line: string;
  /** One clause: what it does then. */
  readonly because: string;
  readonly source: string;
}

/** Versions of another pin that a release line goes together with. At least one end. */
export interface Window {
  /** `1.20`, or `5` for all of a major version. */
  readonly line: string;
  readonly with: PinId;
  /** Lines, both inclusive. */
  readonly from?: string;
  readonly to?: string;
  /** What its authors refuse or know to break, or what they have not tried. */
  readonly outside: "fails" | "untested";
  /** It holds only where this component is in use. */
  readonly where?: ComponentId;
  readonly source: string;
}

export interface Release {
  /** Helm release name; the same at bootstrap and under the engine, so that the engine adopts it. */
  readonly name: string;
  readonly chart: PinId;
  readonly values: TemplateId;
  /** What the chart creates that objects of other units can need: custom resource kinds as `group/Kind`, API groups as `group/*`. */
  readonly installs?: readonly string[];
  /**
   * What the chart makes that is in no namespace, as `group/Kind`, beside ClusterRoles, their bindings and resource types,
   * which most of them make: there are engines that put nothing there unless they are told.
   */
  readonly clusterWide?: readonly string[];
  /** Namespaces beside that of the unit which the chart puts something into, for the same reason; kube-system is meant anyway. */
  readonly namespaces?: readonly string[];
}

/** Manifests of somebody else's repository, applied as they are: CRDs that no chart should own. */
export interface RemoteManifests {
  readonly pin: PinId;
  /** Folder in that repository. */
  readonly path: string;
  readonly installs: readonly string[];
}

/** One step an engine installs, in one namespace. At least one of release, remote, templates, objects, routes. */
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
  /** Resource types that appear with its objects, as `group/Kind` or `group/*`: what an operator installs because of them. */
  readonly installs?: readonly string[];
  /** Secrets in its namespace that people fill in; no file of the repository holds their values. */
  readonly secrets?: readonly SecretNeed[];
  /** Names it answers to; the components of the gateways turn them into objects. */
  readonly routes?: readonly Route[];
  readonly view: View;
  /** Written once, then the user's: demo apps. */
  readonly seeded?: true;
  /** It comes to a namespace of apps: that is made as `add-app` makes one, and then it is the user's. */
  readonly guest?: true;
  /** The namespace runs pods that Pod Security "baseline" refuses. */
  readonly privileged?: true;
  /**
   * Pod Security "restricted" takes all pods it ever makes, whatever is chosen: a namespace has that level where all
   * releases and remote manifests say so. Never where a controller makes pods there from objects, because others write those.
   */
  readonly restricted?: true;
  /** Installed at bootstrap, because the engine cannot run before it, or is it. */
  readonly early?: boolean;
  /** Some of its pods wait for units that come later, so bootstrap goes on without waiting for it. */
  readonly readyLater?: boolean;
  /** What objects and charts cannot tell: `envoy-gateway` before the apps behind it. */
  readonly after?: readonly UnitId[];
}

/** A Secret that somebody has to fill in, and what to say when asking for it. */
export interface SecretNeed {
  readonly name: string;
  /** `kubernetes.io/basic-auth`; any when absent. */
  readonly type?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Keys whose values are no secret, and stand here. */
  readonly told?: Readonly<Record<string, string>>;
  readonly keys: readonly {
    readonly key: string;
    /** `API token of Cloudflare with Zone.DNS:Edit for your domains`. */
    readonly what: string;
    /** Where it is made. */
    readonly from: string;
    /** File outside of Git that has it, below the folder of homelab.yaml: nobody is asked then. */
    readonly file?: string;
  }[];
  readonly because: string;
  /** Others are opened or fetched with it: bootstrap gives it to the cluster, wherever those are. */
  readonly first?: true;
}

/** A unit in its place: everything derived from what the units provide and need. */
export interface OrderedUnit extends Unit {
  /** All units that must be ready before this one, transitively reduced, in order. */
  readonly dependsOn: readonly UnitId[];
  /** Installed at bootstrap, before the engine runs. */
  readonly early: boolean;
}

/** What a route is in the cluster: which objects those who make records of names have to read. */
export type RouteKind = (typeof ROUTE_KINDS)[number];

export const ROUTE_KINDS = ["HTTPRoute", "Ingress", "IngressRoute"] as const;

/** What a route may be instead, by what it asks for. */
export const OTHER_ROUTE_KINDS: readonly string[] = ["GRPCRoute", "TLSRoute", "IngressRouteTCP"];

/** A host name and the Service that answers. */
export interface Route extends RouteOptions {
  readonly name: string;
  readonly namespace: string;
  readonly host: Hostname;
  readonly service: string;
  /** Port of the Service. */
  readonly port: number;
  /** What answers, where `service` is the name of no Service but of an object of the gateway's own. */
  readonly backend?: Pick<KubernetesObject, "apiVersion" | "kind">;
  /** What answers speaks https, with a certificate for this name or, without one, a certificate nobody looks at. */
  readonly sealed?: { readonly name?: Hostname };
  /** Gateways by their name in the spec. */
  readonly gateways: readonly string[];
}

/** Where requests go that no pod answers. */
export interface Origin {
  readonly name: string;
  readonly namespace: string;
  readonly address: Ip;
  readonly port: number;
}

/** A route as it stands in a repository, whoever wrote it. */
export interface ReadRoute {
  readonly name: string;
  readonly hosts: readonly string[];
  /** Names of gateways as the cluster has them. */
  readonly gateways: readonly string[];
  /** `my-app:80`, each once. */
  readonly backends: readonly string[];
  /** Which requests of its hosts it takes, as `askOf` spells them where it can. */
  readonly asks: readonly string[];
}

export interface Pods {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Who sends: pods, a part of the network, or `gateway`, whoever carries requests to apps. A gateway that is a part of the
 * pod network itself has no pods: its requests come from `ingress`. Calls of the API server come from `kube-apiserver`,
 * and where it is not told apart from its node, from `host` or `remote-node`.
 */
export type Peer = Carrier | "gateway" | "world" | "cluster" | "host" | "remote-node" | "kube-apiserver";

/** Who carries requests to apps. */
export type Carrier = Pods | "ingress";

/** Traffic a unit's pods must be allowed to receive. */
export interface Flow {
  /** The unit whose folder carries the policy. */
  readonly unit: UnitId;
  readonly namespace: string;
  /** The pods that receive it. */
  readonly to: Readonly<Record<string, string>>;
  /** Name of the policy, unique in the namespace. */
  readonly name: string;
  /** None: nobody but the node of the pod, which looks whether it lives. */
  readonly from: readonly Peer[];
  /** Ports as the pod has them, not the Service. None: every port. */
  readonly ports: readonly { readonly port: number; readonly protocol: "TCP" | "UDP" }[];
  readonly because: string;
}
