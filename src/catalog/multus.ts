import { z } from "zod";
import { attachmentsOf, attachmentUnit, networksAnnotation, NETWORKS, type Attachment } from "../model/attachments.ts";
import type { Component } from "../model/component.ts";
import { both } from "../model/families.ts";
import { pinOf } from "../model/pins.ts";
import type { Plan } from "../model/plan.ts";
import type { KubernetesObject, Pin, PinId, Unit } from "../model/unit.ts";
import { onEach } from "../model/workloads.ts";

const MULTUS = "multus";
/** System namespace: its pods use the network of their node, which Pod Security allows nowhere else. */
const NAMESPACE = "kube-system";
const IMAGE = "multus-image";
const PLUGINS_IMAGE = "cni-plugins-image";

/**
 * Objects of our own: the manifest of the project names an image that moves with every commit and lies in one folder with
 * two others that would be applied with it (multus-cni v4.3.0, deployments), so no pinned folder of it can be used.
 */
export const multus = (pins: ReadonlyMap<PinId, Pin>): Component<Record<string, never>> => ({
  id: MULTUS,
  title: "Multus",
  summary: "gives pods a second interface in another network of the house; one privileged pod a node",
  options: z.strictObject({}),
  needed: (plan) => attachmentsOf(plan).length > 0,
  units: (plan) => {
    const attachments = attachmentsOf(plan);
    const namespaces = [...new Set(attachments.flatMap(({ attach }) => attach.namespaces))];
    return [
      {
        id: MULTUS,
        component: MULTUS,
        namespace: NAMESPACE,
        templates: "components/multus/app",
        installs: ["k8s.cni.cncf.io/*"],
        privileged: true,
        view: daemonView(plan, pins),
      },
      ...(asksDhcp(plan) ? [dhcpUnit(plan, pins)] : []),
      ...namespaces.map((namespace) => ({
        id: attachmentUnit(namespace),
        component: MULTUS,
        namespace,
        objects: {
          "networkattachmentdefinition.yaml": attachments
            .filter(({ attach }) => attach.namespaces.includes(namespace))
            .map(definition),
        },
        guest: true as const,
        after: [MULTUS],
        view: {},
      })),
    ];
  },
  workloads: (plan) => [
    onEach(plan.nodes, MULTUS, 64),
    ...(asksDhcp(plan) ? [onEach(plan.nodes, `${MULTUS}-dhcp`, 32)] : []),
  ],
  pins: [IMAGE, PLUGINS_IMAGE],
  docs: {
    template: "components/multus/docs.md",
    fragments: {
      troubleshooting: "components/multus/troubleshooting.md",
      operations: "components/multus/operations.md",
    },
    view: docsView,
  },
});

const asksDhcp = (plan: Plan): boolean => attachmentsOf(plan).some(({ attach }) => attach.ipam === "dhcp");

/** Programs that stand on no node of this distribution. */
const missing = (plan: Plan): readonly string[] => {
  const used = ["macvlan", "tuning", ...new Set(attachmentsOf(plan).map(({ attach }) => attach.ipam))];
  return plan.cluster.traits.cni.lacks.filter((program) => used.includes(program));
};

const imageOf = (id: PinId, pins: ReadonlyMap<PinId, Pin>): string => {
  const { source, version } = pinOf(pins, id);
  return `${source}:${version}`;
};

const daemonView = (plan: Plan, pins: ReadonlyMap<PinId, Pin>) => {
  const { configuration, programs, namespaces } = plan.cluster.traits.cni;
  return {
    image: imageOf(IMAGE, pins),
    pluginsImage: imageOf(PLUGINS_IMAGE, pins),
    plugins: missing(plan),
    configuration,
    programs,
    namespaces,
  };
};

/** The plug-in that asks by DHCP only hands on to a daemon of its node (containernetworking/plugins, plugins/ipam/dhcp). */
const dhcpUnit = (plan: Plan, pins: ReadonlyMap<PinId, Pin>): Unit => ({
  id: `${MULTUS}/dhcp`,
  component: MULTUS,
  namespace: NAMESPACE,
  templates: "components/multus/dhcp",
  privileged: true,
  view: { image: imageOf(PLUGINS_IMAGE, pins), namespaces: plan.cluster.traits.cni.namespaces },
});

/** Pods name it without a namespace, so each namespace has its own. */
function definition({ attach, link }: Attachment): KubernetesObject {
  const { name, type, mode, ipam } = attach;
  const plugins = [
    {
      type,
      capabilities: { mac: true, ...(ipam === "static" && { ips: true }) },
      master: link,
      mode,
      ipam: ADDRESSES[ipam],
    },
    STAYS_OUT,
  ];
  const config = JSON.stringify({ cniVersion: "0.3.1", name, plugins }, undefined, 2);
  return {
    apiVersion: "k8s.cni.cncf.io/v1",
    kind: "NetworkAttachmentDefinition",
    metadata: { name },
    spec: { config },
  };
}

/**
 * The way out of a pod stays that of the pod network. A DHCP server that is asked for the mask alone names no router
 * (RFC 2131 §4.3.1; containernetworking/plugins v1.9.1, plugins/ipam/dhcp/lease.go, prepareOptions). The plug-in sbr
 * would take the router and send everything by the source of it, but also takes the network itself out of the routes of
 * a pod, so that an app would reach its devices through the router of the house (v1.9.1, plugins/meta/sbr).
 */
const ADDRESSES = {
  dhcp: { type: "dhcp", request: [{ skipDefault: true, option: "subnet-mask" }] },
  static: { type: "static" },
} as const;

/** Nor does a router of IPv6 that announces itself become one. */
const STAYS_OUT = { type: "tuning", sysctl: { "net.ipv6.conf.IFNAME.accept_ra": "0" } } as const;

const docsView = (plan: Plan) => {
  const attachments = attachmentsOf(plan);
  const [first] = attachments;
  if (first === undefined) throw new Error("Multus is there for networks that pods stand in");
  const { network, attach, link } = first;
  const address = attach.ipam === "static" ? network.cidrs[0] : undefined;
  return {
    networks: attachments.map((one) => ({
      name: one.network.name,
      attachment: one.attach.name,
      cidr: both(one.network.cidrs),
      link: one.link,
      namespaces: one.attach.namespaces,
      nodes: one.attach.nodes ?? [],
    })),
    someNodes: attachments.some((one) => one.attach.nodes !== undefined),
    name: network.name,
    attachment: attach.name,
    link,
    namespace: attach.namespaces[0] ?? "",
    address: address === undefined ? null : "ADDRESS",
    example: [
      `${NETWORKS}: ${networksAnnotation([
        { attachment: attach.name, ...(address && { address: `ADDRESS/${address.prefix}` }) },
      ])}`,
    ],
    dhcp: asksDhcp(plan),
    fixed: attachments.some((one) => one.attach.ipam === "static"),
    made: plan.nodes.some(({ made }) => made !== undefined),
    configuration: plan.cluster.traits.cni.configuration,
  };
};
