/**
 * Every option with few positions is a parameter of its own, read off the schema; the others stand in shapes.ts. A new
 * option of the catalog is in the array by itself.
 */
import type { Catalog } from "../../src/model/component.ts";
import { pinOf } from "../../src/model/pins.ts";
import { minorOf } from "../../src/model/version.ts";
import { specKeys } from "../../src/spec/keys.ts";
import type { SpecKey } from "../../src/spec/spec.ts";
import { all, ANY, asItIs, set, setting, WITHOUT, type Needs, type Parameter, type Value } from "./parameter.ts";
import { PUBLIC, value, without } from "./base.ts";
import { announced, ANNOUNCED } from "./announcedShapes.ts";
import { shapes } from "./shapes.ts";

/** A place with a name that the user gives, with the name used here. */
const NAMES: Readonly<Record<string, string>> = {
  "cluster.nodes.*": "cluster.nodeDefaults",
  "ingress.gateways.*": "ingress.gateways.external",
  "dns.publish.*": "dns.publish.site",
  "bgp.peers.*": "bgp.peers.router",
  "loadBalancer.pools.*": "loadBalancer.pools.extra",
  "networks.*": "networks.iot",
};

/** What has to be there before a key below it can be set, and makes a position of its own where it is absent. */
const PARTS: readonly { readonly path: string; readonly with: Value["apply"]; readonly needs?: Needs }[] = [
  { path: "cluster.nodeDefaults.bond", with: setting("cluster.nodeDefaults.bond.interfaces", ["eno1", "eno2"]) },
  { path: "cluster.nodeDefaults.diskSelector", with: asItIs },
  { path: "ingress.gateways.external", with: setting("ingress.gateways.external.address", "192.168.1.63") },
  {
    path: "loadBalancer.pools.extra",
    with: setting("loadBalancer.pools.extra.addresses", "192.168.1.90-192.168.1.95"),
  },
  {
    path: "dns.publish.site",
    with: all(setting("dns.publish.site.provider", "cloudflare"), setting("dns.publish.site.gateways", ["external"])),
    needs: { [PUBLIC]: [ANY] },
  },
  {
    path: "networks.iot",
    with: all(
      setting("networks.iot.cidr", "192.168.40.0/24"),
      setting("networks.iot.vlan", 40),
      setting("networks.iot.interface", "ens19"),
      setting("networks.iot.attach.namespaces", ["default"]),
    ),
  },
  { path: "certificates.letsencrypt", with: setting("certificates.letsencrypt.email", "me@example.com") },
  { path: "certificates.internal-ca", with: asItIs },
  { path: "certificates.step-ca", with: setting("certificates.step-ca.host", "nas") },
  { path: "remote.tailscale", with: asItIs },
  {
    path: "storage.nfs",
    with: all(setting("storage.nfs.server", "nas"), setting("storage.nfs.path", "/srv/k8s")),
  },
  { path: "hashicorp.consul", with: setting("hashicorp.consul.servers", ["nas"]) },
  { path: "hashicorp.vault", with: setting("hashicorp.vault.address", "https://192.168.1.20:8200") },
  { path: "notifications.push", with: asItIs },
  { path: "notifications.alerts", with: asItIs },
];

/** What stands below these is read where something else is chosen. */
const BELOW: Readonly<Record<string, Needs>> = { "bgp.peers.router": { [ANNOUNCED]: ["bgp"] } };

/** The plainest network: beside it stand words that are handed on as they are, and that nothing else here reads. */
const PLAIN: Needs = {
  distribution: ["talos"],
  hardware: ["bare-metal"],
  "graphics cards": [WITHOUT],
  resolver: ["the router"],
  [PUBLIC]: [WITHOUT],
  "cni.provider": ["cilium"],
  "loadBalancer.provider": ["cilium", "metallb", "kube-vip"],
};

