/** One registry, three ways in: our program, the plop command, and node-plop with the inquirer our bundle leaves out. */
import nodePlop from "node-plop";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { generators } from "../../generators/index.ts";
import { assembleCatalog } from "../../src/cli/catalog.ts";
import { program } from "#generated/program";
import { register, runGenerator } from "../../src/plop/adapter.ts";
import { UserError } from "../../src/model/errors.ts";
import { isolatedEnvironment, runCli } from "../support/cli.ts";
import { checkout, dist } from "../support/paths.ts";
import { run } from "../support/run.ts";
import { recordedSession } from "../support/session.ts";
import { snapshotTree, temporaryFolder } from "../support/workspace.ts";

const PRESET = "talos-cilium-envoy";
const catalog = assembleCatalog();

async function byProgram(): Promise<string> {
  const folder = temporaryFolder("program");
  await runCli("create-homelab-net", ["home", "--preset", PRESET, "--yes", "--no-git"], { cwd: folder });
  await runCli("gen", ["add-route", "echo2.ragas.cc", "--yes"], { cwd: join(folder, "home") });
  return join(folder, "home");
}

async function byPlop(): Promise<string> {
  const folder = temporaryFolder("plop");
  const plop = async (generator: string, cwd: string, env: Readonly<Record<string, string>>): Promise<void> => {
    const { code, stdout, stderr } = await run(
      process.execPath,
      [
        join(checkout, "node_modules/plop/bin/plop.js"),
        "--plopfile",
        join(dist, "plopfile.js"),
        "--dest",
        cwd,
        generator,
      ],
      {
        cwd,
        env: { ...isolatedEnvironment(), ...env, HOMELAB_NET_YES: "true", CI: "true" },
      },
    );
    expect(code, `${stdout}${stderr}`).toBe(0);
  };
  await plop("create", folder, {
    HOMELAB_NET_ARGUMENT: join(folder, "home"),
    HOMELAB_NET_PRESET: PRESET,
    HOMELAB_NET_NO_GIT: "true",
  });
  await plop("add-route", join(folder, "home"), { HOMELAB_NET_ARGUMENT: "echo2.ragas.cc" });
  return join(folder, "home");
}

async function byNodePlop(): Promise<string> {
  const folder = temporaryFolder("node-plop");
  const home = join(folder, "home");
  const steps = [
    {
      name: "create",
      session: { cwd: folder, argument: "home", flags: { preset: PRESET, yes: true, "no-git": true } },
    },
    { name: "add-route", session: { cwd: home, argument: "echo2.ragas.cc", flags: { yes: true } } },
  ] as const;
  for (const { name, session } of steps) {
    const plop = await nodePlop("", { destBasePath: folder, force: false });
    const outcome = register(plop, generators(catalog), () => ({
      ...recordedSession({ ...session, catalog }),
      version: program.version,
    }));
    const generator = plop.getGenerator(name);
    await generator.runActions(await generator.runPrompts([]));
    expect(outcome.error).toBeUndefined();
  }
  return home;
}

describe("the same generators", () => {
  it("write the same tree through our program, the plop command and node-plop", async () => {
    const trees = [await byProgram(), await byPlop(), await byNodePlop()].map((folder) => snapshotTree(folder));
    expect(Object.keys(trees[0] ?? {}).length).toBeGreaterThan(50);
    expect(trees[1]).toEqual(trees[0]);
    expect(trees[2]).toEqual(trees[0]);
  });
  it("are listed by plop", async () => {
    const plop = await nodePlop("", { destBasePath: checkout, force: false });
    register(plop, generators(catalog), () => recordedSession({ cwd: checkout }));
    expect(plop.getGeneratorList().map(({ name }) => name)).toEqual([
      "create",
      "add-app",
      "add-route",
      "add-record",
      "remove-record",
      "add-node",
      "remove-node",
      "add-host",
      "remove-host",
      "add-network",
      "remove-network",
      "add-domain",
      "remove-domain",
      "allow",
      "disallow",
      "secrets",
      "set",
      "apply",
      "diff",
    ]);
  });
  it("keep the class of what went wrong", async () => {
    const session = recordedSession({
      cwd: temporaryFolder("wrong"),
      argument: "home",
      flags: { preset: "no-such", yes: true },
    });
    await expect(runGenerator("create", generators(catalog), session)).rejects.toBeInstanceOf(UserError);
  });
});
