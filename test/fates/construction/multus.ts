/** Networks of the house that pods stand in: what Multus, its plug-ins and the machines have to be told for that. */
import { asList, asMap, at, type Mapping } from "../../../src/model/unknown.ts";
import { objects, replaced, specOf, unless, valuesOf, type Check, type Files } from "./check.ts";
import { haveTalos, installerOf, machineFiles, onKubeadm } from "./machines.ts";

const ATTACHMENTS = /\/networkattachmentdefinition\.yaml$/;
const MULTUS = /\/multus\/app\/daemonset\.yaml$/;
const DHCP = /\/multus\/dhcp\/daemonset\.yaml$/;
const CILIUM = /\/cilium\/app\/values\.yaml$/;

/** Plug-ins of all attachments. */
const plugins = (files: Files): readonly Mapping[] =>
  objects(files, "NetworkAttachmentDefinition").flatMap(({ object }) =>
    asList(at(JSON.parse(String(at(object, "spec", "config"))), "plugins")).map(asMap),
  );

const daemonSet = (files: Files, name: string): unknown =>
  objects(files, "DaemonSet").find(({ object }) => at(object, "metadata", "name") === name)?.object;

const pod = (files: Files, name: string): unknown => at(daemonSet(files, name), "spec", "template", "spec");

const hostPath = (files: Files, name: string, volume: string): unknown =>
  asList(at(pod(files, name), "volumes"))
    .filter((one) => at(one, "name") === volume)
    .map((one) => at(one, "hostPath", "path"))[0];

const asksDhcp = (files: Files): boolean => plugins(files).some((plugin) => at(plugin, "ipam", "type") === "dhcp");

/** The packages of Kubernetes bring all of them to a node, and nobody knows what others bring. */
const bringsAll = (files: Files): boolean =>
  onKubeadm(files) || ["kubeadm", "other"].includes(String(installerOf(files)));

// siderolabs/talos v1.13.9, Dockerfile.
const OF_TALOS = ["bridge", "firewall", "host-local", "loopback", "portmap"];

