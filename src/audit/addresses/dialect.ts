/** The words in which an address is asked for: each load balancer reads its own and no other. */
import { ciliumLoadBalancer } from "../../catalog/cilium-load-balancer.ts";
import { announcementOf } from "../../model/bgp.ts";
import { chosenIn } from "../../model/chosen.ts";
import type { Ip } from "../../model/address.ts";
import type { Finding, Place } from "../../model/finding.ts";
import { isMap } from "../../model/unknown.ts";
import type { Path } from "../../yaml/stream.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Cluster } from "../cluster.ts";
import { isRelease, releasesOf } from "../releases.ts";
import type { Request } from "./requests.ts";

export const foreignWords: Audit = {
  id: "ADDRESS-KEY",
  severity: "error",
  title: "An address is asked for in the words of another load balancer.",
  because: "Nobody reads them; the Service gets any free address, and the one it asks for may go to somebody else.",
  source:
    "docs.cilium.io, LB IPAM; metallb.io/usage; kube-vip.io, on-prem cloud provider; docs.tigera.io, LoadBalancer",
};

export const oldWords: Audit = {
  id: "ADDRESS-OLD-KEY",
  severity: "warning",
  title: "An address is asked for in words that are going out of use.",
  because: "A later version stops reading them, and the Service gets any free address then.",
  source: "docs.cilium.io, LB IPAM: lbipam.cilium.io/ips; Kubernetes API, Service.spec.loadBalancerIP: deprecated",
};

export const localTraffic: Audit = {
  id: "SERVICE-LOCAL",
  severity: "error",
  title: "A Service announced by ARP takes requests only on nodes that run its pods.",
  because: "The node that answers for the address may be one without a pod, and drops every request.",
  source: "docs.cilium.io, L2 Announcements, Limitations: externalTrafficPolicy Local",
};

/** Still read by the load balancer that has these words of its own. */
const OLD: Readonly<Record<string, readonly string[]>> = {
  "lbipam.cilium.io/ips": ["io.cilium/lb-ipam-ips", "loadBalancerIP"],
  "metallb.io/loadBalancerIPs": ["metallb.universe.tf/loadBalancerIPs", "loadBalancerIP"],
  "kube-vip.io/loadbalancerIPs": ["loadBalancerIP"],
};

export function* dialect(requests: readonly Request[], cluster: Cluster): Generator<Finding> {
  const { plan } = cluster;
  const [own] = Object.keys(plan.addressAnnotations([plan.lan.gateway]));
  for (const { key, ip, owner, place } of requests) {
    // Gateway.spec.addresses is the business of whoever makes its Service (GATEWAY-ADDRESS).
    if (key === own || key === undefined) continue;
    if (own === undefined) {
      yield* unheard(key, ip, owner, place, cluster);
      continue;
    }
    const isOld = OLD[own]?.includes(key) === true;
    yield toFinding(isOld ? oldWords : foreignWords, {
      message: `${owner} asks for ${ip} by ${key}, ${isOld ? "the old way to say" : "and the load balancer here reads"} ${own}`,
      places: [place],
      fix: `the annotation ${own}: ${plan.addressAnnotations([ip])[own]}`,
    });
  }
  const [balancer] = chosenIn(plan, "load-balancer");
  if (balancer?.component.id === ciliumLoadBalancer.id && announcementOf(plan) === "l2") yield* local(cluster);
}

/** Where Services have addresses of nodes, a label says of which. */
function* unheard(key: string, ip: Ip, owner: string, place: Place, { plan }: Cluster): Generator<Finding> {
  const [balancer] = chosenIn(plan, "load-balancer");
  if (balancer?.component.nodeLabels === undefined) return;
  const [label] = Object.entries(plan.addressLabels([ip]));
  yield toFinding(foreignWords, {
    message: `${owner} asks for ${ip} by ${key}, and ${balancer.component.title} reads no annotation`,
    places: [place],
    fix: label === undefined ? "the address of a node" : `the label ${label[0]}: ${label[1]}`,
  });
}

function* local(cluster: Cluster): Generator<Finding> {
  const texts = [
    ...cluster.live.flatMap(({ object, name, isPatched }) =>
      isPatched || isRelease(object) ? [] : [{ owner: `${object.kind} ${name}`, ...object }],
    ),
    ...releasesOf(cluster).flatMap(({ name, values }) =>
      values.map((one) => ({ owner: `the chart of ${name}`, ...one })),
    ),
  ];
  for (const { owner, value, place } of texts)
    for (const path of localIn(value, []))
      yield toFinding(localTraffic, {
        message: `${owner} has externalTrafficPolicy: Local, and its address is announced by ARP`,
        places: [place(path, "value")],
        fix: "externalTrafficPolicy: Cluster; with cni.loadBalancing.mode: dsr pods see the client's address all the same",
      });
}

function* localIn(value: unknown, path: Path): Generator<Path> {
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* localIn(item, [...path, index]);
  if (!isMap(value)) return;
  if (value["externalTrafficPolicy"] === "Local" && (value["type"] ?? "LoadBalancer") === "LoadBalancer")
    yield [...path, "externalTrafficPolicy"];
  for (const [key, inner] of Object.entries(value)) yield* localIn(inner, [...path, key]);
}
