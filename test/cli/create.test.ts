import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importsLoaded } from "../support/imports-loaded.ts";
import { isolatedEnvironment, programFile, runCli, runHere } from "../support/cli.ts";
import { expectUntouched, snapshotTree, temporaryFolder } from "../support/workspace.ts";

const PRESET = ["--preset", "talos-cilium-envoy"] as const;

const create = (cwd: string, ...args: readonly string[]) => runHere("create-homelab-net", args, { cwd });

/** With git, which says who commits. */
const createAndCommit = (cwd: string, ...args: readonly string[]) => runCli("create-homelab-net", args, { cwd });

describe("help and mistakes in the arguments", () => {
  it("loads three files of ours at most, and no dependency", async () => {
    for (const program of ["create-homelab-net", "gen"] as const) {
      const { modules, code } = await importsLoaded(programFile(program), ["--help"], { cwd: temporaryFolder("help") });
      expect(code).toBe(0);
      expect(modules.length).toBeGreaterThan(0);
      expect(modules.length).toBeLessThanOrEqual(3);
      expect(modules.filter((module) => module.includes("node_modules"))).toEqual([]);
    }
  });
  it("prints help on stdout, within a hundred columns", async () => {
    const { code, stdout, stderr } = await create(temporaryFolder("help"), "--help");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("--node-addresses FIRST-LAST");
    expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
  });
  it("prints the version, also for npm create's separator", async () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    expect((await create(temporaryFolder("version"), "--", "--version")).stdout).toBe(`${version}\n`);
  });
  it.each([
    [["--gitpos", "flux"], "error: unknown option --gitpos."],
    [["--prset", "x"], "Did you mean --preset?"],
    [["--preset"], "--preset needs a value"],
    [["--yes=no"], "--yes takes no value"],
    [["one", "two"], "one [dir] is enough"],
    [["x", "--preset", "talos-cilium-envy", "--yes"], "did you mean talos-cilium-envoy?"],
    [["x", "--config", "nowhere.yaml", "--yes"], "nowhere.yaml: there is no such file"],
    [["x", "--config", "a", "--preset", "b", "--yes"], "both say what to start from"],
  ])("%j ends with 2 and says what to do", async (args, message) => {
    const folder = temporaryFolder("mistake");
    const { code, stderr, stdout } = await expectUntouched(folder, () => create(folder, ...args));
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});

describe("a new repository", () => {
  it("appears whole, with one commit, and says what is next", async () => {
    const folder = temporaryFolder("create");
    const { code, stdout, stderr } = await createAndCommit(folder, "home", ...PRESET, "--yes");
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toContain("172.16.1.60-69");
    expect(stderr).toMatch(/Next\n {2}1\. cd home/);
    expect(readdirSync(folder)).toEqual(["home"]);
    const git = (...args: readonly string[]) =>
      execFileSync("git", args, { cwd: join(folder, "home"), encoding: "utf8", env: isolatedEnvironment() });
    expect(git("rev-list", "--count", "HEAD").trim()).toBe("1");
    expect(git("status", "--porcelain")).toBe("");
    expect(git("branch", "--show-current").trim()).toBe("main");
  });
  it("is staged but not committed while nobody is known to commit", async () => {
    const folder = temporaryFolder("create");
    const { code, stderr } = await runCli("create-homelab-net", ["home", ...PRESET, "--yes"], {
      cwd: folder,
      identity: false,
    });
    expect(code).toBe(0);
    expect(stderr).toMatch(/user\.name|user\.email/);
    expect(existsSync(join(folder, "home/.git"))).toBe(true);
  });
  it("is the same bytes every time", async () => {
    const [one, two] = [temporaryFolder("one"), temporaryFolder("two")];
    await create(one, "home", ...PRESET, "--yes", "--no-git");
    await create(two, "home", ...PRESET, "--yes", "--no-git");
    expect(snapshotTree(two)).toEqual(snapshotTree(one));
  });
  it("comes from a file, standard input and its own homelab.yaml alike", async () => {
    const folder = temporaryFolder("config");
    await create(folder, "one", ...PRESET, "--yes", "--no-git");
    const config = readFileSync(join(folder, "one/homelab.yaml"), "utf8");
    await create(folder, "two", "--config", "one/homelab.yaml", "--yes", "--no-git");
    await runHere("create-homelab-net", ["three", "--config", "-", "--yes", "--no-git"], {
      cwd: folder,
      input: config,
    });
    expect(snapshotTree(join(folder, "two"))).toEqual(snapshotTree(join(folder, "one")));
    expect(snapshotTree(join(folder, "three"))).toEqual(snapshotTree(join(folder, "one")));
  });
  it("can be the sub-folder of a larger repository", async () => {
    const folder = temporaryFolder("monorepo");
    const { code } = await create(
      folder,
      "mono",
      ...PRESET,
      "--yes",
      "--no-git",
      "--set",
      "repository.path=clusters/home",
    );
    expect(code).toBe(0);
    const root = join(folder, "mono/clusters/home");
    expect(readFileSync(join(root, "kubernetes/flux/cluster/ks.yaml"), "utf8")).toContain(
      "path: ./clusters/home/kubernetes/apps",
    );
    const added = await runHere("gen", ["add-route", "echo2.ragas.cc", "--yes"], {
      cwd: join(root, "kubernetes/apps"),
    });
    expect([
      added.code,
      existsSync(join(root, "kubernetes/apps/default/echo/app/httproute-echo2.ragas.cc.yaml")),
    ]).toEqual([0, true]);
  });
});

describe("nothing is written", () => {
  it("by a dry run, which shows the files", async () => {
    const folder = temporaryFolder("dry");
    const { code, stderr } = await expectUntouched(folder, () =>
      create(folder, "home", ...PRESET, "--yes", "--dry-run"),
    );
    expect(code).toBe(0);
    expect(stderr).toContain("+ homelab.yaml");
    expect(stderr).toContain("dry run: nothing was written");
  });
  it("where files would be overwritten, which are named", async () => {
    const folder = temporaryFolder("clash");
    mkdirSync(join(folder, "home"));
    writeFileSync(join(folder, "home/homelab.yaml"), "mine\n");
    const { code, stderr } = await expectUntouched(folder, () => createAndCommit(folder, "home", ...PRESET, "--yes"));
    expect(code).toBe(2);
    expect(stderr).toContain("homelab.yaml");
    expect((await create(folder, "home", ...PRESET, "--yes", "--force", "--no-git")).code).toBe(0);
  });
  it("through a symbolic link that leads out", async () => {
    const folder = temporaryFolder("link");
    mkdirSync(join(folder, "outside"));
    mkdirSync(join(folder, "home"));
    writeFileSync(join(folder, "home/README.md"), "mine\n");
    symlinkSync(join(folder, "outside"), join(folder, "home/kubernetes"));
    const { code, stderr } = await expectUntouched(folder, () =>
      createAndCommit(folder, "home", ...PRESET, "--yes", "--force"),
    );
    expect(code).toBe(2);
    expect(stderr).toContain("kubernetes");
  });
  it("while answers are missing, all of which are named", async () => {
    const folder = temporaryFolder("missing");
    const { code, stderr } = await expectUntouched(folder, () => create(folder, "home", "--yes"));
    expect(code).toBe(2);
    for (const flag of ["--domain", "--repository", "--lan", "--control-planes", "--interface", "--disk"])
      expect(stderr).toContain(flag);
  });
});

describe("the environment", () => {
  it("without git ends with 4 before anything is written, and works without a repository", async () => {
    const folder = temporaryFolder("no-git");
    const env = { PATH: join(folder, "nothing") };
    const refused = await expectUntouched(folder, () =>
      runCli("create-homelab-net", ["home", ...PRESET, "--yes"], { cwd: folder, env }),
    );
    expect(refused.code).toBe(4);
    expect(refused.stderr).toContain("git not found");
    expect(
      (await runCli("create-homelab-net", ["home", ...PRESET, "--yes", "--no-git"], { cwd: folder, env })).code,
    ).toBe(0);
  });
  it("supplies answers", async () => {
    const folder = temporaryFolder("environment");
    const env = {
      HOMELAB_NET_PRESET: "talos-cilium-envoy",
      HOMELAB_NET_NAME: "from-env",
      HOMELAB_NET_NO_GIT: "1",
      HOMELAB_NET_YES: "true",
    };
    expect((await runHere("create-homelab-net", ["home"], { cwd: folder, env })).code).toBe(0);
    expect(readFileSync(join(folder, "home/homelab.yaml"), "utf8")).toContain("name: from-env");
  });
});

describe("--json", () => {
  it("prints one object and nothing else", async () => {
    const folder = temporaryFolder("json");
    const { code, stdout, stderr } = await createAndCommit(folder, "home", ...PRESET, "--yes", "--json");
    expect([code, stderr]).toEqual([0, ""]);
    const result = JSON.parse(stdout) as { ok: boolean; written: boolean; changes: readonly { path: string }[] };
    expect([result.ok, result.written]).toEqual([true, true]);
    expect(result.changes.map(({ path }) => path)).toContain("homelab.yaml");
  });
  it("is an object for a mistake as well", async () => {
    const folder = temporaryFolder("json");
    const { code, stdout } = await create(
      folder,
      "home",
      ...PRESET,
      "--set",
      "lan.dhcp=172.16.1.60-172.16.1.80",
      "--yes",
      "--json",
    );
    expect(code).toBe(2);
    const result = JSON.parse(stdout) as { ok: boolean; findings: readonly { id: string }[] };
    expect([result.ok, result.findings.map(({ id }) => id)]).toEqual([false, ["LB-POOL-DHCP"]]);
  });
});
