/** What the machines are told, as `talosctl` will read it. */
import { asList, asMap, at, type Mapping } from "../../../src/model/unknown.ts";
import { documents, pathsOf, specOf, type Files } from "./check.ts";

export const onTalos = (files: Files): boolean => files.has("bootstrap/talos.sh");
export const onK3s = (files: Files): boolean => files.has("bootstrap/k3s.sh");
export const onKubeadm = (files: Files): boolean => files.has("bootstrap/kubeadm.sh");

/** A cluster that ran before, whose machines nobody tells anything from here: its parts are named in homelab.yaml. */
export const ranBefore = (files: Files): boolean => at(specOf(files), "cluster", "distribution") === "existing";

/** What installed a cluster that ran before. */
export const installerOf = (files: Files): unknown => at(specOf(files), "cluster", "installedBy");

/** The network of pods or of Services, one a family, of a cluster that ran before. */
export const ofBefore = (files: Files, key: "pods" | "services"): readonly unknown[] =>
  ranBefore(files) ? [at(specOf(files), "cluster", key)].flat() : [];

/** Machines with the system of Talos, whoever made them. */
export const haveTalos = (files: Files): boolean => onTalos(files) || installerOf(files) === "talos";

/** Nodes of the spec. */
export const nodesOf = (files: Files): readonly string[] => Object.keys(asMap(at(specOf(files), "cluster", "nodes")));

/** A key of what every server of K3s is told. */
export const ofServers = (files: Files, key: string): unknown => at(documents(files, "k3s/server.yaml")[0], key);

/** A key of what kubeadm is told of the cluster. */
export const ofKubeadm = (files: Files, ...keys: readonly string[]): unknown =>
  at(documents(files, "kubeadm/cluster.yaml")[0], ...keys);

const PATCHES = /^talos\/patches\/[^/]+\.yaml$/;
const NODES = /^talos\/nodes\/[^/]+\.yaml$/;

/** Documents of the patches of all machines and of control planes. */
export const machinePatches = (files: Files): readonly Mapping[] =>
  pathsOf(files, PATCHES).flatMap((path) => documents(files, path).map(asMap));

export interface MachineFile {
  readonly name: string;
  readonly documents: readonly Mapping[];
  readonly text: string;
}

/** The file of each machine. */
export const machineFiles = (files: Files): readonly MachineFile[] =>
  pathsOf(files, NODES).map((path) => ({
    name: path.slice("talos/nodes/".length, -".yaml".length),
    documents: documents(files, path).map(asMap),
    text: files.get(path) ?? "",
  }));

/** A setting that all patches together give; undefined where none has it. */
export const setting = (files: Files, ...path: readonly string[]): unknown =>
  machinePatches(files)
    .map((patch) => at(patch, ...path))
    .find((value) => value !== undefined);

/** Documents of a kind, in patches and in the files of machines. */
export const ofKind = (files: Files, kind: string): readonly Mapping[] =>
  [...machinePatches(files), ...machineFiles(files).flatMap((file) => file.documents)].filter(
    (document) => document["kind"] === kind,
  );

/** Nobody of the distribution carries traffic to Services; where somebody did before, people are told to remove it. */
export const withoutKubeProxy = (files: Files): boolean =>
  [
    ranBefore(files) &&
      (!asList(at(specOf(files), "cluster", "runs")).includes("kube-proxy") ||
        /delete daemonset --namespace kube-system kube-proxy|\ndisable-kube-proxy: true\n/.test(
          files.get("docs/bootstrap.md") ?? "",
        )),
    setting(files, "cluster", "proxy", "disabled"),
    ofServers(files, "disable-kube-proxy"),
    ofKubeadm(files, "proxy", "disabled"),
  ].includes(true);

/** What kube-proxy is told to write its rules with. */
export function modeOfKubeProxy(files: Files): string | undefined {
  const ofK3s = asList(ofServers(files, "kube-proxy-arg")).map((one) => String(one).replace("proxy-mode=", ""));
  const ofKubeadmProxy = documents(files, "kubeadm/cluster.yaml").find(
    (document) => at(document, "kind") === "KubeProxyConfiguration",
  );
  return [setting(files, "cluster", "proxy", "mode"), ...ofK3s, at(ofKubeadmProxy, "mode")].find(
    (mode) => typeof mode === "string",
  );
}

const KEPT_AWAY = "node.kubernetes.io/exclude-from-external-load-balancers";

/**
 * Whether a node has the label that keeps load balancers away: Talos and kubeadm give it to control planes, which are
 * freed of it by a patch or by the script; K3s gives it where it is told to.
 */
export function isKeptAway(files: Files, name: string): boolean {
  if (at(specOf(files), "cluster", "nodes", name, "role") !== "control-plane") return false;
  if (onK3s(files)) return asList(ofServers(files, "node-label")).includes(`${KEPT_AWAY}=true`);
  if (ranBefore(files)) return keptAwayByHand(files, name);
  if (onKubeadm(files)) return !(files.get("bootstrap/kubeadm.sh") ?? "").includes("\nworkloads=true\n");
  return at(setting(files, "machine", "nodeLabels"), KEPT_AWAY, "$patch") !== "delete";
}

/** What people are told to do with a node of a cluster that ran before, which K3s alone does not keep away itself. */
function keptAwayByHand(files: Files, name: string): boolean {
  const page = files.get("docs/bootstrap.md") ?? "";
  const freed = page.includes(`kubectl label node ${name} ${KEPT_AWAY}-\n`);
  return installerOf(files) === "k3s" ? page.includes(`kubectl label node ${name} ${KEPT_AWAY}=true\n`) : !freed;
}

/** Keys of the taints that a node gets when it joins. */
export const taintsOf = (files: Files, name: string): readonly string[] => [
  ...[...(files.get("docs/bootstrap.md") ?? "").matchAll(/^kubectl taint node (\S+) ([^=\s]+)=/gm)]
    .filter(([, node]) => ranBefore(files) && node === name)
    .map(([, , key = ""]) => key),
  ...asList(at(documents(files, `kubeadm/nodes/${name}.yaml`)[0], "nodeRegistration", "taints")).map((taint) =>
    String(at(taint, "key")),
  ),
  ...asList(at(documents(files, `k3s/nodes/${name}.yaml`)[0], "node-taint+")).map(
    (taint) => String(taint).split("=")[0] ?? "",
  ),
  ...machineFiles(files)
    .filter((file) => file.name === name)
    .flatMap((file) => file.documents)
    .flatMap((document) => Object.keys(asMap(at(document, "machine", "nodeTaints")))),
];

/** `role`, `name` and `address` of each machine, as bootstrap/talos.sh lists them. */
export const listedMachines = (files: Files): readonly { role: string; name: string; address: string }[] =>
  [...(files.get("bootstrap/talos.sh") ?? "").matchAll(/^ {2}(controlplane|worker):([^:\s]+):(\S+)$/gm)].map(
    ([, role = "", name = "", address = ""]) => ({ role, name, address }),
  );
