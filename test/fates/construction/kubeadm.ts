/** What kubeadm is told, and what its script does on the way. */
import { asList, asMap, at, type Mapping } from "../../../src/model/unknown.ts";
import { documents, pathsOf, replaced, specOf, unless, type Check, type Files } from "./check.ts";
import { nodesOf, onKubeadm } from "./machines.ts";

const OURS = /^kubeadm\/.*\.yaml$/;
const SCRIPT = /^bootstrap\/kubeadm\.sh$/;

const script = (files: Files): string => files.get("bootstrap/kubeadm.sh") ?? "";

/** Documents of kubeadm itself; static pods of components lie beside them. */
const configurations = (files: Files): readonly { path: string; document: Mapping }[] =>
  pathsOf(files, OURS)
    .filter((path) => !path.startsWith("kubeadm/manifests/"))
    .flatMap((path) => documents(files, path).map((document) => ({ path, document: asMap(document) })));

/** Values of every extraArgs, wherever they stand. */
function extraArgs(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(extraArgs);
  return Object.entries(asMap(value)).flatMap(([key, below]) =>
    /ExtraArgs$|^extraArgs$/.test(key) ? [below] : extraArgs(below),
  );
}

const isList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => Object.keys(asMap(one)).join() === "name,value");

/** Those of the kubelet and of kube-proxy have no newer ones (Kubernetes 1.36, config APIs). */
const NEWEST = /^(kubeadm\.k8s\.io\/v1beta4|kubelet\.config\.k8s\.io\/v1beta1|kubeproxy\.config\.k8s\.io\/v1alpha1)$/;

export const kubeadm: readonly Check[] = [
  {
    id: "kubeadm-reads-its-newest-words",
    says: "configuration is v1beta4, and extra arguments are lists of name and value",
    about: onKubeadm,
    check: (files) =>
      configurations(files).flatMap(({ path, document }) => [
        ...unless(NEWEST.test(String(document["apiVersion"])), `${path} is ${String(document["apiVersion"])}`),
        ...extraArgs(document).flatMap((args) => unless(isList(args), `${path} has arguments that are no list`)),
      ]),
    broken: [
      (files) => replaced(files, OURS, "v1beta4", "v1beta3"),
      (files) => replaced(files, OURS, "kubeproxy.config.k8s.io/v1alpha1", "kubeproxy.config.k8s.io/v1beta1"),
      (files) => replaced(files, /^kubeadm\/init\.yaml$/, /- name: node-ip\n *value:/, "node-ip:"),
    ],
  },
  {
    id: "kubeadm-keeps-no-secrets-here",
    says: "no file has a token or a key of certificates: machines join with what is made when they do",
    about: onKubeadm,
    check: (files) =>
      pathsOf(files, OURS).flatMap((path) =>
        unless(!/^ *(- )?(token|certificateKey|tlsBootstrapToken):/m.test(files.get(path) ?? ""), path),
      ),
    broken: (files) =>
      replaced(
        files,
        /^kubeadm\/nodes\//,
        "discovery:\n",
        "discovery:\n  tlsBootstrapToken: abcdef.0123456789abcdef\n",
      ),
  },
  {
    id: "kubeadm-machines-have-their-own-address",
    says: "each kubelet is told the address its node has in the plan, whatever others the machine has",
    about: onKubeadm,
    check: (files) =>
      nodesOf(files).flatMap((name) => {
        const [document] = documents(files, `kubeadm/nodes/${name}.yaml`);
        const [told] = asList(at(document, "nodeRegistration", "kubeletExtraArgs"));
        const ips = [at(specOf(files), "cluster", "nodes", name, "ip")].flat().join(",");
        return unless(at(told, "name") === "node-ip" && at(told, "value") === ips, `${name} is not told ${ips}`);
      }),
    broken: (files) => replaced(files, /^kubeadm\/nodes\//, /value: .*/, "value: 127.0.0.1"),
  },
  {
    id: "kubeadm-control-planes-announce-where-they-carry-pods",
    says: "control planes that run ordinary pods are freed of the taint and of the label that keeps load balancers away",
    about: onKubeadm,
    check(files) {
      const runs = at(specOf(files), "cluster", "workloadsOnControlPlanes") !== false;
      const freed = asList(at(documents(files, "kubeadm/init.yaml")[0], "nodeRegistration", "taints"));
      const isFree = at(documents(files, "kubeadm/init.yaml")[0], "nodeRegistration", "taints") !== undefined;
      return [
        ...unless(runs === (isFree && freed.length === 0), "the taint stays, or goes where nothing may run"),
        ...unless(script(files).includes(`\nworkloads=${runs}\n`), "the label stays, or goes where nothing may run"),
        ...unless(
          script(files).includes("node.kubernetes.io/exclude-from-external-load-balancers-"),
          "the label stays",
        ),
      ];
    },
    broken: [
      (files) => replaced(files, /^kubeadm\/init\.yaml$/, /\n.*\n {2}taints: \[\]/, ""),
      (files) => replaced(files, SCRIPT, /^workloads=true$/m, "workloads=false"),
    ],
  },
  {
    id: "kubeadm-steps-are-minors",
    says: "the script goes from one minor version of Kubernetes to the next and skips none",
    about: onKubeadm,
    check: (files) => unless(/ > 1 \|\| /.test(script(files)), "minors are skipped"),
    broken: (files) => replaced(files, SCRIPT, " > 1 || ", " > 9 || "),
  },
  {
    id: "the-first-static-pod-can-begin",
    says: "a static pod of the first control plane reads access that works while the cluster starts, and its usual one afterwards",
    about: onKubeadm,
    check: (files) =>
      unless(
        /manifests super-admin\.conf\n.*kubeadm init .*\n *manifests admin\.conf\n/.test(script(files)),
        "the first control plane has access without rights",
      ),
    broken: (files) => replaced(files, SCRIPT, "manifests super-admin.conf", "manifests admin.conf"),
  },
];
