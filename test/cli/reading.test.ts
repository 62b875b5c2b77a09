/** Commands that write nothing. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { runHere } from "../support/cli.ts";
import { expectUntouched, temporaryFolder } from "../support/workspace.ts";
import { REFERENCE_FILE } from "../fixtures/reference.ts";

let folder: string;

beforeAll(async () => {
  folder = join(temporaryFolder("reading"), "home");
  await runHere("create-homelab-net", ["home", "--config", REFERENCE_FILE, "--yes", "--no-git"], {
    cwd: join(folder, ".."),
  });
});

const gen = (...args: readonly string[]) => expectUntouched(folder, () => runHere("gen", args, { cwd: folder }));

describe("gen list", () => {
  it.each([
    ["components", "Envoy Gateway"],
    ["steps", "cilium/config"],
    ["addresses", "172.16.1.49"],
    ["apps", "default/echo"],
    ["routes", "echo.ragas.cc"],
    ["rules", "LB-POOL-DHCP"],
  ])("%s", async (what, expected) => {
    const { code, stdout, stderr } = await gen("list", what);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(expected);
    expect(JSON.parse((await gen("list", what, "--json")).stdout)).toMatchObject({ ok: true, command: "list" });
  });
  it("suggests the list that was meant", async () => {
    const { code, stderr } = await gen("list", "rotues");
    expect([code, stderr]).toEqual([2, expect.stringContaining("did you mean routes?")]);
  });
});

describe("gen explain", () => {
  it("names the line a value comes from", async () => {
    expect((await gen("explain", "lan.dhcp")).stdout).toMatch(/from +homelab\.yaml:\d+:\d+/);
  });
  it("names the reason of a default", async () => {
    expect((await gen("explain", "cni.hubble")).stdout).toMatch(/from +a default: /);
  });
  it("names what hangs on a key: names, addresses, files", async () => {
    const network = (await gen("explain", "lan.cidr")).stdout;
    expect(network).toMatch(/holds +172\.16\.1\.1 \(router\)/);
    expect((await gen("explain", "lan.hosts.adguard")).stdout).toMatch(/named by +lan\.dns\.0/);
    const issuer = JSON.parse((await gen("explain", "certificates.letsencrypt.environment", "--json")).stdout) as {
      "used in": readonly string[];
    };
    expect(issuer["used in"]).toContain("kubernetes/apps/network/certificates/app/certificates.yaml");
    const api = JSON.parse((await gen("explain", "cluster.api.address", "--json")).stdout) as typeof issuer;
    expect(api["used in"]).toContain("talos/nodes/talos-cp-1.yaml");
  });
  it("says all about a rule, anywhere", async () => {
    const { stdout, code } = await runHere("gen", ["explain", "lb-pool-dhcp"], { cwd: temporaryFolder("anywhere") });
    expect(code).toBe(0);
    expect(stdout).toContain("RFC 2131");
  });
  it("suggests what was meant", async () => {
    const { code, stderr } = await gen("explain", "lan.dhpc");
    expect([code, stderr]).toEqual([2, expect.stringContaining("did you mean lan.dhcp?")]);
  });
});

describe("gen completion", () => {
  it("gives bash a script that completes commands, flags, values and settings", async () => {
    const { stdout, code } = await gen("completion", "bash");
    expect(code).toBe(0);
    const script = join(temporaryFolder("completion"), "gen.bash");
    writeFileSync(script, stdout);
    const complete = (...words: readonly string[]): readonly string[] => {
      const program = words[0] === "gen" ? "_gen" : "_create_homelab_net";
      const list = words.map((word) => `'${word}'`).join(" ");
      const output = execFileSync(
        "bash",
        [
          "-c",
          `compopt() { :; }; source ${script}; COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; ${program}; printf '%s\\n' "\${COMPREPLY[@]}"`,
        ],
        { encoding: "utf8" },
      );
      return output.trim().split("\n");
    };
    const adding = "add-app add-route add-record add-node add-host add-network add-domain";
    expect(complete("gen", "add-")).toEqual(adding.split(" "));
    expect(complete("gen", "add-route", "--ga")).toEqual(["--gateway"]);
    expect(complete("gen", "list", "rou")).toEqual(["routes"]);
    expect(complete("create-homelab-net", "--preset", "tal")).toEqual(["talos-cilium-envoy"]);
    expect(complete("create-homelab-net", "--set", "cni.rou")).toEqual(["cni.routing="]);
  });
  it.each(["zsh", "fish"])("has one for %s", async (shell) => {
    const { stdout, code } = await gen("completion", shell);
    expect([code, stdout.includes("add-route")]).toEqual([0, true]);
  });
  it("knows no other shell", async () => {
    expect((await gen("completion", "powershell")).code).toBe(2);
  });
});

describe("gen", () => {
  it("is also a command of create-homelab-net", async () => {
    const { stdout } = await runHere("create-homelab-net", ["gen", "list", "routes"], { cwd: folder });
    expect(stdout).toContain("echo.ragas.cc");
  });
  it("shows its commands, on stderr with 2 when none is named", async () => {
    expect(await gen("--help")).toMatchObject({ code: 0, stderr: "" });
    expect(await gen()).toMatchObject({ code: 2, stdout: "" });
  });
  it("suggests the command that was meant", async () => {
    const { code, stderr } = await gen("add-rout");
    expect([code, stderr]).toEqual([2, expect.stringContaining("Did you mean add-route?")]);
  });
});
