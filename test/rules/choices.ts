/** Choices that do not go together: the catalog of today has none, so these are made of components nobody has. */
import { z } from "zod";
import type { BgpSpeaker } from "../../src/model/bgp.ts";
import { OVER_BGP, routers } from "../fixtures/overBgp.ts";
import type { Catalog, Component } from "../../src/model/component.ts";
import type { PodNetwork } from "../../src/model/plan.ts";
import type { Pin } from "../../src/model/unit.ts";
import { edit, type Case } from "./edits.ts";

const component = (id: string, slot: string, more: Partial<Component> = {}): Component => ({
  id,
  slot,
  title: id.replaceAll("-", " "),
  summary: "for tests",
  options: z.strictObject({}),
  units: () => [],
  ...more,
});

const speaker =
  (more: Partial<BgpSpeaker>): NonNullable<Component["speaksBgp"]> =>
  ({ nodes }) => ({ nodes, toRouters: false, listens: false, lacks: {}, ...more });

const annotations = { addressAnnotations: () => ({}) };

const candle: Pin = {
  id: "candle",
  kind: "chart",
  source: "oci://example.com/charts/candle",
  version: "2.3.1",
  datasource: "docker",
  depName: "example.com/charts/candle",
  windows: [{ line: "2", with: "kubernetes", to: "1.35", outside: "untested", source: "the maker of candles" }],
};

const wire: PodNetwork = { installedBy: "repository", replacesKubeProxy: false, driver: "none", enforces: [] };

export const withChoices = (catalog: Catalog): Catalog => ({
  ...catalog,
  components: [
    ...catalog.components,
    component("wire", "cni", { podNetwork: () => wire }),
    component("wire-addresses", "load-balancer", { partOf: "wire", ...annotations }),
    component("fence", "load-balancer", annotations),
    component("thread", "cni", { podNetwork: () => wire, brought: true }),
    component("lantern", "split-dns", { distributions: ["k3s", "kubeadm"] }),
    component("torch", "split-dns", { distributions: ["k3s", "talos"] }),
    component("candle", "split-dns", { pins: ["candle"] }),
    component("shelf", "split-dns", {
      storageClasses: () => [
        { name: "hook", shared: false, bound: true },
        { name: "shelf", shared: true, bound: false },
      ],
    }),
    component("drawer", "split-dns", { storageClasses: () => [{ name: "drawer", shared: false, bound: true }] }),
    component("crier", "split-dns", { speaksBgp: speaker({ toRouters: true }) }),
    component("mesh", "split-dns", { speaksBgp: speaker({ listens: true }) }),
    component("mesh-wire", "cni", {
      podNetwork: () => ({ installedBy: "repository", replacesKubeProxy: false, driver: "none", enforces: [] }),
      speaksBgp: speaker({ listens: true }),
    }),
  ],
  pins: new Map([...catalog.pins, [candle.id, candle]]),
});

const WIRE = edit("cni:\n  provider: cilium\n  routing: native\n  loadBalancing: { mode: dsr }\n", "cni: wire\n");
const MESH_WIRE = edit(WIRE.find, "cni: mesh-wire\n");
const splitDnsOverBgp = (provider: string) =>
  edit("split: { provider: k8s-gateway, address: 10.50.0.60 }", `split: ${provider}`);
const balancer = (provider: string) =>
  edit("loadBalancer:\n  provider: cilium\n  mode: l2\n", `loadBalancer:\n  provider: ${provider}\n`);
const splitDns = (provider: string) =>
  edit("split: { provider: k8s-gateway, address: 172.16.1.60 }", `split: ${provider}`);
const observed = (written: string) => edit("dns:\n", `observability: { prometheus: { class: ${written} } }\n\ndns:\n`);

export const choices: readonly Case[] = [
  { id: "CHOICE-PART", broken: [WIRE], nearMiss: [WIRE, balancer("wire-addresses")] },
  { id: "CHOICE-PART", broken: [balancer("wire-addresses")], nearMiss: [balancer("fence")] },
  {
    id: "VERSION-UNTRIED",
    broken: [splitDns("candle")],
    nearMiss: [splitDns("candle"), edit("  pods:", '  kubernetes: "1.35"\n  pods:')],
  },
  {
    id: "CHOICE-BROUGHT",
    broken: [WIRE, edit("cni: wire", "cni: thread"), balancer("fence")],
    nearMiss: [WIRE, edit("cni: wire", "cni: flannel"), balancer("fence")],
  },
  {
    id: "BGP-ROUTERS",
    broken: [splitDns("crier")],
    nearMiss: [splitDns("crier"), routers("{ asn: 64513, peers: { router: { asn: 64512 } } }")],
  },
  {
    id: "BGP-SPEAKER",
    broken: [...OVER_BGP, splitDnsOverBgp("crier")],
    nearMiss: [...OVER_BGP, splitDnsOverBgp("mesh")],
  },
  {
    id: "BGP-PORT",
    broken: [MESH_WIRE, balancer("fence"), splitDns("mesh")],
    nearMiss: [MESH_WIRE, balancer("fence")],
  },
  {
    id: "DISK-SHARED",
    broken: [splitDns("shelf"), observed("shelf")],
    nearMiss: [splitDns("drawer"), observed("drawer")],
  },
  { id: "CHOICE-DISTRIBUTION", broken: [splitDns("lantern")], nearMiss: [splitDns("torch")] },
];
