/** What git, Renovate and the checks of the host make of the repository. */
import { asMap, at } from "../../../src/model/unknown.ts";
import { documents, objects, pathsOf, replaced, unless, type Check, type Files } from "./check.ts";
import { onFlux } from "./flux.ts";
import { onK3s, onTalos } from "./machines.ts";

const IGNORED = ["age.key", "kubeconfig", "*.tfstate*"];
const OF_TALOS = ["talosconfig", "talos/secrets.yaml", "talos/rendered/"];

const ignoredOn = (files: Files): readonly string[] => [
  ...IGNORED,
  ...(onTalos(files) ? OF_TALOS : []),
  ...(onK3s(files) ? ["k3s/token"] : []),
];

const text = (files: Files, path: string): string => files.get(path) ?? "";

export const repository: readonly Check[] = [
  {
    id: "git-ignores-keys-and-access",
    says: "git ignores every file of keys and access that the scripts and OpenTofu write",
    check: (files) =>
      ignoredOn(files).flatMap((name) =>
        unless(text(files, ".gitignore").split("\n").includes(name), `${name} is not ignored`),
      ),
    broken: (files) => replaced(files, /^\.gitignore$/, /^(talosconfig|k3s\/token)\n/m, ""),
  },
  {
    id: "keys-of-the-machines-are-made-once",
    about: onTalos,
    says: "the script that makes the keys of the cluster keeps those there are",
    check: (files) =>
      unless(
        /if \[\[ -e \$secrets \]\]; then\n\s+echo "Keeping/.test(text(files, "bootstrap/talos.sh")),
        "keys are made anew",
      ),
    broken: (files) => replaced(files, /^bootstrap\/talos\.sh$/, "if [[ -e $secrets ]]", "if false"),
  },
  {
    id: "lines-end-as-shells-read-them",
    says: "git checks every text out with line feeds, on every system",
    check: (files) => [
      ...unless(/^\* text=auto eol=lf$/m.test(text(files, ".gitattributes")), "line ends are the system's"),
      ...[...files].flatMap(([path, content]) => unless(!content.includes("\r"), `${path} has carriage returns`)),
    ],
    broken: [
      (files) => replaced(files, /^\.gitattributes$/, " eol=lf", ""),
      (files) => replaced(files, /^bootstrap\/apps\.sh$/, "\n", "\r\n"),
    ],
  },
  {
    id: "renovate-looks-where-the-manifests-are",
    says: "Renovate is told which files hold manifests; by itself it looks at none, or at those of Flux's own folder alone",
    check: (files) =>
      [onFlux(files) ? "flux" : "argocd", "kubernetes"].flatMap((manager) =>
        unless(
          new RegExp(`^ {2}"?${manager}"?: \\{ managerFilePatterns: \\["[^"]*kubernetes`, "m").test(
            text(files, ".renovaterc.json5"),
          ),
          `${manager} has no file patterns`,
        ),
      ),
    broken: [
      (files) => replaced(files, /^\.renovaterc\.json5$/, /^ {2}kubernetes: .*\n/m, ""),
      (files) => replaced(files, /^\.renovaterc\.json5$/, /^ {2}"(flux|argocd)": .*\n/m, ""),
    ],
  },
  {
    id: "checks-run-without-flux-local",
    says: "checks of proposed changes do not run flux-local, which is no longer looked after",
    check: (files) =>
      pathsOf(files, /^\.(github|forgejo|gitea)\/workflows\/|^\.gitlab-ci\.yml$/).flatMap((path) =>
        unless(!text(files, path).includes("flux-local"), path),
      ),
    broken: (files) => replaced(files, /^\.github\/workflows\/check\.yaml$/, "gen check", "flux-local test"),
  },
  {
    id: "charts-lie-beside-their-releases",
    says: "the repository of a chart lies in the folder of its release, in the namespace of both",
    check: (files) =>
      objects(files, "HelmRelease").flatMap(({ path, object }) => {
        const reference = asMap(at(object, "spec", "chartRef") ?? at(object, "spec", "chart", "spec", "sourceRef"));
        const source = path.replace("helmrelease", String(reference["kind"]).toLowerCase());
        const [found] = documents(files, source);
        return [
          ...unless(at(found, "metadata", "name") === reference["name"], `${path} names no source beside it`),
          ...unless(reference["namespace"] === at(found, "metadata", "namespace"), `${path} and its source part`),
        ];
      }),
    broken: [
      (files) => replaced(files, /\/ocirepository\.yaml$/, "metadata:\n", "metadata:\n  namespace: flux-system\n"),
      (files) => replaced(files, /\/helmrepository\.yaml$/, "  name: ", "  name: other-"),
    ],
  },
];
