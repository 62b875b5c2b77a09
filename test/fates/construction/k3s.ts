/** Configuration that K3s would take, or refuse only on the machine, and that would not work. */
import { asList, asMap, at } from "../../../src/model/unknown.ts";
import { appended, documents, pathsOf, replaced, specOf, unless, type Check, type Files } from "./check.ts";
import { nodesOf, ofServers, onK3s } from "./machines.ts";

const SERVERS = /^k3s\/server\.yaml$/;
const AGENTS = /^k3s\/agent\.yaml$/;
const SCRIPT = /^bootstrap\/k3s\.sh$/;

const nodeFile = (files: Files, name: string) => asMap(documents(files, `k3s/nodes/${name}.yaml`)[0]);

const roleOf = (files: Files, name: string): unknown => at(specOf(files), "cluster", "nodes", name, "role");

const servers = (files: Files): readonly string[] =>
  nodesOf(files).filter((name) => roleOf(files, name) === "control-plane");

// K3s documentation, k3s server, Critical Configuration Values, and what else an agent does not know.
const OF_SERVERS = [
  "agent-token",
  "cluster-cidr",
  "cluster-dns",
  "cluster-domain",
  "cluster-init",
  "disable",
  "disable-cloud-controller",
  "disable-helm-controller",
  "disable-kube-proxy",
  "disable-network-policy",
  "egress-selector-mode",
  "embedded-registry",
  "flannel-backend",
  "secrets-encryption",
  "service-cidr",
  "tls-san",
  "write-kubeconfig-mode",
];

