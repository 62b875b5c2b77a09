/** Machines: how many, what they are, what a distribution is told of them, and where its API is. */
import { all, ANY, asItIs, setting, set, type Needs, type Parameter, type SpecDraft, type Value } from "./parameter.ts";
import { eachNode, value, without } from "./base.ts";

/** Control planes, workers. */
function machines(planes: number, workers: number): Value["apply"] {
  const node = (index: number, role: string) => [
    `${role === "worker" ? "worker" : "cp"}-${index}`,
    { ip: `192.168.1.${(role === "worker" ? 70 : 50) + index}`, role },
  ];
  const nodes = Object.fromEntries([
    ...Array.from({ length: planes }, (_, index) => node(index + 1, "control-plane")),
    ...Array.from({ length: workers }, (_, index) => node(index + 1, "worker")),
  ]);
  return setting("cluster.nodes", nodes);
}

/** The last node, which is a worker where there are any. */
const lastNode =
  (change: SpecDraft): Value["apply"] =>
  (draft) => {
    const nodes = (draft["cluster"] as SpecDraft)["nodes"] as Readonly<Record<string, SpecDraft>>;
    const last = Object.keys(nodes).at(-1) ?? "";
    return set(draft, `cluster.nodes.${last}`, { ...nodes[last], ...change });
  };

const hex = (index: number): string => index.toString(16).padStart(2, "0");

/** Keys of machines that the distribution owns. */
const OWNED: Needs = { distribution: ["talos"] };
const ON_LINUX: Needs = { distribution: ["k3s", "kubeadm"] };
const CONFIGURED: Needs = { distribution: ["talos", "k3s", "kubeadm"] };
const EXISTING: Needs = { distribution: ["existing"] };

// flannel is never brought by this repository, and goes with kube-proxy.
const NO_FLANNEL: Needs = { "cni.provider": ["cilium", "calico"] };

const API = "192.168.1.49";

export const machineShapes: readonly Parameter[] = [
  {
    name: "distribution",
    values: ["talos", "k3s", "kubeadm", "existing"].map((id) => value(id, setting("cluster.distribution", id))),
  },
  {
    name: "nodes",
    values: [
      value("1", machines(1, 0)),
      value("1 and a worker", machines(1, 1)),
      value("3", machines(3, 0)),
      value("3 and a worker", machines(3, 1)),
      value("3 and 9 workers", machines(3, 9)),
    ],
  },
  {
    name: "hardware",
    values: [
      value("bare-metal", setting("cluster.hardware", "bare-metal")),
      value(
        "proxmox",
        all(
          setting("cluster.hardware", "proxmox"),
          eachNode((index) => ({ proxmox: { host: index % 2 === 0 ? "pve1" : "pve2" } })),
        ),
        CONFIGURED,
      ),
      value("raspberry-pi", setting("cluster.hardware", "raspberry-pi")),
    ],
  },
  {
    name: "runs",
    values: [
      value("nothing", setting("cluster.runs", []), { ...EXISTING, ...NO_FLANNEL }),
      value("kube-proxy", setting("cluster.runs", ["kube-proxy", "coredns"]), EXISTING),
      value("cilium", setting("cluster.runs", ["cilium"]), { ...EXISTING, ...NO_FLANNEL }),
      value(
        "all of K3s",
        setting("cluster.runs", [
          "flannel",
          "kube-proxy",
          "coredns",
          "metrics-server",
          "servicelb",
          "local-storage",
          "traefik",
        ]),
        EXISTING,
      ),
    ],
  },
  {
    name: "snapshots in S3",
    values: [
      without,
      ...[false, true].map((ownAuthority) =>
        value(
          ownAuthority ? "of the house" : "of the internet",
          setting("cluster.etcdSnapshots", {
            s3: { endpoint: "https://s3.example.com", bucket: "homelab-etcd", ownAuthority },
          }),
          { distribution: ["k3s"] },
        ),
      ),
    ],
  },
  {
    name: "snapshots by pods",
    values: [
      without,
      value("asked", setting("cluster.etcdSnapshots", { hours: 6 }), {
        distribution: ["talos"],
        "storage.nfs.onDelete": [ANY],
      }),
    ],
  },
  {
    name: "processors",
    values: [without, value("arm64", setting("cluster.nodeDefaults.arch", "arm64"))],
  },
  {
    name: "memory",
    values: [
      without,
      value("said", setting("cluster.nodeDefaults.memory", "4GiB"), { hardware: ["bare-metal", "raspberry-pi"] }),
    ],
  },
  {
    name: "graphics cards",
    values: [
      without,
      ...["nvidia", "intel", "amd"].map((maker) =>
        // The last of the workers; a network of one machine has none to keep for it.
        value(maker, lastNode({ gpu: maker }), {
          nodes: ["1 and a worker", "3 and a worker", "3 and 9 workers"],
          // Boards have none, and only the plugin of NVIDIA is made for arm64.
          hardware: ["bare-metal", "proxmox"],
          ...(maker !== "nvidia" && { processors: ["without"] }),
        }),
      ),
    ],
  },
  {
    name: "VMs",
    values: [
      without,
      value("large, in a VLAN", setting("cluster.nodeDefaults.proxmox", { cores: 8, memory: "32GiB", vlan: 20 }), {
        hardware: ["proxmox"],
      }),
    ],
  },
  {
    name: "cluster.api.provider",
    values: [
      value("talos-vip", setting("cluster.api", { provider: "talos-vip", address: API }), OWNED),
      value("none", setting("cluster.api", { provider: "none", node: "cp-1" })),
      value("kube-vip", setting("cluster.api", { provider: "kube-vip", address: API }), ON_LINUX),
      value("haproxy", setting("cluster.api", { provider: "haproxy", hosts: ["nas"] })),
      value("existing", setting("cluster.api", { provider: "existing", address: API }), EXISTING),
    ],
  },
  {
    name: "balancers of the API",
    values: [
      value("one", asItIs, { "cluster.api.provider": ["haproxy"] }),
      value("two", all(setting("cluster.api.hosts", ["nas", "pve1"]), setting("cluster.api.address", API)), {
        "cluster.api.provider": ["haproxy"],
      }),
    ],
  },
  {
    name: "link",
    values: [
      value("by name", setting("cluster.nodeDefaults.interface", "eth0"), CONFIGURED),
      value(
        "by MAC address",
        eachNode((index) => ({ mac: `02:00:00:00:00:${hex(index + 1)}` })),
        OWNED,
      ),
      value("left to the hardware", asItIs),
    ],
  },
  {
    name: "disk",
    values: [
      value("by name", setting("cluster.nodeDefaults.disk", "/dev/sda"), OWNED),
      value("left to the hardware", asItIs),
    ],
  },
  {
    name: "extensions",
    values: [without, value("one", setting("cluster.extensions", ["siderolabs/iscsi-tools"]), OWNED)],
  },
  {
    name: "VLAN and MTU",
    values: [
      without,
      value("both", all(setting("cluster.nodeDefaults.vlan", 30), setting("cluster.nodeDefaults.mtu", 9000)), OWNED),
    ],
  },
  {
    name: "user",
    values: [without, value("root", setting("cluster.nodeDefaults.sshUser", "root"), ON_LINUX)],
  },
];
