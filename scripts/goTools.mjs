// Programs at the versions a repository is written with, built from their Go modules: OpenTofu and its provider for
// Proxmox, CoreDNS, SOPS, kubeseal, amtool, kube-score, a control plane, and the controllers of Flux. All are published as downloads or images only, which not
// every network lets through. Minutes the first time, ten for the control plane on two cores.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const CHECKOUT = resolve(fileURLToPath(import.meta.url), "../..");
const CACHE = join(CHECKOUT, "node_modules/.cache/create-homelab-net");
const PROVIDER = "github.com/bpg/terraform-provider-proxmox";

const GO_TOOLS = {
  opentofu: { module: "github.com/opentofu/opentofu", commands: { tool: "github.com/opentofu/opentofu/cmd/tofu" } },
  sops: { module: "github.com/getsops/sops/v3", commands: { tool: "github.com/getsops/sops/v3/cmd/sops" } },
  // The release that the pinned chart installs (appVersion); a test compares the two.
  kubeseal: {
    module: "github.com/bitnami-labs/sealed-secrets",
    version: "0.36.6",
    commands: { tool: "github.com/bitnami-labs/sealed-secrets/cmd/kubeseal" },
  },
  // The release that the pinned chart installs (alertmanagerSpec.image.tag); a test compares the two.
  amtool: {
    module: "github.com/prometheus/alertmanager",
    version: "0.34.0",
    commands: { tool: "github.com/prometheus/alertmanager/cmd/amtool" },
  },
  // Judges workloads; kube-linter is not handed out by every proxy.
  "kube-score": {
    module: "github.com/zegl/kube-score",
    version: "1.20.0",
    commands: { tool: "github.com/zegl/kube-score/cmd/kube-score" },
  },
  "proxmox-provider": { module: PROVIDER, commands: { tool: PROVIDER } },
  // The release that the pinned chart installs (appVersion); a test compares the two.
  coredns: {
    module: "github.com/coredns/coredns",
    version: "1.13.1",
    commands: { tool: "github.com/coredns/coredns" },
  },
};

// Reads configuration as the machines will; of talosctl itself not every proxy hands out all parts.
const TALOS = {
  module: "github.com/siderolabs/talos/pkg/machinery",
  source: "test/support/talos/validate.go",
  commands: { tool: "." },
};

// etcd comes at the version the module of Kubernetes asks for itself.
const CONTROL_PLANE = {
  module: "k8s.io/kubernetes",
  commands: { etcd: "go.etcd.io/etcd/server/v3", "kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver" },
  // What a server calls itself is given when it is linked; without, 0.0.0.
  flags: (version) => [`-ldflags=-s -w -X k8s.io/component-base/version.gitVersion=v${version}`],
  // Kubernetes builds on folders that its module leaves out; each is a module of its own, 1.36.4 as 0.36.4.
  published: (old, replacement, version) =>
    replacement.Path.startsWith("./") ? { Path: old.Path, Version: version.replace(/^\d+/, "v0") } : replacement,
};

// Reads configuration as the machines will; published as a package of their systems only.
const KUBEADM = { ...CONTROL_PLANE, commands: { tool: "k8s.io/kubernetes/cmd/kubeadm" } };

// Writes records; published as an image only.
const EXTERNAL_DNS = { module: "sigs.k8s.io/external-dns", commands: { tool: "sigs.k8s.io/external-dns" } };

/** Programs that another pin has the version of. */
const PINS = { kubeadm: "kubernetes", "external-dns": "dns-endpoints", "talos-machinery": "talosctl" };

const FLUX = "github.com/fluxcd";
const FLUX_HELM = `${FLUX}/helm/v4`;
const CONTROLLERS = ["kustomize-controller", "helm-controller"];

/** Version of a pin, out of the one file that has them. */
export function pinned(id) {
  const pins = readFileSync(join(CHECKOUT, "src/catalog/pins.yaml"), "utf8");
  const version = new RegExp(`^- id: ${id}\\n(?:  .*\\n)*?  version: "?v?([^"\\n]+)`, "m").exec(pins)?.[1];
  if (version === undefined) throw new Error(`no pin called ${id}`);
  return version;
}

