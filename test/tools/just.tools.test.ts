/** Needs HOMELAB_NET_TOOLS: the short names of the steps, read by just itself. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { proxmox } from "../../src/platforms/proxmox.ts";
import { talos } from "../../src/platforms/talos.ts";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { networks } from "../fixtures/givens.ts";
import { planOf } from "../fixtures/plan.ts";
import { catalog } from "../fixtures/realCatalog.ts";
import { checkout } from "../support/paths.ts";
import { run, type RunResult } from "../support/run.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

const linux = emittedNetworks.filter(
  ({ plan: { cluster } }) => cluster.hardware === "proxmox" && cluster.distribution !== "talos",
);
const plan = planOf(networks["virtual machines on Proxmox"]);

async function just(files: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<RunResult> {
  const script = (await import(pathToFileURL(join(checkout, "scripts/tools.mjs")).href)) as { justBinary(): string };
  const root = temporaryFolder("just");
  writeFiles(root, files);
  return run(script.justBinary(), args, { cwd: root });
}

const filesOf = (...platforms: readonly (typeof talos)[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    platforms
      .flatMap((platform) => [...platform.files(plan, [], catalog)])
      .filter(([path]) => /(^justfile|\.just)$/.test(path))
      .map(([path, { content }]) => [path, content]),
  );

test.each([
  ["machines somebody starts", [talos], "apps kubeconfig kubernetes-upgrade schematic snapshot talos talos-upgrade"],
  [
    "machines on Proxmox",
    [talos, proxmox],
    "apps kubeconfig kubernetes-upgrade schematic snapshot talos talos-upgrade vms vms-plan",
  ],
] as const)("%s: every step has its name", async (_, platforms, names) => {
  const { stdout, stderr } = await just(filesOf(...platforms), "--summary");
  expect([stdout.trim(), stderr]).toEqual([names, ""]);
});

test.each(linux)(
  "$name: every step has its name, and is written as just writes it",
  async ({ tree, prefix, plan: own }) => {
    const files = Object.fromEntries(
      [...tree]
        .filter(([path]) => /(^|\/)(justfile|[^/]+\.just)$/.test(path))
        .map(([path, { content }]) => [path.slice(prefix.length), content]),
    );
    const { stdout, stderr } = await just(files, "--summary");
    expect([stdout.trim().split(" ").sort().join(" "), stderr]).toEqual([
      [
        "apps",
        "kubeconfig",
        "machines",
        "programs",
        "upgrade",
        "vms",
        "vms-plan",
        own.cluster.distribution,
        ...(own.cluster.distribution === "k3s" ? ["config", "snapshot"] : ["snapshots"]),
      ]
        .sort()
        .join(" "),
      "",
    ]);
    const vms = files["bootstrap/vms.just"] ?? "";
    expect(await just({ justfile: vms }, "--fmt", "--check", "--unstable")).toMatchObject({ code: 0 });
    const dry = await just(files, "--dry-run", "vms");
    expect(dry.stderr.trim().split("\n").at(-1)).toBe("bootstrap/vms.sh");
  },
);

test("Ansible is called where its configuration lies, with what follows the name of the step", async () => {
  const found = emittedNetworks.find(({ name }) => name.startsWith("K3s and hosts"));
  const files = Object.fromEntries(
    [...(found?.tree ?? [])]
      .filter(([path]) => /just(file)?$/.test(path))
      .map(([path, { content }]) => [path, content]),
  );
  const hosts = files["ansible/hosts.just"] ?? "";
  expect(await just({ justfile: hosts }, "--fmt", "--check", "--unstable")).toMatchObject({ code: 0 });
  const { code, stderr } = await just(files, "--dry-run", "hosts-check", "--limit", "pve1");
  expect([code, stderr.trim()]).toEqual([0, 'cd ansible && ansible-playbook site.yaml --check --diff "$@"']);
});

test("files are written as just writes them", async () => {
  const files = filesOf(talos, proxmox);
  const vms = files["bootstrap/vms.just"] ?? "";
  for (const text of [files["justfile"] ?? "", vms])
    expect(await just({ "bootstrap/vms.just": vms, justfile: text }, "--fmt", "--check", "--unstable")).toMatchObject({
      code: 0,
    });
  expect(await just({ justfile: "a:\n  b\n" }, "--fmt", "--check", "--unstable")).toMatchObject({ code: 1 });
});

test("steps run the scripts that also run without just", async () => {
  const { stderr } = await just(filesOf(talos, proxmox), "--dry-run", "vms", "kubeconfig");
  expect(stderr.trim().split("\n")).toEqual([
    "tofu -chdir=infrastructure/proxmox init",
    "tofu -chdir=infrastructure/proxmox apply",
    "bootstrap/talos.sh kubeconfig",
  ]);
});

test("a broken recipe is reported", async () => {
  expect(await just({ justfile: "a: b\n" }, "--summary")).toMatchObject({ code: 1 });
});
