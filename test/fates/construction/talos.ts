/** Machine configuration that Talos would take and that would not work. */
import { createHash } from "node:crypto";
import { asList, at } from "../../../src/model/unknown.ts";
import { documents, objects, pathsOf, replaced, unless, valuesOf, type Check, type Files } from "./check.ts";
import { listedMachines, machineFiles, machinePatches, ofKind, setting } from "./machines.ts";

const ALL = /^talos\/patches\/all\.yaml$/;
const CONTROL_PLANES = /^talos\/patches\/controlplane\.yaml$/;
const KEPT_AWAY = "node.kubernetes.io/exclude-from-external-load-balancers";

const ids = (files: Files): readonly string[] => [
  ...new Set([...files.values()].flatMap((content) => content.match(/\b[0-9a-f]{64}\b/g) ?? [])),
];

// Their pods have the network of the node, and their values say nothing of it (metallb 0.16.1, templates/speaker.yaml).
const BY_THEIR_CHART = /\/(?:metallb|node-exporter)\/app\/values\.yaml$/;

export const talos: readonly Check[] = [
  {
    id: "talos-installs-no-pod-network",
    says: "Talos installs a pod network of its own where the repository has none, and nowhere else",
    check(files) {
      const repository = ["cilium", "calico"].some((app) => valuesOf(files, app) !== undefined);
      const name = setting(files, "cluster", "network", "cni", "name");
      return unless(
        name === (repository ? "none" : "flannel"),
        repository ? "Talos installs a pod network" : "nobody installs a pod network",
      );
    },
    broken: [
      (files) => replaced(files, ALL, "name: none", "name: flannel"),
      (files) => replaced(files, ALL, "name: flannel", "name: none"),
    ],
  },
  {
    id: "somebody-announces-addresses",
    says: "at least one machine has no label that keeps load balancers away: a worker, or control planes freed of it",
    check(files) {
      const freed = at(setting(files, "machine", "nodeLabels"), KEPT_AWAY, "$patch") === "delete";
      return unless(freed || listedMachines(files).some(({ role }) => role === "worker"), "no node announces");
    },
    broken: (files) =>
      replaced(
        replaced(files, CONTROL_PLANES, "$patch: delete", "keep: this"),
        /^bootstrap\/talos\.sh$/,
        /^ {2}worker:.*\n/gm,
        "",
      ),
  },
  {
    id: "control-planes-announce-where-they-carry-pods",
    says: "control planes that run ordinary pods are freed of the label that keeps load balancers away",
    check: (files) =>
      unless(
        (setting(files, "cluster", "allowSchedulingOnControlPlanes") === true) ===
          (at(setting(files, "machine", "nodeLabels"), KEPT_AWAY, "$patch") === "delete"),
        "control planes run pods and announce no address, or the reverse",
      ),
    broken: (files) => replaced(files, CONTROL_PLANES, "$patch: delete", "keep: this"),
  },
  {
    id: "talosctl-asks-the-machines",
    says: "talosctl is given addresses of machines; the virtual one needs the etcd it is to repair",
    check(files) {
      const script = files.get("bootstrap/talos.sh") ?? "";
      const endpoints = /^endpoints=\(\n([^)]*)\)/m.exec(script)?.[1]?.split(/\s+/).filter(Boolean) ?? [];
      const machines = listedMachines(files).flatMap(({ role, address }) => (role === "worker" ? [] : [address]));
      return unless(
        endpoints.length > 0 && endpoints.every((endpoint) => machines.includes(endpoint)),
        `endpoints ${endpoints.join(", ")}`,
      );
    },
    broken: (files) => replaced(files, /^bootstrap\/talos\.sh$/, /endpoints=\(\n/, "endpoints=(\n  172.16.1.49\n"),
  },
  {
    id: "control-planes-carry-the-virtual-address",
    says: "no worker has the document of the virtual address",
    check(files) {
      const workers = listedMachines(files).flatMap(({ role, name }) => (role === "worker" ? [name] : []));
      return machineFiles(files)
        .filter(({ name, text }) => workers.includes(name) && text.includes("Layer2VIPConfig"))
        .map(({ name }) => `${name} has the virtual address`);
    },
    broken: (files) =>
      replaced(files, /^talos\/nodes\/talos-worker-1\.yaml$/, /^---\n/m, "---\nkind: Layer2VIPConfig\n---\n"),
  },
  {
    id: "talos-is-told-everything-once",
    says: "name, resolvers, time and links stand in documents of their own and not in machine.network or machine.time too",
    check: (files) => {
      const legacy = [...machinePatches(files), ...machineFiles(files).flatMap((file) => file.documents)];
      return legacy.flatMap((document) => [
        ...unless(at(document, "machine", "network") === undefined, "machine.network stands beside the documents"),
        ...unless(at(document, "machine", "time") === undefined, "machine.time stands beside TimeSyncConfig"),
      ]);
    },
    broken: [
      (files) => replaced(files, ALL, "machine:\n", "machine:\n  network:\n    nameservers: [9.9.9.9]\n"),
      (files) => replaced(files, ALL, "machine:\n", "machine:\n  time:\n    servers: [time.cloudflare.com]\n"),
    ],
  },
  {
    id: "one-schematic",
    says: "installers and boot image are of schematics from Image Factory that are written down, one for all but machines with a card",
    check: (files) => [
      ...unless(
        ids(files).includes(idOf(files, "talos/schematic.yaml")),
        "the installer is of another schematic than talos/schematic.yaml",
      ),
      ...ids(files)
        .filter((id) => !pathsOf(files, /^talos\/schematic.*\.yaml$/).some((path) => idOf(files, path) === id))
        .map((id) => `schematic ${id}, which is written down nowhere`),
      ...unless(
        /^factory\.talos\.dev\/(nocloud|metal)-installer(-secureboot)?\/[0-9a-f]{64}:v\d/.test(
          String(setting(files, "machine", "install", "image")),
        ),
        "the installer is none of Image Factory's",
      ),
      ...[...files].flatMap(([path, content]) => unless(!content.includes("ghcr.io/siderolabs/installer"), path)),
    ],
    broken: [
      (files) => replaced(files, ALL, /[0-9a-f]{64}/, "0".repeat(64)),
      (files) => replaced(files, ALL, /factory\.talos\.dev\/[a-z-]+\//, "ghcr.io/siderolabs/installer/"),
      (files) => replaced(files, /^bootstrap\/talos\.sh$/, "cluster=", `other=${"0".repeat(64)}\ncluster=`),
    ],
  },
  {
    id: "kernel-arguments-are-not-given-at-installation",
    says: "no kernel arguments, which machines that start a unified kernel image would not read",
    check: (files) =>
      [...files].flatMap(([path, content]) =>
        unless(!/extraKernelArgs/.test(content) || !path.startsWith("talos/"), path),
      ),
    broken: (files) => replaced(files, ALL, "  install:\n", "  install:\n    extraKernelArgs: [quiet]\n"),
  },
  {
    id: "certificates-of-kubelets-are-approved",
    says: "where kubelets ask for their certificates somebody approves them, and else metrics-server does not look at them",
    check(files) {
      const asks = setting(files, "machine", "kubelet", "extraArgs", "rotate-server-certificates") !== undefined;
      const approver = valuesOf(files, "kubelet-csr-approver") !== undefined;
      const blind = asList(valuesOf(files, "metrics-server")?.["args"]).includes("--kubelet-insecure-tls");
      return [
        ...unless(asks === approver, "certificates are asked for and not approved, or the reverse"),
        ...unless(
          asks !== blind,
          "metrics-server looks at certificates nobody signed, or does not look at signed ones",
        ),
      ];
    },
    broken: [
      (files) => replaced(files, ALL, /\n *rotate-server-certificates: .*/, ""),
      (files) => replaced(files, /\/metrics-server\/app\/values\.yaml$/, /^ *- --kubelet-insecure-tls\n/m, ""),
    ],
  },
  {
    id: "privileged-pods-have-a-namespace-for-them",
    about: () => true,
    says: "pods that baseline Pod Security refuses are in kube-system, or in a namespace that says so",
    check(files) {
      const open = objects(files, "Namespace").flatMap(({ object }) =>
        at(object, "metadata", "labels", "pod-security.kubernetes.io/enforce") === "privileged"
          ? [String(at(object, "metadata", "name"))]
          : [],
      );
      return pathsOf(files, /^kubernetes\/apps\/.*\/values\.yaml$/).flatMap((path) => {
        const namespace = path.split("/")[2] ?? "";
        const asks = BY_THEIR_CHART.test(path) || PRIVILEGED.test(JSON.stringify(documents(files, path)));
        return unless(!asks || namespace === "kube-system" || open.includes(namespace), `${path} in ${namespace}`);
      });
    },
    broken: [
      (files) => replaced(files, /\/k8s-gateway\/app\/values\.yaml$/, /^/, "hostNetwork: true\n"),
      (files) => replaced(files, /\/metallb-system\/namespace\.yaml$/, "enforce: privileged", "enforce: baseline"),
    ],
  },
  {
    id: "one-virtual-address",
    says: "control planes carry one virtual address of a family, the same on all of them",
    check(files) {
      const names = [...new Set(ofKind(files, "Layer2VIPConfig").map(({ name }) => String(name)))];
      const families = new Set(names.map((name) => name.includes(":")));
      return unless(names.length === families.size, "two virtual addresses of one family");
    },
    broken: (files) =>
      replaced(files, /^talos\/nodes\/talos-cp-1\.yaml$/, /(kind: Layer2VIPConfig\nname: ).*/, "$1172.16.1.48"),
  },
];

/** As Image Factory works it out: from its own structure, printed with four spaces (siderolabs/image-factory, pkg/schematic). */
function idOf(files: Files, path: string): string {
  const [schematic] = documents(files, path);
  const extensions = asList(at(schematic, "customization", "systemExtensions", "officialExtensions"));
  const overlay = at(schematic, "overlay");
  const head =
    overlay === undefined
      ? ""
      : `overlay:\n    image: ${String(at(overlay, "image"))}\n    name: ${String(at(overlay, "name"))}\n`;
  const text =
    extensions.length === 0
      ? `${head}customization: {}\n`
      : `${head}customization:\n    systemExtensions:\n        officialExtensions:\n${extensions.map((one) => `            - ${String(one)}\n`).join("")}`;
  return createHash("sha256").update(text).digest("hex");
}

/** What Pod Security "baseline" refuses, as charts spell it (Kubernetes documentation, Pod Security Standards). */
const PRIVILEGED = /"(hostNetwork|hostPID|hostIPC|privileged)":true|"hostPath":|"SYS_ADMIN"|"NET_ADMIN"/;
