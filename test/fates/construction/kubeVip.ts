/** kube-vip for Services: whom it elects, what it leaves to others, where its pools are, and what machines make of its addresses. */
import { asList, asMap, at } from "../../../src/model/unknown.ts";
import { documents, objects, pathsOf, replaced, unless, valuesOf, type Check, type Files, specOf } from "./check.ts";
import { nodesOf, onK3s, onTalos } from "./machines.ts";

const VALUES = /\/kube-vip\/app\/values\.yaml$/;
const PROVIDER = /\/kube-vip-cloud-provider\/app\/values\.yaml$/;
const POOLS = /\/kube-vip-cloud-provider\/app\/kubevip\.yaml$/;
const NODES = /^talos\/nodes\/[^/]+\.yaml$/;
const CONTROL_PLANE = /^talos\/nodes\/talos-cp-1\.yaml$/;

const answers = (files: Files): boolean => environment(files)["vip_arp"] === "true";
const tells = (files: Files): boolean => environment(files)["bgp_enable"] === "true";
const isThere = (files: Files): boolean => valuesOf(files, "kube-vip") !== undefined;
const environment = (files: Files): Readonly<Record<string, unknown>> => asMap(valuesOf(files, "kube-vip")?.["env"]);

const says = (
  id: string,
  what: string,
  key: string,
  value: string,
  otherwise: string,
  about: (files: Files) => boolean = isThere,
): Check => ({
  id,
  about,
  says: what,
  check: (files) =>
    isThere(files) ? unless(environment(files)[key] === value, `${key} is ${String(environment(files)[key])}`) : [],
  broken: (files) => replaced(files, VALUES, `${key}: "${value}"`, `${key}: "${otherwise}"`),
});

const networksOf = (document: unknown): readonly string[] =>
  [at(document, "machine", "kubelet", "nodeIP", "validSubnets"), at(document, "cluster", "etcd", "advertisedSubnets")]
    .flatMap(asList)
    .map(String);

