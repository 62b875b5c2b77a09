/** Changes of the reference spec, by the text they replace. */
export interface Edit {
  readonly find: string;
  readonly replace: string;
}

export interface Case {
  /** Id of the finding. */
  readonly id: string;
  readonly broken: readonly Edit[];
  /** As close as it gets without being wrong. */
  readonly nearMiss: readonly Edit[];
}

export const edit = (find: string, replace: string): Edit => ({ find, replace });

export const WORKER = "    talos-worker-1: { ip: 172.16.1.53, role: worker, proxmox: { host: pve4 } }\n";

/** The same network on machines that somebody starts. */
export const ON_BARE_METAL: readonly Edit[] = [
  edit("hardware: proxmox", "hardware: bare-metal\n  nodeDefaults: { interface: ens18, disk: /dev/sda }\n  #"),
  ...[1, 2, 3, 4].map((host) => edit(`, proxmox: { host: pve${host} }`, "")),
];

/** The same network on machines with a Linux of their own, which K3s makes a cluster of. */
export const ON_K3S: readonly Edit[] = [
  edit("distribution: talos", "distribution: k3s"),
  edit("hardware: proxmox", "hardware: bare-metal #"),
  edit("{ provider: talos-vip, address: 172.16.1.49 }", "none"),
  ...[1, 2, 3, 4].map((host) => edit(`, proxmox: { host: pve${host} }`, "")),
];

/** The same network with Ingresses, on the newest Kubernetes that their controller was tried with. */
export const NGINX: readonly Edit[] = [
  edit("provider: envoy-gateway", "provider: ingress-nginx"),
  edit("cluster:\n", 'cluster:\n  kubernetes: "1.35"\n'),
];

/** The same, with the packages of Kubernetes. */
export const ON_KUBEADM: readonly Edit[] = [edit("distribution: talos", "distribution: kubeadm"), ...ON_K3S.slice(1)];

export function edited(text: string, edits: readonly Edit[]): string {
  return edits.reduce((current, { find, replace }) => {
    if (!current.includes(find)) throw new Error(`the reference spec has no ${JSON.stringify(find)}`);
    return current.replace(find, () => replace);
  }, text);
}

/** The same network on machines with a Linux that Proxmox makes. */
export const onProxmox = (distribution: "k3s" | "kubeadm"): readonly Edit[] => [
  edit("distribution: talos", `distribution: ${distribution}`),
  edit("provider: talos-vip", "provider: kube-vip"),
];

/** The same network, where K3s runs already as it comes. */
export const EXISTING: readonly Edit[] = [
  edit("distribution: talos", "distribution: existing"),
  edit(
    "hardware: proxmox",
    "hardware: bare-metal\n  installedBy: k3s\n  runs: [flannel, kube-proxy, coredns, metrics-server, servicelb, traefik]\n  #",
  ),
  ...ON_BARE_METAL.slice(1),
  edit("provider: talos-vip", "provider: existing"),
  edit("cni:\n  provider: cilium\n  routing: native\n  loadBalancing: { mode: dsr }", "cni:\n  provider: flannel"),
  edit("provider: cilium\n  mode: l2", "provider: metallb\n  mode: l2"),
];
