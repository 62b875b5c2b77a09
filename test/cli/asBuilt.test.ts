/**
 * What is published against what the other tests run: each command once as built, in a process, and once in the process
 * of the tests. They say the same, end alike and leave the same files.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { reference, REFERENCE_FILE } from "../fixtures/reference.ts";
import { onlyGit, runCli, runHere, type HereResult, type Program } from "../support/cli.ts";
import { edit, repositories } from "../support/repository.ts";
import { snapshotTree, temporaryFolder } from "../support/workspace.ts";

interface Run {
  readonly program?: Program;
  readonly args: readonly string[];
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly code?: number;
}

interface End extends HereResult {
  readonly files: ReturnType<typeof snapshotTree>;
}

const APP = ["--image", "ghcr.io/owner/app:1.2.3", "--port", "8096", "--namespace", "media"];
const made = repositories();

/** Where it runs is of no account, in what is said. */
const placeless = (text: string, folder: string): string => text.replaceAll(folder, "<folder>");

async function bothEnds(folders: readonly [string, string], { program = "gen", args, input, env }: Run) {
  const [built, here] = folders;
  const options = { ...(input !== undefined && { input }), env: { PATH: onlyGit(), ...env } };
  const endIn = (cwd: string, { code, stdout, stderr }: HereResult): End => ({
    code,
    stdout: placeless(stdout, cwd),
    stderr: placeless(stderr, cwd),
    files: snapshotTree(cwd),
  });
  return {
    asBuilt: endIn(built, await runCli(program, args, { cwd: built, ...options })),
    here: endIn(here, await runHere(program, args, { cwd: here, ...options })),
  };
}

const creating = (...args: readonly string[]): Run => ({ program: "create-homelab-net", args });

describe("outside a repository", () => {
  it.each<Run>([
    creating("home", "--config", REFERENCE_FILE, "--yes", "--no-git"),
    creating("home", "--preset", "talos-cilium-envoy", "--json", "--no-git"),
    { ...creating("home", "--config", "-", "--yes", "--no-git"), input: reference },
    {
      ...creating("home", "--config", "-", "--yes"),
      input: reference.replace("60-172.16.1.69", "60-172.16.1.120"),
      code: 2,
    },
    { ...creating("home"), env: { HOMELAB_NET_DRYRUN: "1" }, code: 2 },
    { ...creating("home", "--json", "--bogus"), code: 2 },
    creating("--version"),
    { args: ["--help"] },
    { args: [], code: 2 },
    { args: ["list"], code: 2 },
    { args: ["completion", "bash"] },
    { args: ["explain", "lb-pool-dhcp"], env: { FORCE_COLOR: "1" } },
  ])("$program $args", async ({ code = 0, ...run }) => {
    const { asBuilt, here } = await bothEnds([temporaryFolder("built"), temporaryFolder("here")], run);
    expect(asBuilt).toEqual(here);
    expect(asBuilt.code).toBe(code);
  });
});

describe("in a repository", () => {
  let folders: readonly [string, string];
  beforeAll(() => {
    folders = [made.fresh(), made.fresh()];
  });
  // Each finds what those before it left behind.
  it.each<Run>([
    { args: ["list"] },
    { args: ["list", "addresses", "--json"] },
    { args: ["explain", "cni.hubble"] },
    { args: ["add-app", "jellyfin", ...APP, "--route", "jellyfin.ragas.cc", "--yes"] },
    { args: ["add-route", "nas.ragas.cc", "--to", "172.16.1.20:5000", "--yes"] },
    { args: ["add-record", "printer.ragas.cc", "--to", "pve1", "--json"] },
    { args: ["add-record", "printer.ragas.cc", "--to", "pve2", "--yes"], code: 3 },
    { args: ["add-host", "printer", "--ip", "172.16.1.30", "--yes"] },
    { args: ["add-node", "box", "--ip", "172.16.1.54", "--role", "worker", "--proxmox-host", "pve1", "--yes"] },
    { args: ["add-node", "cp", "--ip", "172.16.1.55", "--role", "control-plane", "--json"], code: 2 },
    { args: ["remove-node", "box", "--json"] },
    { args: ["add-network", "iot", "--cidr", "192.168.30.0/24", "--interface", "ens19", "--attach", "media", "--yes"] },
    { args: ["remove-network", "iot", "--yes"] },
    { args: ["add-domain", "ragas.dev", "--json"] },
    { args: ["secrets", "--list", "--json"] },
    { args: ["remove-domain", "ragas.cc", "--yes"], code: 2 },
    { args: ["remove-domain", "ragas.dev", "--yes"] },
    { args: ["remove-record", "printer.ragas.cc", "--yes"] },
    { args: ["remove-host", "printer", "--yes"] },
    { args: ["set", "cni.loadBalancing.mode=snat", "--yes"] },
    { args: ["set", "--unset", "cni.loadBalancing.mode", "--yes"] },
    { args: ["check", "--strict", "--verbose"] },
    { args: ["apply", "--yes"] },
    { args: ["diff"] },
  ])("gen $args", async ({ code = 0, ...run }) => {
    const { asBuilt, here } = await bothEnds(folders, run);
    expect(asBuilt).toEqual(here);
    expect(asBuilt.code).toBe(code);
  });
  it("with something for apply to do, and something wrong for check to say", async () => {
    for (const folder of folders) edit(folder, "homelab.yaml", "name: ragas\n", "name: other\n");
    for (const [args, code] of [
      [["diff", "--diff"], 3],
      [["check"], 0],
      [["apply", "--yes", "--diff"], 0],
    ] as const) {
      const { asBuilt, here } = await bothEnds(folders, { args });
      expect(asBuilt).toEqual(here);
      expect(asBuilt.code).toBe(code);
    }
  });
});
