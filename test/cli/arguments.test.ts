/** Words and variables that are not what they look like, and output nobody reads. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isolatedEnvironment, programFile, runHere } from "../support/cli.ts";
import { gen, repositories } from "../support/repository.ts";
import { expectUntouched, temporaryFolder } from "../support/workspace.ts";

const made = repositories();

const PRESET = ["--preset", "talos-cilium-envoy", "--yes", "--no-git"] as const;

describe("arguments", () => {
  it.each([
    [["", ...PRESET], "[dir] is empty"],
    [["home", ...PRESET, "--name", ""], "--name needs a value"],
    [["home", ...PRESET, "--name="], "--name needs a value"],
    [["home", "--config", ""], "--config needs a value"],
    [["home", "--config", "a", "--config", "b"], "--config stands twice"],
    [["home", ...PRESET, "--constructor"], "unknown option --constructor"],
    [["gen", "__proto__"], "unknown command __proto__"],
    [["gen", "completion", "constructor"], "there is no completion for constructor"],
    [["gen", "completion", "__proto__"], "there is no completion for __proto__"],
  ])("%j ends with 2", async (args, message) => {
    const cwd = temporaryFolder("arguments");
    const { code, stdout, stderr } = await expectUntouched(cwd, () => runHere("create-homelab-net", args, { cwd }));
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
  it("may be empty where nothing is an answer", async () => {
    const cwd = temporaryFolder("arguments");
    const { code } = await runHere("create-homelab-net", ["home", ...PRESET, "--taken", "", "--dry-run"], { cwd });
    expect(code).toBe(0);
  });
  it.each(["constructor", "toString", "lan.constructor", "lan.dns.length"])("%s is no key to explain", async (key) => {
    const { code, stderr } = await gen(made.template, "explain", key);
    expect([code, stderr]).toEqual([2, expect.stringContaining("is neither a key of homelab.yaml nor a rule")]);
  });
});

describe("HOMELAB_NET_*", () => {
  const create = (env: Readonly<Record<string, string>>, ...args: readonly string[]) => {
    const cwd = temporaryFolder("environment");
    return { cwd, result: runHere("create-homelab-net", ["home", ...PRESET, ...args], { cwd, env }) };
  };
  it.each([
    [{ HOMELAB_NET_DRYRUN: "1" }, "Did you mean HOMELAB_NET_DRY_RUN?"],
    [{ HOMELAB_NET_DRY_RUN: "perhaps" }, "is neither on nor off"],
    [{ HOMELAB_NET_NAME: "Not A Name" }, "HOMELAB_NET_NAME Not A Name"],
    [{ HOMELAB_NET_SET: "cni" }, "HOMELAB_NET_SET cni: a setting is PATH=VALUE"],
  ])("%j is refused by its name", async (env, message) => {
    const { cwd, result } = create(env);
    const { code, stderr } = await result;
    expect([code, existsSync(join(cwd, "home"))]).toEqual([2, false]);
    expect(stderr).toContain(message);
  });
  it.each(["1", "on", "TRUE"])("a switch is on with %s", async (text) => {
    const { cwd, result } = create({ HOMELAB_NET_DRY_RUN: text });
    expect([(await result).code, existsSync(join(cwd, "home"))]).toEqual([0, false]);
  });
  it("leaves other variables alone, and what is empty or off", async () => {
    const { result } = create(
      { HOMELAB_NET_COMPONENTS: "x", HOMELAB_NET_TOOLS: "1", HOMELAB_NET_NAME: "", HOMELAB_NET_JSON: "0" },
      "--dry-run",
    );
    expect(await result).toMatchObject({ code: 0, stdout: "" });
  });
  it("is weaker than a flag, also about what to start from", async () => {
    const { result } = create({ HOMELAB_NET_CONFIG: "nowhere.yaml" }, "--dry-run");
    expect((await result).code).toBe(0);
  });
});

describe("--json", () => {
  it.each([
    [["home", "--json"], {}, 2],
    [["home", ...PRESET, "--json", "--bogus"], {}, 2],
    [["home", ...PRESET, "--json=yes"], {}, 2],
    [["home", ...PRESET, "--json", "--dry-run", "--diff"], {}, 0],
    [["home", ...PRESET, "--json"], {}, 0],
    [["home", ...PRESET], { HOMELAB_NET_JSON: "true" }, 0],
    [["home", "--bogus"], { HOMELAB_NET_JSON: "true" }, 2],
    [["gen", "list", "--json"], {}, 2],
    [["gen", "list", "rules", "--json"], {}, 0],
    [["gen", "nothing", "--json"], {}, 2],
  ])("%j with %j prints one object and nothing else", async (args, env, exitCode) => {
    const { code, stdout, stderr } = await runHere("create-homelab-net", args, { cwd: temporaryFolder("json"), env });
    expect([code, stderr]).toEqual([exitCode, ""]);
    expect(JSON.parse(stdout)).toMatchObject({ ok: exitCode === 0 });
  });
});

describe("output that nobody takes", () => {
  const bash = (script: string, cwd: string): string =>
    execFileSync(
      "bash",
      ["-c", script, "bash", process.execPath, programFile("gen"), programFile("create-homelab-net")],
      {
        cwd,
        env: isolatedEnvironment(),
        encoding: "utf8",
      },
    ).trim();

  it("is no error, and does not stop what was asked for", () => {
    const cwd = temporaryFolder("pipe");
    expect(bash('{ "$1" "$2" list rules; echo $? >code; } 2>errors | :; cat code errors', cwd)).toBe("0");
    expect(bash('{ "$1" "$3" --help; echo $? >code; } 2>errors | :; cat code errors', cwd)).toBe("0");
    expect(bash(`"$1" "$3" home ${PRESET.join(" ")} 2> >(:); echo $?`, cwd)).toBe("0");
    expect(readFileSync(join(cwd, "home/homelab.yaml"), "utf8")).toContain("version: 1");
  });
  it("nor a folder that is gone: that is the environment's fault", () => {
    const cwd = temporaryFolder("gone");
    const said = bash('mkdir here; cd here; rmdir ../here; "$1" "$2" list 2>&1; echo $?', cwd);
    expect(said).toBe("error: the folder you are in is gone, or may not be entered\n  change into another one\n4");
  });
});