function go(args, cwd) {
  const { status, error, stdout } = spawnSync("go", args, {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, CGO_ENABLED: "0", GOFLAGS: "-mod=mod -buildvcs=false" },
  });
  if (error !== undefined) throw new Error(`go: ${error.message}`);
  if (status !== 0) throw new Error(`go ${args.join(" ")} ended with ${status}`);
  return stdout;
}

/** Where the executable of a pin is, with the version it is of. */
export function goTool(id) {
  const version = GO_TOOLS[id]?.version ?? pinned(PINS[id] ?? id);
  const folder = join(CACHE, `${id}-${version}`);
  return { path: join(folder, "tool"), folder, version };
}

export function buildGoTools() {
  for (const [id, tool] of Object.entries({ ...GO_TOOLS, kubeadm: KUBEADM, "talos-machinery": TALOS }))
    build(id, () => [tool]);
}

/** Folder with `etcd` and `kube-apiserver`. */
export const controlPlane = () => goTool("kubernetes").folder;

export function buildControlPlane() {
  build("kubernetes", () => [CONTROL_PLANE]);
}

/** With the interfaces of a dozen clouds in it: ten minutes on two cores. */
export function buildExternalDns() {
  build("external-dns", () => [EXTERNAL_DNS]);
}

/** Folder with the controllers. */
export const fluxControllers = () => goTool("flux").folder;

/** A release of Flux is a command that asks for the types of its controllers, at the version of each. */
export function buildFluxControllers() {
  build("flux", (release, part) => {
    const { Require } = goMod(`${FLUX}/flux2/v2@v${release}`, part);
    return CONTROLLERS.map((name) => {
      const module = `${FLUX}/${name}`;
      const types = Require.find(({ Path }) => Path === `${module}/api`);
      if (types === undefined) throw new Error(`Flux ${release} has no ${name}`);
      return { module, version: types.Version.slice(1), commands: { [name]: module }, published: releasedOf(types) };
    });
  });
}

/** Flux builds on a Helm with patches of its own, which not every module proxy hands out: here it is the one without. */
const releasedOf = (types) => (old, replacement) => {
  if (replacement.Path === FLUX_HELM) return { Path: old.Path, Version: replacement.Version.replace(/-flux\..*/, "") };
  return replacement.Path === "./api" ? types : replacement;
};

/** Builds what `tools` names, each in a module of its own: their dependencies differ. */
function build(id, tools) {
  const { folder, version: pin } = goTool(id);
  if (existsSync(folder)) return;
  // Complete or absent: an interrupted build must not be taken for a finished one.
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  for (const [index, tool] of tools(pin, part).entries()) {
    const { module, version = pin, commands, source, flags = () => [] } = tool;
    const own = join(part, `module-${index}`);
    mkdirSync(own);
    go(["mod", "init", "tools"], own);
    go(["mod", "edit", `-require=${module}@v${version}`, ...replacements({ ...tool, version }, own)], own);
    if (source !== undefined) copyFileSync(join(CHECKOUT, source), join(own, "main.go"));
    for (const [name, command] of Object.entries(commands))
      go(["build", ...flags(version), "-o", join(part, name), command], own);
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(part, folder);
}

/** A module's own replacements count only where it is the main module, and OpenTofu does not build without its. */
function replacements({ module, version, published = (_old, replacement) => replacement }, cwd) {
  const at = ({ Path, Version }) => (Version === undefined ? Path : `${Path}@${Version}`);
  const { Replace } = goMod(`${module}@v${version}`, cwd);
  return (Replace ?? []).map(({ Old, New }) => `-replace=${at(Old)}=${at(published(Old, New, version))}`);
}

function goMod(module, cwd) {
  const { GoMod } = JSON.parse(go(["mod", "download", "-json", module], cwd));
  return JSON.parse(go(["mod", "edit", "-json", GoMod], cwd));
}
