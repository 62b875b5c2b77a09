// What the checks need beside npm's dependencies, installed where it is missing:
//   node scripts/tools.mjs      installs all of it and says where it is
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildGoTools, goTool, pinned } from "./goTools.mjs";

// The oldest Node the program promises, and the even releases above the one it is developed with.
export const NODES = ["20.12.2", "24", "26"];

const CHECKOUT = resolve(fileURLToPath(import.meta.url), "../..");
const CACHE = join(CHECKOUT, "node_modules/.cache/create-homelab-net");

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: "inherit", ...options });
  if (error !== undefined) throw new Error(`${command}: ${error.message}`);
  if (status !== 0) throw new Error(`${[command, ...args].join(" ")} ended with ${status}`);
}

const works = (command) => spawnSync(command, ["--version"], { stdio: "ignore" }).status === 0;

// There is no flag that all of them answer, and with -v Unbound would begin to serve.
const isThere = (command) => spawnSync("sh", ["-c", `command -v ${command}`], { stdio: "ignore" }).status === 0;

/** Folder with packages of npm that are programs and no dependencies of this one. */
function npmPrograms(name, packages) {
  const folder = join(CACHE, name);
  if (existsSync(folder)) return folder;
  // Complete or absent: an interrupted install must not be taken for a finished one.
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  writeFileSync(join(part, "package.json"), "{}");
  run(
    "npm",
    ["install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", ...packages],
    {
      cwd: part,
    },
  );
  rmSync(folder, { recursive: true, force: true });
  renameSync(part, folder);
  return folder;
}

const suffix = process.platform === "win32" ? ".exe" : "";

/** Path of a Node of that version, out of npm's packages of the real binaries. */
export function nodeBinary(version) {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = npmPrograms(`node-${version}`, [`${name}@${version}`]);
  return join(folder, "node_modules", name, `bin/node${suffix}`);
}

/** Path of just; npm has it some versions behind. */
export function justBinary(version = "1.57.0") {
  const name = `rust-just-${process.platform}-${process.arch}`;
  const folder = npmPrograms(`just-${version}`, [`${name}@${version}`]);
  return join(folder, "node_modules", name, `bin/just${suffix}`);
}

/** Debian's tools: the package of each command. Services of them are not started. */
function aptTools(packages) {
  const missing = Object.entries(packages).flatMap(([command, name]) => (isThere(command) ? [] : [name]));
  if (missing.length === 0) return;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !works("apt-get")) {
    throw new Error(
      `${missing.join(", ")} missing; install with the system's package manager (only root with apt-get can do it from here)`,
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  run("apt-get", ["update", "--quiet"], { env });
  run("apt-get", ["install", "--yes", "--quiet", "--no-install-recommends", ...missing], { env });
}

/** Packages without a command of their own. */
function aptPackages(...names) {
  if (!works("dpkg")) throw new Error(`${names.join(", ")} can only be looked for where packages are Debian's`);
  const missing = names.filter((name) => spawnSync("dpkg", ["--status", name], { stdio: "ignore" }).status !== 0);
  aptTools(Object.fromEntries(missing.map((name) => [`the files of ${name}`, name])));
}

// Judges what the pinned Ansible plays; not part of any repository.
const LINT = "26.10.1";

/** Folder with `ansible-playbook` and `ansible-lint`, in an environment of Python of their own. */
export function ansiblePrograms() {
  const core = pinned("pipx:ansible-core");
  const folder = join(CACHE, `ansible-${core}-${LINT}`);
  const bin = join(folder, "bin");
  // Last of all: programs of Python know the folder they were installed in, so it cannot be renamed when it is complete.
  const done = join(folder, "complete");
  if (existsSync(done)) return bin;
  rmSync(folder, { recursive: true, force: true });
  run("python3", ["-m", "venv", folder]);
  run(join(bin, "pip"), ["install", "--quiet", `ansible-core==${core}`, `ansible-lint==${LINT}`]);
  writeFileSync(done, "");
  return bin;
}

/** Everything the tests of real tools need. */
export function installTools() {
  aptTools({
    shellcheck: "shellcheck",
    "age-keygen": "age",
    haproxy: "haproxy",
    keepalived: "keepalived",
    vtysh: "frr",
    netplan: "netplan.io",
    dnsmasq: "dnsmasq-base",
    nft: "nftables",
    unbound: "unbound",
    "lua5.1": "lua5.1",
    sshd: "openssh-server",
    ip: "iproute2",
    "cloud-init": "cloud-init",
    promtool: "prometheus",
    rsyslogd: "rsyslog",
  });
  // Ansible finds packages by it, and Debian has `venv` apart.
  aptPackages("python3-apt", "python3-venv");
  ansiblePrograms();
  justBinary();
  buildGoTools();
}

/** BIND, and what asks it. */
export const nameServer = () => aptTools({ named: "bind9", dig: "bind9-dnsutils" });

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  installTools();
  for (const id of ["opentofu", "proxmox-provider", "kubeadm", "coredns"]) console.log(goTool(id).path);
  console.log(justBinary());
  console.log(ansiblePrograms());
  for (const version of NODES) console.log(nodeBinary(version));
}
