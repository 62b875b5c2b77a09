/** Needs HOMELAB_NET_TOOLS: configuration of machines, judged by Talos as `talosctl validate` does. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { builtTool } from "../support/goTools.ts";
import { run } from "../support/run.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

interface Machine {
  readonly name: string;
  readonly role: string;
}

const networks = emittedNetworks
  .filter(({ plan }) => plan.cluster.distribution === "talos")
  .map(({ name, plan, tree, prefix }) => ({
    name,
    machines: plan.nodes as readonly Machine[],
    files: Object.fromEntries(
      [...tree]
        .map(([path, { content }]) => [path.slice(prefix.length), content] as const)
        .filter(([path]) => /^talos\/(patches|nodes)\//.test(path)),
    ),
  }));

/** What Talos says of each machine, with its patches in the order of bootstrap/talos.sh. */
async function judged(
  all: readonly { readonly files: Readonly<Record<string, string>>; readonly machines: readonly Machine[] }[],
): Promise<readonly string[]> {
  const { path, version } = await builtTool("talos-machinery");
  const lines = all.flatMap(({ files, machines }) => {
    const folder = temporaryFolder("talos");
    writeFiles(folder, files);
    return machines.map(({ name, role }) => {
      const patches = ["patches/all", ...(role === "worker" ? [] : ["patches/controlplane"]), `nodes/${name}`];
      return [role.replace("-", ""), ...patches.map((patch) => join(folder, `talos/${patch}.yaml`))].join(" ");
    });
  });
  const { code, stdout, stderr } = await run(path, [`v${version}`], {
    input: `${lines.join("\n")}\n`,
    timeout: 240_000,
  });
  expect([code, stderr]).toEqual([0, ""]);
  return stdout.trim().split("\n");
}

test("Talos takes the configuration of every machine there is", { timeout: 250_000 }, async () => {
  const named = networks.flatMap(({ name, machines }) => machines.map((machine) => `${name}, ${machine.name}`));
  const said = await judged(networks);
  expect(said).toHaveLength(named.length);
  expect(named.flatMap((name, index) => (said[index] === "ok" ? [] : `${name}: ${said[index]}`))).toEqual([]);
});

describe("Talos refuses", () => {
  const sealed = networks.find(({ name }) => name.startsWith("machines with Talos that start signed"));
  test.each([
    ["a volume that is none of its own", "talos/patches/all.yaml", "name: STATE", "name: STAT", "STAT"],
    ["a key it does not know", "talos/patches/all.yaml", "checkSecurebootStatusOnEnroll", "checkBoot", "checkBoot"],
    ["a machine without a disk", "talos/nodes/talos-cp-1.yaml", "disk: /dev/sda", "disk: ''", "disk"],
  ])("%s", { timeout: 60_000 }, async (_, path, find, replace, told) => {
    const text = sealed?.files[path] ?? "";
    expect(text).toContain(find);
    const files = { ...sealed?.files, [path]: text.replaceAll(find, replace) };
    const [said] = await judged([{ files, machines: [{ name: "talos-cp-1", role: "control-plane" }] }]);
    expect(said).not.toBe("ok");
    expect(said).toContain(told);
  });
});
