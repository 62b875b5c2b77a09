/** Charts and values of what every cluster has. */
import { onFlux } from "./flux.ts";
import { asList, asMap, at } from "../../../src/model/unknown.ts";
import { documents, objects, pathsOf, replaced, specOf, valuesOf, type Check, type Files } from "./check.ts";
import { installerOf, onK3s } from "./machines.ts";
import { atLeast, majorOf, versionOf } from "./releases.ts";

const ECHO = /\/echo\/app\/values\.yaml$/;

/** Values of releases of app-template, by their path. */
const templates = (files: Files) =>
  pathsOf(files, /^kubernetes\/apps\/.*\/values\.yaml$/)
    .map((path) => ({ path, values: asMap(documents(files, path)[0]) }))
    .filter(({ values }) => values["controllers"] !== undefined);

const rotates = (files: Files): boolean =>
  pathsOf(files, /^talos\/patches\//).some((path) =>
    (files.get(path) ?? "").includes("rotate-server-certificates: "),
  ) || (files.get("kubeadm/cluster.yaml") ?? "").includes("serverTLSBootstrap: true");

export const clusterParts: readonly Check[] = [
  {
    id: "releases-read-values-under-their-hash",
    says: "where values are a generated ConfigMap kustomize is told that a HelmRelease names it",
    check: (files) =>
      pathsOf(files, /^kubernetes\/.*\/kustomization\.yaml$/)
        .filter((path) => at(documents(files, path)[0], "configMapGenerator") !== undefined)
        .filter((path) => {
          const told = documents(files, path.replace("kustomization.yaml", "kustomizeconfig.yaml"))[0];
          const listed = asList(at(documents(files, path)[0], "configurations")).includes("./kustomizeconfig.yaml");
          return !listed || !JSON.stringify(at(told, "nameReference") ?? "").includes('"kind":"HelmRelease"');
        }),
    broken: [
      (files) => replaced(files, /\/kustomizeconfig\.yaml$/, "kind: HelmRelease", "kind: Deployment"),
      (files) => replaced(files, /\/app\/kustomization\.yaml$/, "  - ./kustomizeconfig.yaml\n", "  - ./other.yaml\n"),
    ],
  },
  {
    id: "nothing-is-filled-in-on-the-way",
    says: "no step of Flux fills words in, so none of a file is taken for one",
    check: (files) =>
      objects(files, "Kustomization")
        .filter(({ object }) => at(object, "spec", "postBuild") !== undefined)
        .map(({ path }) => path),
    broken: (files) =>
      replaced(
        files,
        /\/ks\.yaml$/,
        "  prune: true\n",
        "  postBuild: { substitute: { HOME: ragas } }\n  prune: true\n",
      ),
  },
  {
    id: "values-hold-no-templates",
    says: "no value of a chart that runs its values through templates has a template in it",
    check: (files) => templates(files).flatMap(({ path }) => ((files.get(path) ?? "").includes("{{") ? [path] : [])),
    broken: (files) => replaced(files, ECHO, "HTTP_PORT: 8080", 'HTTP_PORT: "{{ .Values.port }}"'),
  },
  {
    id: "app-template-fits-kubernetes",
    // Read off the files of Flux; what Argo CD installs is the same (test/contract/engines).
    about: onFlux,
    says: "app-template is of the fourth major version, or Kubernetes is 1.31 and newer",
    check(files) {
      const kubernetes = versionOf(files, "kubernetes") ?? "";
      return templates(files).flatMap(({ path }) => {
        const version = versionOf(files, path.split("/").at(-3) ?? "") ?? "";
        return majorOf(version) < 5 || atLeast(kubernetes, 1, 31) ? [] : [`${path}: app-template ${version}`];
      });
    },
    broken: (files) =>
      replaced(
        replaced(files, /\/echo\/app\/ocirepository\.yaml$/, /tag: \S+/, "tag: 5.0.0"),
        /^bootstrap\/talos\.sh$/,
        /kubernetes_version=\S+/,
        "kubernetes_version=1.30.0",
      ),
  },
  {
    id: "app-template-is-the-fourth",
    says: "what changes with the fifth app-template is not met: no extra account, no raw objects, no access to the API",
    check: (files) =>
      templates(files).flatMap(({ path, values }) => [
        ...(values["rawResources"] === undefined ? [] : [`${path}: rawResources`]),
        ...(values["serviceAccount"] === undefined ? [] : [`${path}: serviceAccount`]),
        ...(at(values, "defaultPodOptions", "automountServiceAccountToken") === false
          ? []
          : [`${path}: it may ask the API`]),
      ]),
    broken: [
      (files) => replaced(files, ECHO, "automountServiceAccountToken: false", "automountServiceAccountToken: true"),
      (files) => replaced(files, ECHO, "controllers:\n", "rawResources: {}\ncontrollers:\n"),
      (files) => replaced(files, ECHO, "controllers:\n", "serviceAccount: {}\ncontrollers:\n"),
    ],
  },
  {
    id: "volumes-have-one-source",
    says: "what an app mounts is named in one way, and a claim that is there has no size",
    check: (files) =>
      templates(files).flatMap(({ path, values }) =>
        Object.entries(asMap(values["persistence"]))
          .filter(([, entry]) => {
            const ways = ["name", "identifier"].filter((key) => at(entry, key) !== undefined).length;
            const isNamed = ["configMap", "secret"].includes(String(at(entry, "type")));
            return (
              (isNamed && ways !== 1) || (at(entry, "existingClaim") !== undefined && at(entry, "size") !== undefined)
            );
          })
          .map(([name]) => `${path}: ${name}`),
      ),
    broken: [
      (files) =>
        replaced(
          files,
          /\/cloudflared\/app\/values\.yaml$/,
          "    identifier: config\n",
          "    identifier: config\n    name: config\n",
        ),
      (files) => replaced(files, ECHO, "persistence:\n", "persistence:\n  data: { existingClaim: data, size: 1Gi }\n"),
    ],
  },
  {
    id: "images-have-a-version",
    says: "every image has a tag that stays what it is",
    check: (files) =>
      templates(files).flatMap(({ path, values }) =>
        Object.values(asMap(values["controllers"]))
          .flatMap((controller) => Object.values(asMap(at(controller, "containers"))))
          .filter((container) =>
            [undefined, "", "latest"].includes(at(container, "image", "tag") as string | undefined),
          )
          .map(() => path),
      ),
    broken: (files) => replaced(files, ECHO, /tag: \S+/, "tag: latest"),
  },
  {
    id: "flows-are-signed-in-the-cluster",
    says: "certificates of Hubble are made in the cluster, not anew with every rendering",
    check: (files) => {
      const method = at(valuesOf(files, "cilium"), "hubble", "tls", "auto", "method");
      return at(valuesOf(files, "cilium"), "hubble", "enabled") === true && method !== "cronJob"
        ? [String(method)]
        : [];
    },
    broken: (files) => replaced(files, /\/cilium\/app\/values\.yaml$/, "method: cronJob", "method: helm"),
  },
  {
    id: "metrics-believe-kubelets",
    says: "metrics-server takes what kubelets sign themselves, or somebody signs for them",
    check(files) {
      const args = asList(valuesOf(files, "metrics-server")?.["args"]).map(String);
      return valuesOf(files, "metrics-server") === undefined ||
        args.includes("--kubelet-insecure-tls") !== (rotates(files) || onK3s(files) || installerOf(files) === "k3s")
        ? []
        : ["kubelets sign themselves, and metrics-server does not believe them"];
    },
    broken: (files) =>
      replaced(files, /\/metrics-server\/app\/values\.yaml$/, "  - --kubelet-insecure-tls\n", "  - --v=2\n"),
  },
  {
    id: "kubelets-get-their-certificates",
    says: "where kubelets ask for certificates somebody approves them, by the names and addresses of the nodes",
    check(files) {
      const values = valuesOf(files, "kubelet-csr-approver");
      if (values === undefined) return rotates(files) ? ["nobody approves them"] : [];
      const names = new RegExp(String(values["providerRegex"]));
      const lans = [at(specOf(files), "lan", "cidr")].flat();
      return [
        ...Object.keys(asMap(at(specOf(files), "cluster", "nodes"))).filter((name) => !names.test(name)),
        ...lans
          .filter((lan) => !asList(values["providerIpPrefixes"]).includes(lan))
          .map((lan) => `addresses outside ${String(lan)}`),
      ];
    },
    broken: [
      (files) =>
        replaced(files, /\/kubelet-csr-approver\/app\/values\.yaml$/, /providerRegex: .*/, "providerRegex: ^node$"),
      (files) =>
        replaced(
          files,
          /\/kubelet-csr-approver\/app\/values\.yaml$/,
          /providerIpPrefixes:\n {2}- .*/,
          "providerIpPrefixes:\n  - 10.0.0.0/8",
        ),
    ],
  },
  {
    id: "checks-render-charts-as-the-cluster-does",
    says: "CI checks with the program, which tells charts of the types the cluster has and skips Secrets",
    check: (files) =>
      pathsOf(files, /^\.(github|gitlab-ci|forgejo|woodpecker)/)
        .filter((path) => /check/.test(path))
        .flatMap((path) => (/gen check --network/.test(files.get(path) ?? "") ? [] : [path])),
    broken: (files) =>
      replaced(files, /^\.github\/workflows\/check\.yaml$/, "gen check --network", "kubeconform -strict kubernetes"),
  },
];
