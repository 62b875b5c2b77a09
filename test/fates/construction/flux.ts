/** What Flux would take from the repository and do something else with. */
import { asMap, at } from "../../../src/model/unknown.ts";
import { nameOf, steps, waitsFor } from "./fluxSteps.ts";
import { objects, replaced, unless, type Check, type Files, keepsSecrets } from "./check.ts";

const RELEASES = /\/helmrelease\.yaml$/;
const STEPS = /\/ks\.yaml$/;

export const onFlux = (files: Files): boolean => objects(files, "FluxInstance").length > 0;

export const flux: readonly Check[] = [
  {
    id: "flux-is-one-instance-of-its-name",
    about: onFlux,
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
    id: "steps-wait-for-the-release-of-their-app",
    says: "further steps of an app come after the one with its release",
    check: (files) =>
      steps(files).flatMap((step) => {
        const { path, object } = step;
        const folder = /apps\/([^/]+\/([^/]+))\/([^/]+)$/.exec(String(at(object, "spec", "path")));
        const [, app = "", name = "", stage = "app"] = folder ?? [];
        if (stage === "app" || !files.has(`kubernetes/apps/${app}/app/helmrelease.yaml`)) return [];
        // By itself, or through others: what follows from their order is written nowhere.
        return unless(waitsFor(files, nameOf(step)).has(name), `${path}: ${app}/${stage} does not wait for ${name}`);
      }),
    broken: (files) => replaced(files, /\/cilium\/ks\.yaml$/, / {2}dependsOn:\n {4}- name: cilium\n/, ""),
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
          onFlux(files)
            ? at(object, "metadata", "annotations", "kustomize.toolkit.fluxcd.io/prune") === "disabled"
            : at(object, "metadata", "annotations", "argocd.argoproj.io/sync-options") === "Prune=false,Delete=false",
          `${path} can be pruned`,
        ),
      ),
    broken: [
      (files) => replaced(files, /\/namespace\.yaml$/, "prune: disabled", "prune: enabled"),
      (files) => replaced(files, /\/namespace\.yaml$/, "Prune=false", "Prune=true"),
    ],
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
          ...unless(
            !url.startsWith("ssh:") || keepsSecrets(files) || /^ask known_hosts /m.test(secrets),
            "nobody asks for known_hosts",
          ),
        ];
      }),
    broken: [
      (files) => replaced(files, /^bootstrap\/secrets\.sh$/, /^ask known_hosts .*\n/m, ""),
      (files) => replaced(files, /\/fluxinstance\.yaml$/, "ssh://git@github.com/", "git@github.com:"),
    ],
  },
];