export const multus: readonly Check[] = [
  {
    id: "cilium-leaves-multus-its-folder",
    says: "Cilium puts no configuration of others aside where Multus has one",
    check: (files) =>
      unless(
        plugins(files).length === 0 ||
          valuesOf(files, "cilium") === undefined ||
          at(valuesOf(files, "cilium"), "cni", "exclusive") === false,
        "Cilium keeps the folder for itself",
      ),
    broken: (files) => replaced(files, CILIUM, "  exclusive: false", "  exclusive: true"),
  },
  {
    id: "dhcp-is-asked-on-every-node",
    says: "where pods get addresses by DHCP a daemon asks for them on every node, in its network, on a fresh socket",
    check(files) {
      if (!asksDhcp(files)) return [];
      const daemon = pod(files, "multus-dhcp");
      const command = asList(at(daemon, "containers", 0, "command")).join(" ");
      return [
        ...unless(command === "/plugins/dhcp daemon", `the daemon is ${command}`),
        ...unless(at(daemon, "tolerations", 0, "operator") === "Exists", "some nodes have no daemon"),
        ...unless(at(daemon, "hostNetwork") === true, "it is in a network of its own"),
        ...unless(
          asList(at(daemon, "initContainers", 0, "command")).includes("/run/cni/dhcp.sock"),
          "an old socket stays",
        ),
      ];
    },
    broken: [
      (files) => new Map([...files].filter(([path]) => !DHCP.test(path))),
      (files) => replaced(files, DHCP, "- operator: Exists", "- key: other"),
      (files) => replaced(files, DHCP, "hostNetwork: true", "hostNetwork: false"),
      (files) => replaced(files, DHCP, "/run/cni/dhcp.sock", "/run/cni/other.sock"),
    ],
  },
  {
    id: "plug-ins-are-on-every-node",
    says: "each plug-in of an attachment is on the nodes from the start, or put there before Multus starts",
    about: (files) => !bringsAll(files),
    check(files) {
      const used = plugins(files).flatMap((plugin) => [plugin["type"], at(plugin, "ipam", "type")]);
      const brought = asList(at(pod(files, "multus"), "initContainers", 0, "command"));
      return [...new Set(used.filter((name) => name !== undefined))].flatMap((name) =>
        unless(brought.includes(name) || OF_TALOS.includes(String(name)), `nobody brings ${String(name)}`),
      );
    },
    broken: [
      (files) => replaced(files, MULTUS, / {12}- macvlan\n/, ""),
      (files) => replaced(files, MULTUS, / {12}- (dhcp|static)\n/, ""),
    ],
  },
  {
    id: "multus-finds-the-namespaces-of-pods",
    says: "Multus and the daemon look for network namespaces where the runtime keeps them, in Talos at a place of its own",
    check: (files) =>
      ["multus", "multus-dhcp"].flatMap((name) =>
        unless(
          daemonSet(files, name) === undefined ||
            hostPath(files, name, "namespaces") === (haveTalos(files) ? "/var/run/netns" : "/run/netns"),
          `${name} looks at ${String(hostPath(files, name, "namespaces"))}`,
        ),
      ),
    broken: [
      (files) => replaced(files, MULTUS, "path: /var/run/netns", "path: /run/netns"),
      (files) => replaced(files, DHCP, "path: /var/run/netns", "path: /run/netns"),
    ],
  },
  {
    id: "multus-has-memory",
    says: "Multus may take half a gibibyte, because no pod starts while it is killed",
    check(files) {
      const limit = at(pod(files, "multus"), "containers", 0, "resources", "limits", "memory");
      return unless(plugins(files).length === 0 || limit === "512Mi", `it may take ${String(limit)}`);
    },
    broken: (files) => replaced(files, MULTUS, "memory: 512Mi", "memory: 50Mi"),
  },
  {
    id: "addresses-in-other-networks-are-of-the-whole-network",
    says: "no node gives addresses in other networks out of a list of its own",
    check: (files) =>
      plugins(files).flatMap((plugin) =>
        unless(at(plugin, "ipam", "type") !== "host-local", "a node has a list of its own"),
      ),
    broken: (files) => replaced(files, ATTACHMENTS, /"type": "(dhcp|static)"/, '"type": "host-local"'),
  },
  {
    id: "pods-keep-their-way-out",
    says: "no second interface brings a way out: no router is asked for by DHCP, written down, or taken from an announcement",
    check(files) {
      const all = plugins(files);
      const requests = all
        .filter((plugin) => at(plugin, "ipam", "type") === "dhcp")
        .map((plugin) => at(plugin, "ipam"));
      const tuned = all.filter((plugin) => at(plugin, "sysctl", "net.ipv6.conf.IFNAME.accept_ra") === "0");
      return [
        ...requests.flatMap((ipam) =>
          unless(JSON.stringify(at(ipam, "request")) === ONLY_THE_MASK, "a router is asked for by DHCP"),
        ),
        ...all.flatMap((plugin) => unless(at(plugin, "ipam", "routes") === undefined, "a route is written down")),
        ...unless(tuned.length * 2 === all.length, "announcements of routers are taken"),
      ];
    },
    broken: [
      (files) => replaced(files, ATTACHMENTS, '"skipDefault": true', '"skipDefault": false'),
      (files) => replaced(files, ATTACHMENTS, 'accept_ra": "0"', 'accept_ra": "2"'),
      (files) =>
        replaced(files, ATTACHMENTS, '"type": "static"', '"type": "static", "routes": [{ "dst": "0.0.0.0/0" }]'),
    ],
  },
  {
    id: "links-of-pods-have-no-address",
    says: "of the links of a machine one carries its addresses, and the links of pods are up without any",
    check: (files) =>
      machineFiles(files).flatMap(({ name, documents }) => {
        const links = documents.filter(({ kind }) => /^(Link|VLAN|Bond)Config$/.test(String(kind)));
        return [
          ...unless(
            links.filter(({ addresses }) => addresses !== undefined).length === 1,
            `${name} has addresses on several links`,
          ),
          ...links.flatMap((link) => unless(link["up"] === true, `${String(link["name"])} of ${name} is down`)),
        ];
      }),
    broken: [
      (files) =>
        replaced(
          files,
          /^talos\/nodes\/[^/]+\.yaml$/,
          /^(name: (?:net1|ens19)\nup: true\n)/m,
          "$1addresses:\n  - address: 192.168.30.5/24\n",
        ),
      (files) => replaced(files, /^talos\/nodes\/[^/]+\.yaml$/, /^(name: (?:net1|ens19)\nup:) true\n/m, "$1 false\n"),
    ],
  },
  {
    id: "tags-of-pods-pass-cilium",
    says: "frames with the tag of a network that pods stand in pass the filters of Cilium",
    check(files) {
      const bypass = asList(at(valuesOf(files, "cilium"), "bpf", "vlanBypass"));
      return Object.values(asMap(specOf(files)["networks"])).flatMap((network) =>
        unless(
          valuesOf(files, "cilium") === undefined ||
            at(network, "tagged") !== true ||
            at(network, "attach") === undefined ||
            bypass.includes(at(network, "vlan")),
          `VLAN ${String(at(network, "vlan"))} is dropped`,
        ),
      );
    },
    broken: (files) => replaced(files, CILIUM, "    - 30\n", ""),
  },
  {
    id: "cards-of-pods-have-no-filter",
    says: "the host drops nothing that leaves a card for pods with an address it does not know",
    check(files) {
      const machines = files.get("infrastructure/proxmox/machines.tf") ?? "";
      return unless(
        !/for_each = each\.value\.cards/.test(machines) || /^ *firewall *= false$/m.test(machines),
        "filtered",
      );
    },
    broken: (files) =>
      replaced(files, /^infrastructure\/proxmox\/machines\.tf$/, /firewall( *)= false/, "firewall$1= true"),
  },
];

const ONLY_THE_MASK = JSON.stringify([{ skipDefault: true, option: "subnet-mask" }]);
