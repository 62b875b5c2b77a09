/**
 * The addresses of a network as its emitted files have them, with nothing known of the plan they were made from: what
 * Talos, OpenTofu, Cilium, MetalLB, CoreDNS, the scripts of the bootstrap and the people who run them will read.
 */
import type { Tree } from "../../src/model/tree.ts";
import { manifests, ON_NODE } from "./addresses/cluster.ts";
import { text, type Found, type Reading } from "./addresses/found.ts";
import { joining, k3s, kubeadm, proxy } from "./addresses/linux.ts";
import { machine, patch } from "./addresses/talos.ts";
import { logins, variables } from "./addresses/virtualMachines.ts";

/** Each reader by the files it reads. */
const READERS: readonly (readonly [RegExp, (content: string, file: string) => Found])[] = [
  [/(^|\/)talos\/nodes\/[^/]+\.yaml$/, machine],
  [/(^|\/)talos\/patches\/[^/]+\.yaml$/, patch],
  [/(^|\/)bootstrap\/[^/]+\.sh$/, script],
  [/(^|\/)bootstrap\/vms\.sh$/, logins],
  [/(^|\/)k3s\/(server|nodes\/[^/]+)\.yaml$/, k3s],
  [/(^|\/)kubeadm\/[^/]+\.yaml$/, kubeadm],
  [/(^|\/)kubeadm\/nodes\/[^/]+\.yaml$/, joining],
  [/(^|\/)docs\/bootstrap\.md$/, page],
  [/(^|\/)hosts\/[^/]+\/haproxy\.cfg$/, proxy],
  [/(^|\/)infrastructure\/proxmox\/[^/]+\.tfvars\.json$/, variables],
  [/(^|\/)kubernetes\/apps\/.+\.yaml$/, manifests],
];

export function addressReadings(tree: Tree): readonly Reading[] {
  const readings = writtenIn(tree);
  return readings.flatMap((reading) => {
    if (!reading.value.startsWith(ON_NODE)) return [reading];
    const node = `node ${reading.value.slice(ON_NODE.length)}`;
    return readings.filter(({ of }) => of === node).map(({ value }) => ({ ...reading, value }));
  });
}

function writtenIn(tree: Tree): readonly Reading[] {
  return [...tree].flatMap(([file, { content }]) =>
    READERS.filter(([path]) => path.test(file)).flatMap(([, read]) =>
      read(content, file).flatMap(([of, value]) => (value === undefined ? [] : [{ of, value: text(value), file }])),
    ),
  );
}

function script(content: string): Found {
  const urls = [...content.matchAll(/^(?:endpoint|expected)=https:\/\/([^/]+):\d+$/gm)];
  const machines = [...content.matchAll(/^ {2}(?:controlplane|worker):([^:\s]+):(?:[a-z0-9_-]*:)?(\S+)$/gm)];
  return [
    ...urls.map(([, host]) => ["API", host] as const),
    ...machines.map(([, name, ip]) => [`node ${name}`, ip] as const),
  ];
}

/** Where a cluster ran before, nobody tells its machines; people compare it with what is written here. */
function page(content: string): Found {
  return [
    ...[...content.matchAll(/^\| `([^`]+)` \| `([^`]+)` \| (?:control plane|worker) \|$/gm)].map(
      ([, name, ip]) => [`node ${name}`, ip] as const,
    ),
    ...[...content.matchAll(/^- (pods|Services) `([^`]+)`$/gm)].map(([, of, network]) => [of ?? "", network] as const),
  ];
}
