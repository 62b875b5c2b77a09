/** Values of Calico that the chart takes in any combination and the operator, the agents or the nodes do not. */
import { onFlux } from "./flux.ts";
import { asList, at } from "../../../src/model/unknown.ts";
import { objects, replaced, specOf, unless, valuesOf, type Check, type Files } from "./check.ts";
import { tellsRouters } from "./calicoServices.ts";
import { haveTalos, machineFiles, modeOfKubeProxy, onKubeadm, ranBefore, withoutKubeProxy } from "./machines.ts";

const VALUES = /\/calico\/app\/values\.yaml$/;
const ALL = /^talos\/patches\/all\.yaml$/;

const isThere = (files: Files): boolean => valuesOf(files, "calico") !== undefined;
const network = (files: Files, ...path: readonly string[]): unknown =>
  at(valuesOf(files, "calico"), "installation", "calicoNetwork", ...path);
const felix = (files: Files, key: string): unknown => at(valuesOf(files, "calico"), "defaultFelixConfiguration", key);
const pools = (files: Files): readonly unknown[] => asList(network(files, "ipPools"));
const BGP = /\/calico\/config\/bgp\.yaml$/;
const inEbpf = (files: Files): boolean => network(files, "linuxDataplane") === "BPF";

/** Values changed by hand. */
const edit =
  (find: string | RegExp, replace: string) =>
  (files: Files): Files =>
    replaced(files, VALUES, find, replace);

const onMachines =
  (find: string | RegExp, replace: string) =>
  (files: Files): Files =>
    isThere(files) ? replaced(files, ALL, find, replace) : files;