export const k3s: readonly Check[] = [
  {
    id: "k3s-has-one-pod-network",
    says: "K3s brings flannel and its own policies where nobody else does, and neither where somebody does",
    about: onK3s,
    check(files) {
      const own = pathsOf(files, /^kubernetes\/apps\/[^/]+\/(cilium|calico)\//).length > 0;
      const none = ofServers(files, "flannel-backend") === "none";
      return [
        ...unless(own === none, "two pod networks, or none"),
        ...unless(own === (ofServers(files, "disable-network-policy") === true), "two enforce policies, or nobody"),
        ...unless(
          !none || ofServers(files, "egress-selector-mode") !== "pod",
          "tunnels look for pods where there are none",
        ),
      ];
    },
    broken: [
      (files) => replaced(files, SERVERS, /^flannel-backend: none\n/m, "flannel-backend: vxlan\n"),
      (files) => replaced(files, SERVERS, /^disable-network-policy: true\n/m, ""),
      (files) =>
        replaced(files, SERVERS, /^flannel-backend: none\n/m, "flannel-backend: none\negress-selector-mode: pod\n"),
    ],
  },
  {
    id: "k3s-servers-agree",
    says: "what servers have to agree on stands in the file they share and in no other",
    about: onK3s,
    check: (files) =>
      nodesOf(files).flatMap((name) =>
        Object.keys(nodeFile(files, name))
          .filter((key) => key !== "cluster-init" && OF_SERVERS.includes(key))
          .map((key) => `${name} has a ${key} of its own`),
      ),
    broken: (files) =>
      replaced(files, /^k3s\/nodes\/[^/]*2\.yaml$/, /^node-name/m, "cluster-cidr: 10.0.0.0/8\nnode-name"),
  },
  {
    id: "k3s-nodes-keep-what-all-are-told",
    says: "labels and taints of one node stand beside those all servers are told, which a list without a plus would replace",
    about: onK3s,
    check: (files) =>
      nodesOf(files).flatMap((name) =>
        ["node-label", "node-taint"].flatMap((key) =>
          unless(!(key in nodeFile(files, name)), `${name} has its own ${key}`),
        ),
      ),
    broken: [
      (files) => replaced(files, /^k3s\/nodes\//, "node-label+:", "node-label:"),
      (files) => replaced(files, /^k3s\/nodes\//, "node-taint+:", "node-taint:"),
    ],
  },
  {
    id: "k3s-servers-are-one-cluster",
    says: "of several servers one starts etcd and the others join it; one alone does neither, unless it has etcd for others to come",
    about: onK3s,
    check(files) {
      const [starting, joining] = [
        servers(files).filter((name) => nodeFile(files, name)["cluster-init"] === true),
        servers(files).filter((name) => nodeFile(files, name)["server"] !== undefined),
      ];
      const several = servers(files).length > 1;
      const hasEtcd = at(specOf(files), "cluster", "datastore") === "etcd";
      return [
        ...unless(starting.length === (several || hasEtcd ? 1 : 0), `${starting.length} servers start a cluster`),
        ...unless(joining.length === (several ? servers(files).length - 1 : 0), `${joining.length} servers join`),
        ...unless(!starting.some((name) => joining.includes(name)), "a server starts and joins"),
      ];
    },
    broken: [
      (files) => replaced(files, /^k3s\/nodes\//, /^cluster-init: true\n/m, ""),
      (files) => replaced(files, /^k3s\/nodes\/[^/]*3\.yaml$/, /^server: .*\n/m, ""),
    ],
  },
  {
    id: "k3s-certificate-names-the-api",
    says: "the certificate of the API holds every address people know it by",
    about: onK3s,
    check(files) {
      const [, endpoint = ""] =
        /^endpoint=https:\/\/\[?([^\]\n]+?)\]?:\d+$/m.exec(files.get("bootstrap/k3s.sh") ?? "") ?? [];
      return unless(asList(ofServers(files, "tls-san")).includes(endpoint), `${endpoint} is not in the certificate`);
    },
    broken: (files) => replaced(files, SERVERS, /^tls-san:\n(?: {2}- .*\n)+/m, "tls-san: [api.example.com]\n"),
  },
  {
    id: "k3s-installs-nothing-twice",
    says: "K3s leaves out what something of ours does in its place: balancer, gateways, resolver, metrics",
    about: onK3s,
    check(files) {
      const disabled = asList(ofServers(files, "disable"));
      const apps = ["coredns", "metrics-server"].filter(
        (name) => pathsOf(files, new RegExp(`^kubernetes/apps/kube-system/${name}/`)).length > 0,
      );
      const balancer = at(specOf(files), "loadBalancer", "provider") === "servicelb" ? [] : ["servicelb"];
      return [...apps, ...balancer, "traefik"].flatMap((name) =>
        unless(disabled.includes(name), `K3s installs its own ${name}`),
      );
    },
    broken: ["coredns", "metrics-server", "servicelb", "traefik"].map(
      (name) => (files: Files) => replaced(files, SERVERS, `  - ${name}\n`, ""),
    ),
  },
  {
    id: "k3s-agents-are-asked-what-agents-know",
    says: "no key of servers stands where an agent would read it and refuse to start",
    about: onK3s,
    check: (files) =>
      [
        ...pathsOf(files, AGENTS),
        ...nodesOf(files)
          .filter((name) => roleOf(files, name) !== "control-plane")
          .map((name) => `k3s/nodes/${name}.yaml`),
      ].flatMap((path) =>
        Object.keys(asMap(documents(files, path)[0]))
          .filter((key) => OF_SERVERS.includes(key))
          .map((key) => `${path} has ${key}`),
      ),
    broken: (files) => appendedTo(files, AGENTS, "tls-san: [api.example.com]\n"),
  },
  {
    id: "k3s-keeps-its-cloud-controller",
    says: "the controller that frees new nodes of their taint stays where there is no other",
    about: onK3s,
    check: (files) =>
      unless(ofServers(files, "disable-cloud-controller") === undefined, "nodes stay tainted uninitialized"),
    broken: (files) => appendedTo(files, SERVERS, "disable-cloud-controller: true\n"),
  },
  {
    id: "k3s-mirrors-have-their-file",
    says: "nodes share no images, or there is a list of registries beside it",
    about: onK3s,
    check: (files) =>
      unless(
        ofServers(files, "embedded-registry") !== true || pathsOf(files, /^k3s\/registries\.yaml$/).length > 0,
        "images are shared and no registry is named",
      ),
    broken: (files) => {
      const without = new Map([...files].filter(([path]) => path !== "k3s/registries.yaml"));
      return without.size < files.size ? without : appendedTo(files, SERVERS, "embedded-registry: true\n");
    },
  },
  {
    id: "k3s-token-is-made-once",
    says: "the script that makes the token keeps the one there is, here or on the first server, and no file has it",
    about: onK3s,
    check: (files) => [
      ...unless(
        /if \[\[ -e \$token \]\]; then\n\s+echo "Keeping/.test(files.get("bootstrap/k3s.sh") ?? ""),
        "made anew",
      ),
      ...[...files].flatMap(([path, content]) =>
        unless(!path.startsWith("k3s/") || !/^(agent-)?token:/m.test(content), `${path} has a token`),
      ),
    ],
    broken: [
      (files) => replaced(files, SCRIPT, "if [[ -e $token ]]", "if false"),
      (files) => appendedTo(files, SERVERS, "token: secret\n"),
    ],
  },
  {
    id: "k3s-steps-are-minors",
    says: "the script goes from one minor version of K3s to the next and skips none",
    about: onK3s,
    check: (files) => unless(/ > 1 \|\| /.test(files.get("bootstrap/k3s.sh") ?? ""), "minors are skipped"),
    broken: (files) => replaced(files, SCRIPT, " > 1 || ", " > 9 || "),
  },
  {
    id: "k3s-reads-the-names-of-manifests",
    says: "objects that servers bring with them lie in files whose names K3s takes, without an underscore",
    about: onK3s,
    check: (files) =>
      pathsOf(files, /^k3s\/manifests\//).flatMap((path) =>
        unless(/^k3s\/manifests\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?\.yaml$/.test(path), `${path} is skipped`),
      ),
    broken: (files) => (onK3s(files) ? new Map([...files, ["k3s/manifests/kube_vip.yaml", "{}\n"]]) : files),
  },
  {
    id: "k3s-charts-are-installed-once",
    says: "no object asks K3s itself to install a chart: whoever keeps the repository in step does",
    about: onK3s,
    check: (files) =>
      pathsOf(files, /\.yaml$/).flatMap((path) =>
        unless(!/^kind: HelmChart(Config)?$/m.test(files.get(path) ?? ""), `${path} is installed by K3s too`),
      ),
    broken: (files) => appended(files, /\/cilium\/app\/kustomization\.yaml$/, "kind: HelmChart\n"),
  },
];

function appendedTo(files: Files, path: RegExp, text: string): Files {
  return new Map([...files].map(([name, content]) => [name, path.test(name) ? `${content}${text}` : content]));
}
