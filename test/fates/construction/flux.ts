/** What Flux and Helm would take from the repository and do something else with. */
import { asList, asMap, at } from "../../../src/model/unknown.ts";
import { added, appended, documents, objects, pathsOf, replaced, type Check, type Files } from "./check.ts";

const APPS = "bootstrap/apps.sh";
const RELEASES = /\/helmrelease\.yaml$/;
const STEPS = /\/ks\.yaml$/;

const tells = (holds: boolean, problem: string): readonly string[] => (holds ? [] : [problem]);
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

/** What bootstrap installs by Helm, in its order. */
const installed = (files: Files): readonly { namespace: string; name: string; folder: string }[] =>
  [...(files.get(APPS) ?? "").matchAll(/^install_release (\S+) (\S+) (\S+)/gm)].map(
    ([, namespace = "", name = "", folder = ""]) => ({
      namespace,
      name,
      folder: folder.slice(folder.indexOf("kubernetes/")),
    }),
  );

/** The step that applies a folder. */
const stepOf = (files: Files, folder: string) =>
  objects(files, "Kustomization").find(({ object }) => String(at(object, "spec", "path")).endsWith(`/${folder}`));

export const flux: readonly Check[] = [
  {
    id: "flux-is-one-instance-of-its-name",
    says: "there is one FluxInstance, called flux, in the namespace of the operator",
    check(files) {
      const names = objects(files, "FluxInstance").map(
        ({ object }) => `${String(at(object, "metadata", "namespace"))}/${String(at(object, "metadata", "name"))}`,
      );
      return tells(names.length === 1 && names[0] === "flux-system/flux", names.join(", "));
    },
    broken: (files) => replaced(files, /\/fluxinstance\.yaml$/, "name: flux\n", "name: home\n"),
  },
  {
    id: "releases-have-one-chart",
    says: "a release has either a chart or a reference to one, and a referenced artifact is copied as it is",
    check: (files) => [
      ...objects(files, "HelmRelease").flatMap(({ path, object }) =>
        tells("chart" in asMap(object["spec"]) !== "chartRef" in asMap(object["spec"]), path),
      ),
      ...objects(files, "OCIRepository").flatMap(({ path, object }) =>
        tells(at(object, "spec", "layerSelector", "operation") === "copy", path),
      ),
    ],
    broken: (files) => replaced(files, /\/ocirepository\.yaml$/, "operation: copy", "operation: extract"),
  },
  {
    id: "objects-come-after-what-installs-their-kinds",
    says: "objects of kinds that a release installs are applied by a later step than the release",
    check: (files) =>
      objects(files, "HelmRelease").flatMap(({ path }) =>
        pathsOf(files, new RegExp(`^${folderOf(path)}/[^/]+\\.yaml$`)).flatMap((beside) =>
          documents(files, beside).flatMap((document) =>
            tells(
              !OWN_KINDS.test(String(at(document, "apiVersion"))) ||
                // Policies and routes are of kinds that an earlier step brings.
                /Policy$|Route$/.test(String(at(document, "kind"))),
              `${beside} is applied together with the release beside it`,
            ),
          ),
        ),
      ),
    broken: (files) =>
      appended(
        files,
        /\/cilium\/app\/ocirepository\.yaml$/,
        "apiVersion: cilium.io/v2\nkind: CiliumLoadBalancerIPPool\nmetadata: { name: more }\n",
      ),
  },
  {
    id: "steps-wait-for-the-release-of-their-app",
    says: "further steps of an app come after the one with its release",
    check: (files) =>
      objects(files, "Kustomization").flatMap(({ path, object }) => {
        const folder = /apps\/([^/]+\/([^/]+))\/([^/]+)$/.exec(String(at(object, "spec", "path")));
        const [, app = "", name = "", stage = "app"] = folder ?? [];
        if (stage === "app" || !files.has(`kubernetes/apps/${app}/app/helmrelease.yaml`)) return [];
        const after = asList(at(object, "spec", "dependsOn")).map((one) => at(one, "name"));
        // By itself, or through another step of the app.
        const waits = after.some((before) => before === name || String(before).startsWith(`${name}-`));
        return tells(waits, `${path}: ${app}/${stage} does not wait for ${name}`);
      }),
    broken: (files) => replaced(files, /\/cilium\/ks\.yaml$/, / {2}dependsOn:\n {4}- name: cilium\n/, ""),
  },
  {
    id: "bootstrap-gives-releases-the-names-flux-gives-them",
    says: "what bootstrap installs has the name and the namespace Flux finds it under, and no second one",
    check: (files) =>
      installed(files).flatMap(({ namespace, name, folder }) => {
        const release = documents(files, `${folder}/helmrelease.yaml`)[0];
        const step = stepOf(files, folder)?.object;
        return [
          ...tells(at(release, "metadata", "name") === name, `${folder} is not the release ${name}`),
          ...tells(at(step, "spec", "targetNamespace") === namespace, `${name} is not in ${namespace} for Flux`),
          ...["targetNamespace", "releaseName", "storageNamespace"].flatMap((key) =>
            tells(at(release, "spec", key) === undefined, `${folder} has a ${key} of its own`),
          ),
        ];
      }),
    broken: (files) => replaced(files, RELEASES, /^spec:\n/m, "spec:\n  targetNamespace: other\n"),
  },
  {
    id: "bootstrap-installs-the-pod-network-before-flux",
    says: "bootstrap installs the pod network first and Flux last, with the values Flux reads afterwards",
    check(files) {
      const names = installed(files).map(({ name }) => name);
      const values = installed(files).filter(({ folder }) => !files.has(`${folder}/values.yaml`));
      return [
        ...tells(names[0] === "cilium" && names.at(-1) === "flux-operator", `bootstrap installs ${names.join(", ")}`),
        ...values.map(({ folder }) => `${folder} has no values`),
      ];
    },
    broken: (files) =>
      replaced(
        files,
        /^bootstrap\/apps\.sh$/,
        /^(install_release \S+ cilium .*\n)((?:install_release .*\n)+)/m,
        "$2$1",
      ),
  },
  {
    id: "nothing-is-substituted",
    says: "Flux puts no variables into what it reads, so a dollar is a dollar",
    check: (files) =>
      objects(files, "Kustomization").flatMap(({ path, object }) =>
        tells(at(object, "spec", "postBuild") === undefined && !JSON.stringify(object).includes("postBuild"), path),
      ),
    broken: (files) =>
      replaced(files, STEPS, /^spec:\n/m, "spec:\n  postBuild:\n    substitute:\n      DOMAIN: example.com\n"),
  },
  {
    id: "bootstrap-reads-values-without-variables",
    says: "values that Helm reads at bootstrap have no variables of Flux",
    check: (files) =>
      installed(files).flatMap(({ folder }) =>
        tells(!/\$\{/.test(files.get(`${folder}/values.yaml`) ?? ""), `${folder}/values.yaml`),
      ),
    broken: (files) => replaced(files, /\/cilium\/app\/values\.yaml$/, "mode: kubernetes", "mode: ${IPAM}"),
  },
  {
    id: "steps-wait-in-one-way",
    says: "no step names objects to wait for beside waiting for all",
    check: (files) =>
      objects(files, "Kustomization").flatMap(({ path, object }) =>
        tells(at(object, "spec", "healthChecks") === undefined, path),
      ),
    broken: (files) => replaced(files, STEPS, /^ {2}wait: true\n/m, "  wait: true\n  healthChecks: []\n"),
  },
  {
    id: "namespaces-are-never-pruned",
    says: "a namespace stays when its file goes, and with it everything in it",
    check: (files) =>
      objects(files, "Namespace").flatMap(({ path, object }) =>
        tells(
          at(object, "metadata", "annotations", "kustomize.toolkit.fluxcd.io/prune") === "disabled",
          `${path} can be pruned`,
        ),
      ),
    broken: (files) => replaced(files, /\/namespace\.yaml$/, "prune: disabled", "prune: enabled"),
  },
  {
    id: "flux-knows-the-host-it-asks-over-ssh",
    says: "a repository that is read over SSH comes with the keys its host is known by, and is written as a URL",
    check: (files) =>
      objects(files, "FluxInstance").flatMap(({ path, object }) => {
        const url = String(at(object, "spec", "sync", "url"));
        const secrets = files.get("bootstrap/secrets.sh") ?? "";
        return [
          ...tells(/^(https|ssh):\/\//.test(url), `${path}: ${url}`),
          ...tells(!url.startsWith("ssh:") || /^ask known_hosts /m.test(secrets), "nobody asks for known_hosts"),
        ];
      }),
    broken: (files) => replaced(files, /^bootstrap\/secrets\.sh$/, /^ask known_hosts .*\n/m, ""),
  },
  {
    id: "kinds-of-flux-are-served",
    says: "objects of Flux are of versions its 2.9 serves",
    check: (files) =>
      objects(files).flatMap(({ path, object: { apiVersion, kind } }) =>
        tells(
          !/\.toolkit\.fluxcd\.io\//.test(apiVersion) || SERVED.has(`${apiVersion} ${kind}`),
          `${path}: ${kind} of ${apiVersion}`,
        ),
      ),
    broken: (files) => replaced(files, RELEASES, "helm.toolkit.fluxcd.io/v2\n", "helm.toolkit.fluxcd.io/v2beta2\n"),
  },
  {
    id: "kinds-of-cilium-are-current",
    says: "objects of Cilium are of the versions its 1.20 stores, of no kind it has dropped",
    check: (files) =>
      objects(files).flatMap(({ path, object: { apiVersion, kind } }) =>
        tells(
          !apiVersion.startsWith("cilium.io/") || CILIUM[kind] === apiVersion.slice("cilium.io/".length),
          `${path}: ${kind} of ${apiVersion}`,
        ),
      ),
    broken: (files) =>
      added(
        files,
        "kubernetes/apps/kube-system/cilium/config/bgp.yaml",
        "apiVersion: cilium.io/v2alpha1\nkind: CiliumBGPPeeringPolicy\nmetadata: { name: old }\n",
      ),
  },
];

// Kinds that come with the releases of this catalog rather than with the server.
const OWN_KINDS = /^(cilium\.io|gateway\.(networking\.k8s|envoyproxy)\.io|cert-manager\.io|fluxcd\.controlplane\.io)\//;

// fluxcd/flux2 v2.9.4, manifests/crds.
const SERVED: ReadonlySet<string> = new Set([
  "kustomize.toolkit.fluxcd.io/v1 Kustomization",
  "helm.toolkit.fluxcd.io/v2 HelmRelease",
  ...["GitRepository", "OCIRepository", "HelmRepository"].map((kind) => `source.toolkit.fluxcd.io/v1 ${kind}`),
  "notification.toolkit.fluxcd.io/v1 Receiver",
  "notification.toolkit.fluxcd.io/v1beta3 Alert",
  "notification.toolkit.fluxcd.io/v1beta3 Provider",
]);

// cilium/cilium 1.20, pkg/k8s/apis/cilium.io.
const CILIUM: Readonly<Record<string, string>> = {
  CiliumLoadBalancerIPPool: "v2",
  CiliumL2AnnouncementPolicy: "v2alpha1",
  CiliumNetworkPolicy: "v2",
  CiliumClusterwideNetworkPolicy: "v2",
};
