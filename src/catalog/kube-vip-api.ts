import { z } from "zod";
import { familyOf, type Ip } from "../model/address.ts";
import type { Component } from "../model/component.ts";
import type { PerFamily } from "../model/families.ts";
import { ipsField } from "../fields/fields.ts";
import { pinOf } from "../model/pins.ts";
import type { Node, Plan } from "../model/plan.ts";
import type { Pin, PinId, View } from "../model/unit.ts";
import { lease, leaseView } from "./kubeVipLease.ts";
import { commonLink } from "./kubeVipLinks.ts";

const IMAGE = "kube-vip-image";

const options = z.strictObject({
  address: ipsField()
    .optional()
    .describe("address of the Kubernetes API, free on the LAN and outside DHCP and pools")
    .meta({ example: "172.16.1.49" }),
  lease,
});

type Options = Omit<z.output<typeof options>, "address"> & { readonly address?: PerFamily<Ip> | undefined };

/** Control planes bring it with them, so that the address is there before anything is installed through it. */
export const kubeVipApi = (pins: ReadonlyMap<PinId, Pin>): Component<Options> => ({
  id: "kube-vip-api",
  slot: "api",
  provider: "kube-vip",
  title: "kube-vip for the API",
  summary: "one address that moves between the control planes; costs an address of the LAN and a small pod on each",
  options,
  // Those that take manifests from a folder of each control plane.
  distributions: ["k3s"],
  addresses: [
    { key: "address", from: "lan", owner: "Kubernetes API", role: "api", note: "VIP, moves between control planes" },
  ],
  addressesOnLinks: true,
  units: () => [],
  onControlPlanes: (plan, chosen) => {
    const template = plan.cluster.traits.manifests === "pods" ? "pod" : "daemonset";
    return [
      {
        name: "kube-vip",
        template: `components/kube-vip-api/${template}.yaml`,
        view: { ...environment(plan, chosen), ...imageOf(pinOf(pins, IMAGE)), ...localApi(plan) },
      },
    ];
  },
  pins: [IMAGE],
  docs: {
    template: "components/kube-vip-api/docs.md",
    fragments: { troubleshooting: "components/kube-vip-api/troubleshooting.md" },
    view: (plan, chosen) => ({
      ...environment(plan, chosen),
      address: plan.cluster.api.address,
      others: plan.cluster.api.addresses.filter((ip) => ip !== plan.cluster.api.address),
      applied: plan.cluster.traits.manifests !== "pods",
      controlPlanes: controlPlanes(plan).map(({ name, ip }) => ({ name, ip })),
    }),
  },
});

const controlPlanes = ({ nodes }: Plan): readonly Node[] => nodes.filter(({ role }) => role === "control-plane");

const environment = (plan: Plan, chosen: Options): View => ({
  address: plan.cluster.api.addresses.join(","),
  lengths: lengthsOf(plan.cluster.api.addresses),
  link: commonLink(controlPlanes(plan)),
  port: String(plan.cluster.api.port),
  lease: leaseView(chosen.lease),
});

/** Of IPv4 first, whichever address stands first (kube-vip v1.2.3, pkg/vip/address.go, SelectSubnet). */
const lengthsOf = (ips: readonly Ip[]): string =>
  [4, 6]
    .filter((family) => ips.some((ip) => familyOf(ip) === family))
    .map((family) => (family === 4 ? "32" : "128"))
    .join(",");

const imageOf = ({ source, version, datasource, depName }: Pin): View => ({
  image: `${source}:${version}`,
  datasource,
  depName,
});

const localApi = ({ cluster: { traits } }: Plan): View => ({
  localHost: traits.localApi.host,
  localPort: String(traits.localApi.port),
});