export const kubeVip: readonly Check[] = [
  says(
    "kube-vip-elects-for-each-service",
    "each Service has an election of its own, so that its address can follow its pods",
    "svc_election",
    "true",
    "false",
    answers,
  ),
  says("kube-vip-leaves-balancing-to-the-pod-network", "nobody needs IPVS", "lb_enable", "false", "true"),
  says(
    "kube-vip-leaves-the-api-to-its-owner",
    "pods for Services carry no address of the API",
    "cp_enable",
    "false",
    "true",
  ),
  {
    id: "kube-vip-knows-how-long-addresses-are",
    says: "addresses are put on links alone, and not with the network around them",
    check: (files) =>
      isThere(files)
        ? unless(/^32(,128)?$/.test(String(environment(files)["vip_subnet"])), "an address takes a network with it")
        : [],
    broken: [
      (files) => replaced(files, VALUES, /^ {2}vip_subnet: .*\n/m, ""),
      (files) => replaced(files, VALUES, /vip_subnet: .*/, 'vip_subnet: "24"'),
    ],
  },
  {
    id: "kube-vip-keeps-times-that-fit",
    says: "a lease lasts longer than a node tries to keep it, which it does more than once",
    about: answers,
    check(files) {
      const [duration = 0, renew = 0, retry = 0] = ["leaseduration", "renewdeadline", "retryperiod"].map((key) =>
        Number(environment(files)[`vip_${key}`]),
      );
      return unless(duration > renew && renew > retry * 1.2, `${duration}, ${renew}, ${retry}`);
    },
    broken: [
      (files) => replaced(files, VALUES, /vip_renewdeadline: .*/, 'vip_renewdeadline: "15"'),
      (files) => replaced(files, VALUES, /vip_retryperiod: .*/, 'vip_retryperiod: "10"'),
    ],
  },
  {
    id: "kube-vip-has-names-of-its-own",
    says: "its objects are not called as those of a kube-vip for the API",
    check: (files) =>
      isThere(files)
        ? unless(!["", "kube-vip"].includes(String(valuesOf(files, "kube-vip")?.["nameOverride"] ?? "")), "one name")
        : [],
    broken: (files) => replaced(files, VALUES, /^nameOverride: .*\n/m, ""),
  },
  {
    id: "kube-vip-finds-its-pools",
    says: "the pools are in the one ConfigMap that is asked for them, under a name that does not change",
    check(files) {
      if (!isThere(files)) return [];
      const pools = objects(files, "ConfigMap").filter(
        ({ object }) =>
          at(object, "data", "range-global") !== undefined || at(object, "metadata", "name") === "kubevip",
      );
      return [
        ...unless(pools.length === 1, `${pools.length} ConfigMaps with pools`),
        ...pools.flatMap(({ path, object }) => [
          ...unless(
            at(object, "metadata", "name") === valuesOf(files, "kube-vip-cloud-provider")?.["configMapName"] &&
              at(object, "metadata", "namespace") === "kube-system",
            `${path} is not what is asked for`,
          ),
          ...Object.keys(asMap(at(object, "data")))
            .filter((key) => key !== "range-global")
            .map((key) => `${path} has ${key}, which is for Services of one namespace`),
          ...String(at(object, "data", "range-global") ?? "none-given")
            .split(",")
            .filter((range) => !/^[^-/]+-[^-/]+$/.test(range))
            .map((range) => `${path} has ${range}, which is no range`),
        ]),
        ...pathsOf(files, /\/kube-vip-cloud-provider\/app\/kustomization\.yaml$/).flatMap((path) =>
          unless(
            !asList(at(documents(files, path)[0], "configMapGenerator")).some((one) => at(one, "name") === "kubevip"),
            `${path} makes the pools, under a name that changes`,
          ),
        ),
      ];
    },
    broken: [
      (files) => replaced(files, POOLS, "name: kubevip\n", "name: kube-vip\n"),
      (files) => replaced(files, POOLS, "namespace: kube-system\n", "namespace: network\n"),
      (files) => replaced(files, POOLS, "range-global: ", "range-lan: "),
      (files) => replaced(files, POOLS, /-172\.16\.1\.69/, ""),
      (files) => replaced(files, PROVIDER, "configMapName: kubevip\n", ""),
      (files) =>
        replaced(
          files,
          /\/kube-vip-cloud-provider\/app\/kustomization\.yaml$/,
          "configMapGenerator:\n",
          "configMapGenerator:\n  - name: kubevip\n",
        ),
    ],
  },
  {
    id: "machines-know-their-own-addresses",
    says: "where addresses of Services are on links of machines, kubelet and etcd are told the one of the machine alone",
    about: onTalos,
    check(files) {
      if (!isThere(files)) return [];
      const patches = pathsOf(files, /^talos\/patches\/.*\.yaml$/).flatMap((path) =>
        documents(files, path).flatMap((document) =>
          networksOf(document).map((network) => `${path} takes all of ${network} for the machine`),
        ),
      );
      const nodes = pathsOf(files, NODES).flatMap((path) => {
        const all = documents(files, path);
        const own = all.flatMap((document) =>
          asList(at(document, "addresses")).map((one) => String(at(one, "address")).split("/")[0]),
        );
        const [machine] = all;
        const kubelet = asList(at(machine, "machine", "kubelet", "nodeIP", "validSubnets")).map(String);
        const name = path.slice(path.lastIndexOf("/") + 1, -".yaml".length);
        const plane = at(specOf(files), "cluster", "nodes", name, "role") === "control-plane";
        return [
          ...unless(kubelet.length === own.length, `${path} tells the kubelet ${kubelet.length} of ${own.length}`),
          ...unless(
            asList(at(machine, "cluster", "etcd", "advertisedSubnets")).length === (plane ? 1 : 0),
            `${path} tells etcd of another number of addresses than one`,
          ),
          ...networksOf(machine)
            .filter((network) => !own.some((ip) => network === `${ip}/${ip?.includes(":") ? 128 : 32}`))
            .map((network) => `${path} takes ${network} for the machine`),
        ];
      });
      return [...patches, ...nodes];
    },
    broken: [
      (files) => (isThere(files) ? replaced(files, CONTROL_PLANE, /(172\.16\.1\.50)\/32/, "$1/24") : files),
      (files) =>
        isThere(files) ? replaced(files, CONTROL_PLANE, / {4}advertisedSubnets:\n {6}- .*\n/, "    {}\n") : files,
      (files) =>
        isThere(files)
          ? replaced(
              files,
              /^talos\/patches\/controlplane\.yaml$/,
              /$/,
              "  etcd:\n    advertisedSubnets: [172.16.1.0/24]\n",
            )
          : files,
    ],
  },
  {
    id: "k3s-knows-the-addresses-of-nodes",
    says: "every machine is told its own address, so that it takes none that moves",
    about: onK3s,
    check: (files) =>
      nodesOf(files).flatMap((name) =>
        unless(
          asList(at(documents(files, `k3s/nodes/${name}.yaml`)[0], "node-ip")).length > 0,
          `${name} looks for its address itself`,
        ),
      ),
    broken: (files) => replaced(files, /^k3s\/nodes\//, /^node-ip:\n(?: {2}- .*\n)+/m, ""),
  },
  {
    id: "kube-vip-tells-routers-in-its-own-words",
    says: "every session has an address, a number, a password out of a Secret or none; announcing by ARP and BGP exclude each other",
    about: tells,
    check(files) {
      const values = valuesOf(files, "kube-vip");
      const env = environment(files);
      const known = asList(values?.["envFrom"]).map((one) => `$(${String(at(one, "prefix"))}password)`);
      const sessions = String(env["bgp_peers"]).split(",");
      return [
        ...sessions
          .filter((one) => !/^(\[[0-9a-f:]+\]|[\d.]+):\d+:(\$\(\w+\))?:(true|false):179(::true;300;300;3)?$/.test(one))
          .map((one) => `${one} is no session`),
        ...sessions
          .flatMap((one) => /\$\(\w+\)/.exec(one)?.[0] ?? [])
          .filter((password) => !known.includes(password))
          .map((password) => `nobody knows ${password}`),
        ...unless(!answers(files), "addresses are announced in two ways"),
        ...unless(
          at(values, "envValueFrom", "bgp_routerid", "fieldRef", "fieldPath") === "status.hostIP",
          "no router id",
        ),
      ];
    },
    broken: [
      (files) => replaced(files, VALUES, "$(BGP_EDGE_password)", "hunter2"),
      (files) => replaced(files, VALUES, "prefix: BGP_EDGE_", "prefix: EDGE_"),
      (files) => replaced(files, VALUES, "[fd00:1::1]", "fd00:1::1"),
      (files) => replaced(files, VALUES, 'vip_arp: "false"', 'vip_arp: "true"'),
      (files) => replaced(files, VALUES, "status.hostIP", "status.podIPs"),
    ],
  },
];
