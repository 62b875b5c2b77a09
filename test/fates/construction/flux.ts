/** What Flux and Helm would take from the repository and do something else with. */
import { asList, asMap, at } from "../../../src/model/unknown.ts";
import { added, appended, documents, objects, replaced, unless, type Check, type Files } from "./check.ts";

const APPS = "bootstrap/apps.sh";
const RELEASES = /\/helmrelease\.yaml$/;
const STEPS = /\/ks\.yaml$/;

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
      return unless(names.length === 1 && names[0] === "flux-system/flux", names.join(", "));
    },
    broken: (files) => replaced(files, /\/fluxinstance\.yaml$/, "name: flux\n", "name: home\n"),
  },
  {
    id: "releases-have-one-chart",
    says: "a release has either a chart or a reference to one, and a referenced artifact is copied as it is",
    check: (files) => [
      ...objects(files, "HelmRelease").flatMap(({ path, object }) =>
        unless("chart" in asMap(object["spec"]) !== "chartRef" in asMap(object["spec"]), path),
      ),
      ...objects(files, "OCIRepository").flatMap(({ path, object }) =>
        unless(at(object, "spec", "layerSelector", "operation") === "copy", path),
      ),
    ],
    broken: [
      (files) => replaced(files, /\/ocirepository\.yaml$/, "operation: copy", "operation: extract"),
      (files) => replaced(files, RELEASES, "  chartRef:\n", "  chart: {}\n  chartRef:\n"),
      (files) => replaced(files, RELEASES, / {2}chartRef:\n.*\n.*\n/, ""),
    ],
  },
  {
    id: "objects-come-after-what-installs-their-kinds",
    says: "objects of kinds that a release installs are applied by a later step than the release",
    check: (files) =>
      objects(files).flatMap(({ path, object: { apiVersion, kind } }) => {
        const [, app = ""] = /^kubernetes\/apps\/[^/]+\/([^/]+)\/app\//.exec(path) ?? [];
        return unless(!INSTALLED_BY[app]?.test(apiVersion), `${path} applies ${kind} together with what installs it`);
      }),
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
        return unless(after.includes(name), `${path}: ${app}/${stage} does not wait for ${name}`);
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
          ...unless(at(release, "metadata", "name") === name, `${folder} is not the release ${name}`),
          ...unless(at(step, "spec", "targetNamespace") === namespace, `${name} is not in ${namespace} for Flux`),
          ...["targetNamespace", "releaseName", "storageNamespace"].flatMap((key) =>
            unless(at(release, "spec", key) === undefined, `${folder} has a ${key} of its own`),
          ),
        ];
      }),
    broken: [
      (files) => replaced(files, RELEASES, /^spec:\n/m, "spec:\n  targetNamespace: other\n"),
      (files) => replaced(files, /^bootstrap\/apps\.sh$/, "kube-system cilium", "kube-system cni"),
      (files) => replaced(files, /\/cilium\/ks\.yaml$/, "targetNamespace: kube-system", "targetNamespace: cilium"),
    ],
  },
  {
    id: "bootstrap-installs-the-pod-network-before-flux",
    says: "bootstrap installs the pod network first and Flux last, with the values Flux reads afterwards",
    check(files) {
      const names = installed(files).map(({ name }) => name);
      const values = installed(files).filter(({ folder }) => !files.has(`${folder}/values.yaml`));
      return [
        ...unless(names[0] === "cilium" && names.at(-1) === "flux-operator", `bootstrap installs ${names.join(", ")}`),
        ...values.map(({ folder }) => `${folder} has no values`),
      ];
    },
    broken: [
      (files) =>
        replaced(
          files,
          /^bootstrap\/apps\.sh$/,
          /^(install_release \S+ cilium .*\n)((?:install_release .*\n)+)/m,
          "$2$1",
        ),
      (files) => new Map([...files].filter(([path]) => !path.endsWith("/cilium/app/values.yaml"))),
    ],
  },
  {
    id: "nothing-is-substituted",
    says: "Flux puts no variables into what it reads, so a dollar is a dollar",
    check: (files) =>
      objects(files, "Kustomization").flatMap(({ path, object }) =>
        unless(at(object, "spec", "postBuild") === undefined && !JSON.stringify(object).includes("postBuild"), path),
      ),
    broken: (files) =>
      replaced(files, STEPS, /^spec:\n/m, "spec:\n  postBuild:\n    substitute:\n      DOMAIN: example.com\n"),
  },
  {
    id: "bootstrap-reads-values-without-variables",
    says: "values that Helm reads at bootstrap have no variables of Flux",
    check: (files) =>
      installed(files).flatMap(({ folder }) =>
        unless(!/\$\{/.test(files.get(`${folder}/values.yaml`) ?? ""), `${folder}/values.yaml`),
      ),
    broken: (files) => replaced(files, /\/cilium\/app\/values\.yaml$/, "mode: kubernetes", "mode: ${IPAM}"),
  },
  {
    id: "steps-wait-in-one-way",
    says: "no step names objects to wait for beside waiting for all",
    check: (files) =>
      objects(files, "Kustomization").flatMap(({ path, object }) =>
        unless(at(object, "spec", "healthChecks") === undefined, path),
      ),
    broken: (files) => replaced(files, STEPS, /^ {2}wait: true\n/m, "  wait: true\n  healthChecks: []\n"),
  },
  {
    id: "namespaces-are-never-pruned",
    says: "a namespace stays when its file goes, and with it everything in it",
    check: (files) =>
      objects(files, "Namespace").flatMap(({ path, object }) =>
        unless(
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
          ...unless(/^(https|ssh):\/\//.test(url), `${path}: ${url}`),
          ...unless(!url.startsWith("ssh:") || /^ask known_hosts /m.test(secrets), "nobody asks for known_hosts"),
        ];
      }),
    broken: [
      (files) => replaced(files, /^bootstrap\/secrets\.sh$/, /^ask known_hosts .*\n/m, ""),
      (files) => replaced(files, /\/fluxinstance\.yaml$/, "ssh://git@github.com/", "git@github.com:"),
    ],
  },
  {
    id: "kinds-of-flux-are-served",
    says: "objects of Flux are of versions its 2.9 serves",
    check: (files) =>
      objects(files).flatMap(({ path, object: { apiVersion, kind } }) =>
        unless(
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
        unless(
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

/** Groups of kinds that come with a release, by its app. */
const INSTALLED_BY: Readonly<Record<string, RegExp>> = {
  cilium: /^cilium\.io\//,
  "envoy-gateway": /^gateway\.envoyproxy\.io\//,
  "cert-manager": /^(acme\.)?cert-manager\.io\//,
  "flux-operator": /^fluxcd\.controlplane\.io\//,
};

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