const plainly = (key: string, words: readonly string[], without: Needs = {}): Readonly<Record<string, Needs>> =>
  Object.fromEntries(words.map((word) => [`${key}=${word}`, { ...PLAIN, ...without }]));

/** Positions that say something of another key, which has to have that value. */
const NEEDED: Readonly<Record<string, Needs>> = {
  "cni.nodeEncryption=true": { "cni.encryption": ["wireguard"] },
  "cni.kubeProxyReplacement=false": { "cni.masquerade": ["iptables"] },
  ...plainly("notifications.alerts.to", ["slack", "msteams", "rocket"]),
  ...plainly("cluster.nodeDefaults.diskSelector.type", ["hdd", "sd"], { "notifications.alerts.to": [WITHOUT] }),
  ...plainly("cluster.nodeDefaults.bond.mode", ["balance-xor", "balance-rr", "balance-alb", "broadcast"], {
    "notifications.alerts.to": [WITHOUT],
    "cluster.nodeDefaults.diskSelector.type": [WITHOUT],
  }),
  "cluster.secureBoot=true": { distribution: ["talos"], hardware: ["bare-metal", "proxmox"] },
  "cluster.diskEncryption=node-id": { distribution: ["talos"], hardware: ["bare-metal", "proxmox"] },
  "cluster.diskEncryption=tpm": { "cluster.secureBoot": ["true"] },
  "loadBalancer.nodeRoutes=true": { [ANNOUNCED]: ["bgp"] },
  "cni.backend=host-gw": { distribution: ["k3s", "existing"] },
  "cni.backend=wireguard-native": { distribution: ["k3s", "existing"] },
  "loadBalancer.provider=cilium": { "cni.provider": ["cilium"] },
  "ingress.provider=cilium": { "cni.provider": ["cilium"] },
  "ingress.gateways.external.provider=cilium": { "cni.provider": ["cilium"] },
  "bgp.peers.router.bfd=true": { "loadBalancer.provider": ["metallb", "kube-vip"] },
  ...Object.fromEntries(
    ["ubuntu", "debian", "raspberry-pi-os"].map((os) => [
      `cluster.nodeDefaults.os=${os}`,
      { distribution: ["k3s", "kubeadm", "existing"] },
    ]),
  ),
};

/** What follows another key where it is absent, which none of its positions says. */
const FOLLOWING = ["ingress.gateways.external.provider"];

/** Set by a shape, or of no interest: one value, or what its neighbour of the same part decides. */
const SHAPED = [
  "version",
  "cluster.distribution",
  "cluster.hardware",
  "cluster.api.provider",
  "cluster.api.mode",
  "cluster.nodes.*.role",
  "cluster.etcdSnapshots.s3.ownAuthority",
  "loadBalancer.mode",
  "cluster.nodes.*.hardware",
  "cluster.nodes.*.arch",
  "cluster.nodeDefaults.arch",
  "cluster.nodeDefaults.gpu",
  "cluster.nodes.*.gpu",
  "ingress.gateways.*.default",
  "lan.hosts.*.managed",
  "lan.hosts.*.nodeExporter",
  "secrets.store",
  "policies.defaultDeny.*",
  "dns.split.provider",
  "dns.publish.*.provider",
  "dns.publish.*.verify",
  "dns.publish.*.algorithm",
  "certificates.letsencrypt.solver",
  "certificates.letsencrypt.elsewhere.*.solver",
  "certificates.letsencrypt.rfc2136.algorithm",
];

const isClosed = ({ values, type }: SpecKey): boolean => values !== undefined || type === "true or false";

/** The default first: it is what a network has that says nothing. */
function positionsOf({ values, default: usual }: SpecKey): readonly unknown[] {
  const positions: readonly unknown[] = values ?? [true, false];
  return [...positions.filter((one) => one === usual), ...positions.filter((one) => one !== usual)];
}

