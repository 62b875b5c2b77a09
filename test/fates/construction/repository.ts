/** What git, Renovate, the checks of the host and OpenTofu make of the repository. */
import { asMap, at } from "../../../src/model/unknown.ts";
import { documents, objects, pathsOf, replaced, unless, type Check, type Files } from "./check.ts";

const MACHINES = /^infrastructure\/proxmox\/machines\.tf$/;
const IGNORED = ["age.key", "kubeconfig", "talosconfig", "talos/secrets.yaml", "talos/rendered/", "*.tfstate*"];

const text = (files: Files, path: string): string => files.get(path) ?? "";

export const repository: readonly Check[] = [
  {
    id: "git-ignores-keys-and-access",
    says: "git ignores every file of keys and access that the scripts and OpenTofu write",
    check: (files) =>
      IGNORED.flatMap((name) => unless(text(files, ".gitignore").split("\n").includes(name), `${name} is not ignored`)),
    broken: (files) => replaced(files, /^\.gitignore$/, "talosconfig\n", ""),
  },
  {
    id: "keys-of-the-machines-are-made-once",
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
    says: "Renovate is told which files hold manifests; by itself it looks at none, or at those of Flux alone",
    check: (files) =>
      ["flux", "kubernetes"].flatMap((manager) =>
        unless(
          new RegExp(`^ {2}${manager}: \\{ managerFilePatterns: \\["[^"]*kubernetes`, "m").test(
            text(files, ".renovaterc.json5"),
          ),
          `${manager} has no file patterns`,
        ),
      ),
    broken: [
      (files) => replaced(files, /^\.renovaterc\.json5$/, /^ {2}kubernetes: .*\n/m, ""),
      (files) => replaced(files, /^\.renovaterc\.json5$/, /^ {2}flux: .*\n/m, ""),
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
  {
    id: "machines-start-from-a-controller-talos-knows",
    says: "disks hang on a controller that Talos starts from",
    check: (files) =>
      unless(!text(files, "infrastructure/proxmox/machines.tf").includes('"virtio-scsi-single"'), "single"),
    broken: (files) => replaced(files, MACHINES, '"virtio-scsi-pci"', '"virtio-scsi-single"'),
  },
  {
    id: "machines-have-their-agent-and-all-their-memory",
    says: "the guest agent that Proxmox waits for is in the image, and no memory is lent to others",
    check(files) {
      const machines = text(files, "infrastructure/proxmox/machines.tf");
      if (machines === "") return [];
      return [
        ...unless(text(files, "talos/schematic.yaml").includes("siderolabs/qemu-guest-agent"), "no agent in the image"),
        ...unless(/^ *floating *= 0$/m.test(machines), "memory is lent"),
      ];
    },
    broken: [
      (files) => replaced(files, MACHINES, "floating  = 0", "floating  = 1024"),
      (files) =>
        files.has("infrastructure/proxmox/machines.tf")
          ? replaced(files, /^talos\/schematic\.yaml$/, "siderolabs/qemu-guest-agent", "siderolabs/iscsi-tools")
          : files,
    ],
  },
  {
    id: "cards-are-in-one-vlan",
    says: "cards have at most one VLAN and no trunks, which only some bridges can",
    check: (files) =>
      unless(!/^ *trunks *=/m.test(text(files, "infrastructure/proxmox/machines.tf")), "a card has trunks"),
    broken: (files) => replaced(files, MACHINES, /^( *)bridge( *)=/m, '$1trunks$2= "10;20"\n$1bridge$2='),
  },
  {
    id: "resources-of-the-provider-are-current",
    says: "machines and images are of resources the provider keeps",
    check: (files) =>
      pathsOf(files, /^infrastructure\/.*\.tf$/).flatMap((path) =>
        unless(!/"(proxmox_vm|proxmox_virtual_environment_download_file)"/.test(text(files, path)), path),
      ),
    broken: (files) =>
      replaced(
        files,
        /^infrastructure\/proxmox\/image\.tf$/,
        'resource "proxmox_download_file"',
        'resource "proxmox_virtual_environment_download_file"',
      ),
  },
];