export const calico: readonly Check[] = [
  {
    id: "calico-has-routes-or-a-tunnel",
    says: "nodes tell each other their routes where there is no tunnel, and speak BGP where routers are to hear of Services",
    check: (files) =>
      pools(files).flatMap((pool) =>
        unless(
          (at(pool, "encapsulation") === "None" || tellsRouters(files)) === (network(files, "bgp") === "Enabled"),
          `${String(at(pool, "encapsulation"))} with bgp ${String(network(files, "bgp"))}`,
        ),
      ),
    broken: [edit("bgp: Enabled", "bgp: Disabled"), edit("bgp: Disabled", "bgp: Enabled")],
  },
  {
    id: "calico-gives-addresses-of-the-cluster",
    says: "pods get addresses of the ranges that Kubernetes knows as those of pods, one of each family",
    check(files) {
      const known = [at(specOf(files), "cluster", "pods")].flat().map(String);
      const given = pools(files).map((pool) => String(at(pool, "cidr")));
      return unless(
        !isThere(files) || [...given].sort().join() === [...known].sort().join(),
        `pods are ${known.join(", ")}, and Calico gives ${given.join(", ")}`,
      );
    },
    broken: edit("cidr: 10.42.0.0/16", "cidr: 192.168.0.0/16"),
  },
  {
    id: "calico-takes-the-address-of-the-node",
    says: "the address of a node is the one Kubernetes has of it, in each family, and never one that moves between nodes",
    check: (files) =>
      pools(files).flatMap((pool) => {
        const family = String(at(pool, "cidr")).includes(":") ? "V6" : "V4";
        return unless(
          JSON.stringify(network(files, `nodeAddressAutodetection${family}`)) === '{"kubernetes":"NodeInternalIP"}',
          `nodeAddressAutodetection${family} is another way`,
        );
      }),
    broken: [
      edit("kubernetes: NodeInternalIP", "firstFound: true"),
      edit(/ {4}nodeAddressAutodetectionV6:\n.*\n/, ""),
      edit("kubernetes: NodeInternalIP", "kubernetes: NodeInternalIP\n      cidrs: [172.16.1.0/24]"),
    ],
  },
  {
    id: "one-of-two-carries-services",
    says: "in eBPF Calico carries traffic to Services and knows the API without them; else kube-proxy does, in the mode of Calico",
    about: (files) => !ranBefore(files),
    check(files) {
      if (!isThere(files)) return [];
      const modes: Readonly<Record<string, string>> = { Iptables: "iptables", Nftables: "nftables" };
      const host = at(valuesOf(files, "calico"), "kubernetesServiceEndpoint", "host");
      return inEbpf(files)
        ? [
            ...unless(withoutKubeProxy(files), "kube-proxy runs beside eBPF"),
            ...unless(
              host === "127.0.0.1" || (onKubeadm(files) && host !== undefined),
              `agents look for the API at ${String(host)}`,
            ),
          ]
        : [
            ...unless(!withoutKubeProxy(files), "nobody carries Services"),
            ...unless(
              modeOfKubeProxy(files) === modes[String(network(files, "linuxDataplane"))],
              `kube-proxy uses ${String(modeOfKubeProxy(files))}`,
            ),
          ];
    },
    broken: [
      onMachines(/ {2}proxy:\n {4}disabled: true\n/, ""),
      onMachines(/mode: \w+tables/, "disabled: true"),
      onMachines("mode: nftables", "mode: iptables"),
      (files) => (isThere(files) ? replaced(files, /^k3s\/server\.yaml$/, /^kube-proxy-arg:\n.*\n/m, "") : files),
      edit(/^kubernetesServiceEndpoint:\n {2}host: .*\n/m, "kubernetesServiceEndpoint:\n"),
    ],
  },
  {
    id: "nobody-else-decides-on-kube-proxy",
    says: "whether kube-proxy runs the machine configuration says alone",
    check: (files) => [
      ...unless(network(files, "kubeProxyManagement") !== "Enabled", "the operator stops kube-proxy"),
      ...unless(network(files, "bpfNetworkBootstrap") !== "Enabled", "the operator looks for the API itself"),
    ],
    broken: [
      edit("linuxDataplane: BPF", "linuxDataplane: BPF\n    kubeProxyManagement: Enabled"),
      edit("linuxDataplane: BPF", "linuxDataplane: BPF\n    bpfNetworkBootstrap: Enabled"),
    ],
  },
  {
    id: "calico-runs-on-a-closed-host",
    says: "no driver for volumes writes to the host, and in eBPF cgroups are where the system mounts them",
    check: (files) =>
      isThere(files)
        ? [
            ...unless(
              at(valuesOf(files, "calico"), "installation", "kubeletVolumePluginPath") === "None",
              "a driver for volumes",
            ),
            ...unless(
              !inEbpf(files) || !haveTalos(files) || felix(files, "cgroupV2Path") === "/sys/fs/cgroup",
              "cgroups of its own",
            ),
          ]
        : [],
    broken: [
      edit("kubeletVolumePluginPath: None", "kubeletVolumePluginPath: /var/lib/kubelet"),
      edit(/ {2}cgroupV2Path: .*\n/, ""),
    ],
  },
  {
    id: "calico-looks-at-the-cards-of-the-nodes",
    says: "cards that nodes are configured by are among those whose packets Calico looks at and measures",
    check(files) {
      if (!isThere(files)) return [];
      const keys = ["mtuIfacePattern", ...(inEbpf(files) ? ["bpfDataIfacePattern"] : [])];
      const cards = machineFiles(files)
        .flatMap(({ text }) => [...text.matchAll(/kind: LinkConfig\nname: (\S+)/g)])
        .map(([, name = ""]) => name)
        // Names of Talos for links, which the kernel calls otherwise.
        .filter((name) => !/^net\d+$/.test(name));
      return keys.flatMap((key) => {
        const pattern = new RegExp(String(felix(files, key)));
        return [...new Set([...cards, "end0"])].filter((card) => !pattern.test(card)).map((card) => `${key}: ${card}`);
      });
    },
    broken: [
      edit(/mtuIfacePattern: .*/, "mtuIfacePattern: ^eth.*"),
      edit(/bpfDataIfacePattern: .*/, "bpfDataIfacePattern: ^((en|wl|ww|sl|ib)[Popsx].*|(eth|wlan|wwan|bond).*)"),
    ],
  },
  {
    id: "calico-definitions-are-applied-by-the-server",
    // Read off the files of Flux; what Argo CD installs is the same (test/contract/engines).
    about: onFlux,
    says: "definitions, too large to be noted on themselves, are applied server-side from the tag of the release, by nobody else",
    check(files) {
      if (!isThere(files)) return [];
      const script = files.get("bootstrap/apps.sh") ?? "";
      const folders = objects(files, "Kustomization").map((one) => String(at(one.object, "spec", "path")));
      return [
        ...["./libcalico-go/config/crd", "./charts/crd.projectcalico.org.v1/templates"].flatMap((folder) => [
          ...unless(folders.includes(folder), `nobody applies ${folder}`),
          ...unless(script.includes(` ${folder.slice(2)}\n`), `bootstrap does not apply ${folder}`),
        ]),
        ...unless(!/kubectl apply (?!--server-side)/.test(script), "bootstrap applies on the client"),
        ...unless(valuesOf(files, "calico")?.["manageCRDs"] === false, "the operator applies them too"),
      ];
    },
    broken: [
      (files) =>
        isThere(files) ? replaced(files, /^bootstrap\/apps\.sh$/, "apply --server-side", "apply --validate") : files,
      (files) => replaced(files, /\/calico-crds\/ks\.yaml$/, "path: ./libcalico-go", "path: ./elsewhere"),
      edit("manageCRDs: false", "manageCRDs: true"),
    ],
  },
  {
    id: "calico-keeps-its-mesh",
    says: "every node stays the neighbour of every other one where pods have routes",
    check: (files) =>
      objects(files, "BGPConfiguration").flatMap(({ object: { spec }, path }) =>
        unless(
          at(spec, "nodeToNodeMeshEnabled") === pools(files).some((pool) => at(pool, "encapsulation") === "None"),
          path,
        ),
      ),
    broken: [
      (files) => replaced(files, BGP, "nodeToNodeMeshEnabled: true", "nodeToNodeMeshEnabled: false"),
      (files) => replaced(files, BGP, "nodeToNodeMeshEnabled: false", "nodeToNodeMeshEnabled: true"),
    ],
  },
];