/** `cluster.nodeDefaults.bond.mode` for what stands at `cluster.nodes.*.bond.mode`. */
export function placeOf(path: string): string {
  const pattern = Object.keys(NAMES).find((prefix) => path === prefix || path.startsWith(`${prefix}.`));
  return pattern === undefined ? path : `${NAMES[pattern]}${path.slice(pattern.length)}`;
}

/** Keys with few positions, by the place they are set at here. */
export function closedKeys(catalog: Catalog): ReadonlyMap<string, SpecKey> {
  const keys = specKeys(catalog).filter((key) => isClosed(key) && !SHAPED.includes(key.path));
  return new Map(keys.map((key) => [placeOf(key.path), key]));
}

export function parametersOf(catalog: Catalog): readonly Parameter[] {
  const closed = [...closedKeys(catalog)];
  // The first key of a part decides whether the part is there; the others stand below it.
  const leading = new Map(
    PARTS.flatMap(({ path }) => {
      const first = closed.find(([place]) => place.startsWith(`${path}.`))?.[0];
      return first === undefined ? [] : [[path, first] as const];
    }),
  );
  return [
    ...shapes,
    ...minors(catalog),
    ...closed.map(([place, key]) => parameter(place, key, { leading, owner: ownerOf(key, catalog), catalog })),
    announced,
  ];
}

function minors(catalog: Catalog): readonly Parameter[] {
  const offered = catalog.platforms.flatMap(({ kubernetes = [] }) => kubernetes);
  const versions = [...new Set(offered.map((id) => minorOf(pinOf(catalog.pins, id).version)))];
  return [{ name: "kubernetes", values: versions.map((minor) => value(minor, setting("cluster.kubernetes", minor))) }];
}

/** The providers whose options have this position, where others in the slot have not. */
function providersWith(place: string, position: unknown, catalog: Catalog): Needs {
  const slot = catalog.slots.find(({ form, path }) => form === "one" && place.startsWith(`${path}.`));
  if (slot === undefined) return {};
  const offered = catalog.components.filter((component) => component.slot === slot.id);
  const options = set({}, place.slice(slot.path.length + 1), position);
  const taking = offered.filter((component) => component.options.safeParse(options).success);
  if (taking.length === 0 || taking.length === offered.length) return {};
  return { [`${slot.path}.provider`]: taking.map((component) => component.provider ?? component.id) };
}

/** What has to be chosen for a key that only some choices have. */
function ownerOf({ path, only }: SpecKey, { platforms, slots }: Catalog): Needs {
  if (only === undefined) return {};
  const role = platforms.find(({ id }) => id === only[0])?.role;
  const slot = slots.find((one) => one.form === "one" && path.startsWith(`${one.path}.`));
  const parameter = slot === undefined ? role : `${slot.path}.provider`;
  return parameter === undefined ? {} : { [parameter]: only };
}

interface Around {
  /** The first key of a part. */
  readonly leading: ReadonlyMap<string, string>;
  readonly owner: Needs;
  readonly catalog: Catalog;
}

function parameter(place: string, key: SpecKey, { leading, owner, catalog }: Around): Parameter {
  const part = PARTS.find(({ path }) => place.startsWith(`${path}.`));
  const first = part === undefined ? undefined : leading.get(part.path);
  const below = place === first || first === undefined ? part?.needs : { [first]: [ANY] };
  const elsewhere = Object.keys(BELOW).find((path) => place.startsWith(`${path}.`));
  const positions = positionsOf(key).map((position) =>
    value(String(position), all(part?.with ?? asItIs, setting(place, position)), {
      ...owner,
      ...below,
      ...(elsewhere !== undefined && BELOW[elsewhere]),
      ...NEEDED[`${place}=${String(position)}`],
      ...providersWith(place, position, catalog),
    }),
  );
  const absent = FOLLOWING.includes(place) ? [{ ...without, needs: { ...below } }] : [];
  return { name: place, values: place === first ? [without, ...positions] : [...absent, ...positions] };
}
