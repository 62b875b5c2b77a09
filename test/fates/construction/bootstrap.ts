/** What is installed by hand before the engine, which has to find it as its own. */
import { onFlux } from "./flux.ts";
import { at } from "../../../src/model/unknown.ts";
import { documents, objects, replaced, unless, valuesOf, type Check, type Files } from "./check.ts";

const APPS = "bootstrap/apps.sh";
const RELEASES = /\/helmrelease\.yaml$/;

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

/** The Application of a unit's folder, and what its chart is installed as. */
const applicationOf = (files: Files, folder: string) =>
  objects(files, "Application").find(({ object }) =>
    JSON.stringify(at(object, "spec", "sources") ?? null).includes(`${folder}/values.yaml"`),
  )?.object;

export const bootstrap: readonly Check[] = [
  {
    id: "bootstrap-gives-releases-the-names-argo-cd-gives-them",
    about: (files) => !onFlux(files),
    says: "what bootstrap installs has the name and the namespace Argo CD installs it under, and no second one",
    check: (files) =>
      installed(files).flatMap(({ namespace, name, folder }) => {
        const application = applicationOf(files, folder);
        return [
          ...unless(at(application, "spec", "sources", 0, "helm", "releaseName") === name, `${folder} is not ${name}`),
          ...unless(
            at(application, "spec", "destination", "namespace") === namespace,
            `${name} is not in ${namespace}`,
          ),
        ];
      }),
    broken: [
      (files) => replaced(files, /^bootstrap\/apps\.sh$/, "kube-system coredns", "kube-system dns"),
      (files) => replaced(files, /\/coredns\.yaml$/, "releaseName: coredns", "releaseName: dns"),
      (files) => replaced(files, /\/coredns\.yaml$/, "namespace: kube-system", "namespace: dns"),
    ],
  },
  {
    id: "bootstrap-gives-releases-the-names-flux-gives-them",
    about: onFlux,
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
    says: "bootstrap installs the pod network first and the engine last, with the values it reads afterwards",
    check(files) {
      const names = installed(files).map(({ name }) => name);
      // Else the distribution brings it.
      const repository = ["cilium", "calico"].some((app) => valuesOf(files, app) !== undefined);
      const values = installed(files).filter(({ folder }) => !files.has(`${folder}/values.yaml`));
      return [
        ...unless(
          ["cilium", "calico"].includes(names[0] ?? "") === repository &&
            names.at(-1) === (onFlux(files) ? "flux-operator" : "argocd"),
          `bootstrap installs ${names.join(", ")}`,
        ),
        ...values.map(({ folder }) => `${folder} has no values`),
      ];
    },
    broken: [
      (files) =>
        replaced(
          files,
          /^bootstrap\/apps\.sh$/,
          /^(install_release \S+ (?:cilium|calico) .*\n)((?:install_release .*\n)+)/m,
          "$2$1",
        ),
      (files) => new Map([...files].filter(([path]) => !path.endsWith("/cilium/app/values.yaml"))),
    ],
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
];
