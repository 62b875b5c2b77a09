/** An app as somebody asked for it, every part checked: what `composeApp` turns into files. */
import type { Ip } from "../../model/address.ts";
import type { AskedNetwork } from "../../model/attachments.ts";
import type { Hostname, Label } from "../../model/names.ts";
import type { RouteOptions } from "../../model/routeOptions.ts";

export interface NewApp {
  readonly name: Label;
  readonly namespace: Label;
  readonly source: ImageSource | ChartSource | ManifestsSource | MachineSource;
  /** Absent: only other pods reach it. */
  readonly route?: NewRoute;
}

/** An image in the chart for any image, with values to go on from. */
export interface ImageSource {
  readonly kind: "image";
  readonly container: Container;
}

/** The same as plain objects, without a chart between. */
export interface ManifestsSource {
  readonly kind: "manifests";
  readonly container: Container;
}

export interface ChartSource {
  readonly kind: "chart";
  /** `oci://…`, or the URL of a chart repository. */
  readonly source: string;
  /** Name of a chart in a chart repository. */
  readonly chart?: string;
  readonly version: string;
  /** Labels of the pods that answer. */
  readonly selector: Readonly<Record<string, string>>;
  /** The port as the pod has it. */
  readonly podPort: number | undefined;
}

/** No app of the cluster but a machine of the LAN, which a gateway sends requests to. */
export interface MachineSource {
  readonly kind: "machine";
  readonly address: Ip;
  readonly port: number;
  /** Absent: plain http. */
  readonly tls?: {
    /** The name its certificate is for, of an authority everybody trusts. Absent: its certificate is not looked at. */
    readonly name?: Hostname;
  };
  /** It speaks https to whoever asks, past the gateway. */
  readonly unopened?: true;
}

export interface Container {
  readonly image: Image;
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Secrets of its namespace whose keys become environment variables. */
  readonly secrets: readonly string[];
  readonly volumes: readonly Volume[];
  readonly storageClass?: string;
  /** User the process runs as; absent: whatever the image says, which may be root. */
  readonly runAs?: number;
  readonly readOnly: boolean;
  /** Networks of the house it has an interface in; none when absent. */
  readonly networks?: readonly AskedNetwork[];
  /** Nodes that have the cards for them; absent: all. */
  readonly nodes?: readonly Label[];
}

export interface Image {
  readonly repository: string;
  /** With the digest behind it where one was given: `1.27@sha256:…`. */
  readonly tag: string;
}

export interface Volume {
  readonly name: Label;
  /** Where the container finds it. */
  readonly path: string;
  /** `5Gi`. */
  readonly size: string;
}

export interface NewRoute extends RouteOptions {
  readonly host: Hostname;
  readonly service: string;
  /** Port of the Service. */
  readonly port: number;
  /** Gateways by their name in the spec. */
  readonly gateways: readonly string[];
}
