/** What a run starts from, in every form a text can have on somebody's disk. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { runHere } from "../support/cli.ts";
import { expectUntouched, temporaryFolder } from "../support/workspace.ts";

const SPEC = readFileSync("templates/presets/talos-cilium-envoy.yaml", "utf8");

const create = (cwd: string, config: string | Uint8Array, ...args: readonly string[]) => {
  writeFileSync(join(cwd, "mine.yaml"), config);
  return runHere("create-homelab-net", ["home", "--config", "mine.yaml", "--yes", "--no-git", ...args], { cwd });
};

describe("a homelab.yaml", () => {
  let plain: string;
  beforeAll(async () => {
    const folder = temporaryFolder("plain");
    await create(folder, SPEC);
    plain = readFileSync(join(folder, "home/homelab.yaml"), "utf8");
  });
  it.each([
    ["line ends of Windows", SPEC.replaceAll("\n", "\r\n")],
    ["line ends of two kinds", SPEC.replace("\n", "\r\n")],
    ["line ends of an old Mac", SPEC.replaceAll("\n", "\r")],
    ["no last line end", SPEC.trimEnd()],
    ["a byte order mark", `\u{FEFF}${SPEC}`],
  ])("with %s becomes the same repository", async (_, config) => {
    const folder = temporaryFolder("form");
    const { code, stderr } = await create(folder, config);
    expect([code, stderr]).toEqual([0, expect.stringContaining("files in home")]);
    expect(readFileSync(join(folder, "home/homelab.yaml"), "utf8")).toBe(plain);
  });
  it.each([
    ["UTF-16", Buffer.from(`\u{FEFF}${SPEC}`, "utf16le"), "mine.yaml is UTF-16 text"],
    ["latin 1", Buffer.from("version: 1\nname: K\u{FC}che\n", "latin1"), "mine.yaml:2: this is no UTF-8 text"],
    ["a NUL byte", "version: 1\n\0\n", "mine.yaml:2: this is no UTF-8 text"],
    ["a list", "- a\n", "mine.yaml holds a list"],
    ["a word", "ragas\n", "mine.yaml holds a single value"],
    ["a tab", "lan:\n\tcidr: 172.16.1.0/24\n", "a tab indents this line"],
    ["anchors", "a: &a\n  b: *a\n", "names a value for repetition"],
    ["depth", `a: ${"[".repeat(20_000)}`, "nested too deeply"],
    ["a typo beside missing keys", "version: 1\ndomain: [ragas.cc]\n", "did you mean `domains`?"],
    ["too much", "#".repeat(17 * 1024 * 1024), "mine.yaml is larger than 16 MiB"],
  ])("with %s is refused in its own words", async (_, config, message) => {
    const folder = temporaryFolder("refused");
    writeFileSync(join(folder, "mine.yaml"), config);
    const { code, stdout, stderr } = await expectUntouched(folder, () => create(folder, config));
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
  it.each(["", "# only words\n"])("that says nothing leaves everything to flags: %j", async (config) => {
    const folder = temporaryFolder("empty");
    const { code, stderr } = await create(folder, config);
    expect([code, stderr]).toEqual([2, expect.stringContaining("6 answers are missing")]);
  });
  it("cannot be a folder, nor empty standard input", async () => {
    const cwd = temporaryFolder("none");
    mkdirSync(join(cwd, "folder"));
    const from = (name: string) => runHere("create-homelab-net", ["home", "--config", name, "--yes"], { cwd });
    expect((await from("folder")).stderr).toContain("folder: it is a folder");
    expect(await from("-")).toMatchObject({ code: 2, stderr: expect.stringContaining("standard input is empty") });
  });
  it("with control characters does not steer the terminal", async () => {
    const folder = temporaryFolder("escape");
    const { code, stderr } = await create(folder, `${SPEC}unknown: "\u001b[2J\u0007"\n`);
    expect([code, stderr.includes("\u001b"), stderr.includes("\u0007")]).toEqual([2, false, false]);
  });
});

describe("--set", () => {
  const ANSWERS = {
    domain: "ragas.cc",
    repository: "https://github.com/example/homelab.git",
    "control-planes": "1",
    interface: "ens18",
    disk: "/dev/sda",
  };
  const flags = Object.entries(ANSWERS).flatMap(([name, value]) => [`--${name}`, value]);

  it("answers a question, and changes one machine of those a flag made", async () => {
    const cwd = temporaryFolder("set");
    const settings = ["--set", "lan.cidr=172.16.1.0/24", "--set", "cluster.nodes.talos-cp-1.disk=/dev/nvme0n1"];
    const { code } = await runHere("create-homelab-net", ["home", ...flags, ...settings, "--yes", "--no-git"], { cwd });
    expect(code).toBe(0);
    expect(readFileSync(join(cwd, "home/homelab.yaml"), "utf8")).toContain(
      "talos-cp-1: { ip: 172.16.1.50, role: control-plane, disk: /dev/nvme0n1 }",
    );
  });
  it.each(["=x", "=", "a", "__proto__.x=1", "constructor=1", "lan.hosts.__proto__=172.16.1.20", "cni=constructor"])(
    "%s is refused",
    async (setting) => {
      const folder = temporaryFolder("set");
      const { code, stderr } = await create(folder, SPEC, "--set", setting);
      expect([code, stderr]).toEqual([2, expect.stringMatching(/^error\[SPEC-/)]);
    },
  );
});
