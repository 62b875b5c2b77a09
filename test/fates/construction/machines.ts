/** What the machines are told, as `talosctl` will read it. */
import { asMap, at, type Mapping } from "../../../src/model/unknown.ts";
import { documents, pathsOf, specOf, type Files } from "./check.ts";

export const onTalos = (files: Files): boolean => files.has("bootstrap/talos.sh");
export const onK3s = (files: Files): boolean => files.has("bootstrap/k3s.sh");
export const onKubeadm = (files: Files): boolean => files.has("bootstrap/kubeadm.sh");

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

/** Nobody of the distribution carries traffic to Services. */
export const withoutKubeProxy = (files: Files): boolean =>
  [
    setting(files, "cluster", "proxy", "disabled"),
    ofServers(files, "disable-kube-proxy"),
    ofKubeadm(files, "proxy", "disabled"),
  ].includes(true);

/** `role`, `name` and `address` of each machine, as bootstrap/talos.sh lists them. */
export const listedMachines = (files: Files): readonly { role: string; name: string; address: string }[] =>
  [...(files.get("bootstrap/talos.sh") ?? "").matchAll(/^ {2}(controlplane|worker):([^:\s]+):(\S+)$/gm)].map(
    ([, role = "", name = "", address = ""]) => ({ role, name, address }),
  );
