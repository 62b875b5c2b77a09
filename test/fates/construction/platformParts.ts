/** Helpers of the cluster itself. */
import { asMap, at } from "../../../src/model/unknown.ts";
import { documents, pathsOf, replaced, specOf, unless, valuesOf, type Check, type Files } from "./check.ts";
import { haveTalos, installerOf, machinePatches, ofServers, onK3s, onKubeadm, onTalos } from "./machines.ts";

const SPEGEL = /\/spegel\/app\/values\.yaml$/;
const MOVES = /\/descheduler\/app\/values\.yaml$/;
const PAGE = /^docs\/bootstrap\.md$/;

const shares = (files: Files): boolean => at(specOf(files), "platform", "spegel") !== undefined;
const byItself = (files: Files): boolean => onK3s(files) || installerOf(files) === "k3s";

const OLD_WORDS = ["ignorePvcPods", "evictLocalStoragePods", "evictDaemonSetPods", "evictSystemCriticalPods"];

export const platformParts: readonly Check[] = [
  {
    id: "k3s-shares-images-itself",
    says: "K3s is told to share images, of which registries, and no pod of Spegel is beside it",
    about: (files) => shares(files) && byItself(files),
    check: (files) => [
      ...unless(valuesOf(files, "spegel") === undefined, "Spegel runs twice"),
      ...unless(!onK3s(files) || ofServers(files, "embedded-registry") === true, "K3s shares nothing"),
      ...unless(
        !onK3s(files) ||
          ["docker.io", "ghcr.io", "quay.io", "registry.k8s.io"].every(
            (registry) => registry in asMap(at(documents(files, "k3s/registries.yaml")[0], "mirrors")),
          ),
        "images of no registry are shared",
      ),
      ...unless(
        onK3s(files) || (files.get("docs/bootstrap.md") ?? "").includes("embedded-registry: true"),
        "nobody says",
      ),
    ],
    broken: [
      (files) => replaced(files, /^k3s\/server\.yaml$/, "embedded-registry: true", "embedded-registry: false"),
      (files) => replaced(files, /^k3s\/registries\.yaml$/, "quay.io: {}", "example.com: {}"),
      (files) => replaced(files, PAGE, "embedded-registry: true", "embedded-registry: false"),
    ],
  },
  {
    id: "machines-keep-what-they-share",
    says: "where pods share images, container runtimes keep the layers they unpack and look where the pods write",
    about: (files) => shares(files) && !byItself(files),
    check(files) {
      const folder = String(at(valuesOf(files, "spegel"), "spegel", "containerdRegistryConfigPath"));
      const told = machinePatches(files).some((patch) =>
        JSON.stringify(patch).includes("discard_unpacked_layers = false"),
      );
      const script = files.get("bootstrap/kubeadm.sh") ?? "";
      return [
        ...unless(
          folder === (haveTalos(files) ? "/etc/cri/conf.d/hosts" : "/etc/containerd/certs.d"),
          `not in ${folder}`,
        ),
        ...unless(!onTalos(files) || told, "Talos throws layers away"),
        ...unless(!onKubeadm(files) || script.includes(`\nmirrors=${folder}\n`), "containerd looks for no mirrors"),
        ...unless(
          installerOf(files) === undefined ||
            (files.get("docs/bootstrap.md") ?? "").includes("discard_unpacked_layers = false"),
          "nobody says",
        ),
      ];
    },
    broken: [
      (files) =>
        replaced(files, SPEGEL, /containerdRegistryConfigPath: .*/, "containerdRegistryConfigPath: /etc/other"),
      (files) => replaced(files, /^talos\/patches\/all\.yaml$/, "discard_unpacked_layers = false", ""),
      (files) => replaced(files, /^bootstrap\/kubeadm\.sh$/, /^mirrors=.*$/m, "mirrors=''"),
      (files) => replaced(files, PAGE, "discard_unpacked_layers = false", ""),
    ],
  },
  {
    id: "images-are-shared-from-a-system-namespace",
    says: "pods of Spegel, which mount what their node has, are where every distribution lets them",
    about: (files) => pathsOf(files, SPEGEL).length > 0,
    check: (files) => pathsOf(files, SPEGEL).filter((path) => !path.startsWith("kubernetes/apps/kube-system/")),
    broken: (files) =>
      new Map([...files].map(([path, content]) => [path.replace("kube-system/spegel/", "default/spegel/"), content])),
  },
  {
    id: "descheduler-knows-one-way-to-protect-pods",
    says: "which pods stay is said with podProtections, and with none of the words of before",
    about: (files) => valuesOf(files, "descheduler") !== undefined,
    check(files) {
      const policy = JSON.stringify(at(valuesOf(files, "descheduler"), "deschedulerPolicy"));
      return [
        ...unless(policy.includes("podProtections"), "no pod is protected"),
        ...OLD_WORDS.filter((word) => policy.includes(word)),
      ];
    },
    broken: [
      (files) => replaced(files, MOVES, "podProtections:", "other:"),
      (files) =>
        replaced(
          files,
          MOVES,
          "            nodeFit: true\n",
          "            nodeFit: true\n            ignorePvcPods: true\n",
        ),
    ],
  },
];
