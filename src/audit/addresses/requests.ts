/** Who asks the load balancer for which address: Services, Gateways, and values that become one. */
import { parseIp, type Ip } from "../../model/address.ts";
import type { Place } from "../../model/finding.ts";
import type { Path } from "../../yaml/stream.ts";
import type { Cluster } from "../cluster.ts";
import { isRelease, releasesOf } from "../releases.ts";
import { asList, at, isMap, type Mapping } from "../../model/unknown.ts";
import { asText } from "../values.ts";

export interface Request {
  readonly ip: Ip;
  /** `Service network/dns`, `the chart of k8s-gateway (service)`. */
  readonly owner: string;
  /** As the address book may know it. */
  readonly name: string;
  /** Equal for everything one object asks for. */
  readonly identity: string;
  /** Services that share an address carry the same one. */
  readonly sharingKey: string | undefined;
  /** The annotation or field it asks by; undefined for `addresses` of a Gateway. */
  readonly key: string | undefined;
  readonly place: Place;
}

// Cilium documentation, LB IPAM; MetalLB, usage; kube-vip, on-prem cloud provider; Calico, LoadBalancer IPAM.
const ADDRESSES = new Set([
  "lbipam.cilium.io/ips",
  "io.cilium/lb-ipam-ips",
  "metallb.io/loadBalancerIPs",
  "metallb.universe.tf/loadBalancerIPs",
  "kube-vip.io/loadbalancerIPs",
  "projectcalico.org/loadBalancerIPs",
  "loadBalancerIP",
]);

const SHARING = [
  "lbipam.cilium.io/sharing-key",
  "io.cilium/lb-ipam-sharing-key",
  "metallb.io/allow-shared-ip",
  "metallb.universe.tf/allow-shared-ip",
  "kube-vip.io/leaseName",
];

interface Asked {
  readonly path: Path;
  readonly text: string;
  readonly key: string | undefined;
  readonly sharingKey: string | undefined;
}

export function requestsOf(cluster: Cluster): readonly Request[] {
  const objects = cluster.live.filter(({ object, isPatched }) => !isRelease(object) && !isPatched);
  return [
    ...objects.flatMap(({ object, name, namespace }) => {
      const owner = `${object.kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
      return [...asked(object.value, []), ...gatewayAddresses(object.kind, object.value)].flatMap((one) =>
        requests(one, { owner, name, identity: owner, place: object.place(one.path, "value") }),
      );
    }),
    ...releasesOf(cluster).flatMap(({ name, namespace, values }) =>
      values.flatMap(({ value, place }) =>
        [...asked(value, [])].flatMap((one) => {
          // A chart may make several Services, each with annotations of its own.
          const part = one.path.slice(0, -1).filter((step) => step !== "annotations");
          const owner = `the chart of ${name}${part.length === 0 ? "" : ` (${part.join(".")})`}`;
          return requests(one, { owner, name, identity: `${namespace}/${owner}`, place: place(one.path, "value") });
        }),
      ),
    ),
  ];
}

const requests = (
  { text, key, sharingKey }: Asked,
  from: Omit<Request, "ip" | "key" | "sharingKey">,
): readonly Request[] =>
  text.split(",").flatMap((part) => {
    // Calico reads a list in JSON.
    const ip = parseIp(part.replaceAll(/["[\]\s]/g, ""));
    // kube-vip asks a DHCP server for 0.0.0.0.
    return ip === undefined || ip === "0.0.0.0" ? [] : [{ ...from, ip, key, sharingKey }];
  });

function* asked(value: unknown, path: Path): Generator<Asked> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* asked(item, [...path, index]);
    return;
  }
  if (!isMap(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    const text = ADDRESSES.has(key) ? asText(inner) : undefined;
    if (text !== undefined) yield { path: [...path, key], text, key, sharingKey: sharingKeyIn(value) };
    else yield* asked(inner, [...path, key]);
  }
}

const sharingKeyIn = (annotations: Mapping): string | undefined =>
  SHARING.map((key) => asText(annotations[key])).find((text) => text !== undefined);

/** Gateway.spec.addresses, which only Gateways have. */
const gatewayAddresses = (kind: string, value: Mapping): readonly Asked[] =>
  kind !== "Gateway"
    ? []
    : asList(at(value, "spec", "addresses")).flatMap((address, index) => {
        const text = asText(at(address, "value"));
        return text === undefined
          ? []
          : [{ path: ["spec", "addresses", index, "value"], text, key: undefined, sharingKey: undefined }];
      });
