import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startCli } from "../support/cli.ts";
import { edit, expectInLine, gen, repositories, textAt } from "../support/repository.ts";
import { expectUntouched } from "../support/workspace.ts";

const POOLS = "kubernetes/apps/kube-system/cilium/config/pools.yaml";

const made = repositories();

/** The user and we make the same line another. */
function conflicting(): string {
  const folder = made.fresh();
  edit(folder, POOLS, "172.16.1.69", "172.16.1.67");
  edit(folder, "homelab.yaml", "172.16.1.60-172.16.1.69", "172.16.1.60-172.16.1.68");
  return folder;
}

const line = (): number =>
  textAt(made.template, POOLS)
    .split("\n")
    .findIndex((text) => text.includes("172.16.1.69")) + 1;

describe("a conflict", () => {
  it.each([[["--yes"]], [[]], [["--yes", "--dry-run"]]])(
    "is named with its line and stops everything: %j",
    async (args) => {
      const folder = conflicting();
      const { code, stderr } = await expectUntouched(folder, () => gen(folder, "apply", ...args));
      expect(code).toBe(3);
      expect(stderr).toContain(`${POOLS}:${line()}`);
    },
  );

  it("is written with both versions when that was asked for, and is done once it is resolved", async () => {
    const folder = conflicting();
    const { code, stderr } = await gen(folder, "apply", "--conflicts", "mark", "--yes");
    expect(code).toBe(3);
    expect(stderr).toContain(`1. resolve ${POOLS}:${line()}`);
    const marked = textAt(folder, POOLS);
    for (const part of ["<<<<<<< yours", "172.16.1.67", "172.16.1.69", "172.16.1.68", ">>>>>>> generated now"])
      expect(marked).toContain(part);
    const unresolved = await expectUntouched(folder, () => gen(folder, "apply", "--yes"));
    expect(unresolved.code).toBe(3);
    expect(unresolved.stderr).toContain(`a conflict is not resolved yet: ${POOLS}:${line()}`);
    writeFileSync(join(folder, POOLS), textAt(made.template, POOLS).replace("172.16.1.69", "172.16.1.66"));
    await expectInLine(folder);
    // The next change meets the resolved text, with what was generated last as their origin.
    edit(folder, "homelab.yaml", "{ lan: 172.16.1.60", "{ lan: 172.16.1.59");
    expect((await gen(folder, "apply")).code).toBe(3);
  });

  it("leaves the user's file alone when that was asked for", async () => {
    const folder = conflicting();
    const mine = textAt(folder, POOLS);
    expect((await gen(folder, "apply", "--conflicts", "mine", "--yes")).code).toBe(0);
    expect(textAt(folder, POOLS)).toBe(mine);
    expect(textAt(folder, "docs/network.md")).toContain("172.16.1.68");
    await expectInLine(folder);
  });

  it("ends in the generated text when that was asked for by name", async () => {
    const folder = conflicting();
    expect((await gen(folder, "apply", "--restore", POOLS, "--yes")).code).toBe(0);
    expect(textAt(folder, POOLS)).toBe(textAt(made.template, POOLS).replace("172.16.1.69", "172.16.1.68"));
  });

  it("is asked about in a terminal, where nothing but yes is one", async () => {
    const folder = conflicting();
    const declined = startCli("gen", ["apply"], { cwd: folder });
    await expectUntouched(folder, async () => {
      await declined.waitFor("Apply, leaving 1 conflict for you to resolve?");
      declined.key("enter");
      expect((await declined.exit).code).toBe(3);
    });
    const accepted = startCli("gen", ["apply"], { cwd: folder });
    await accepted.waitFor("for you to resolve?");
    accepted.type("y");
    accepted.key("enter");
    expect((await accepted.exit).code).toBe(3);
    expect(textAt(folder, POOLS)).toContain("<<<<<<< yours");
  });

  it("is data with --json", async () => {
    const folder = conflicting();
    const { code, stdout, stderr } = await gen(folder, "apply", "--json");
    expect([code, stderr]).toEqual([3, ""]);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      exitCode: 3,
      command: "apply",
      written: false,
      conflicts: [{ path: POOLS, lines: [line()] }],
    });
  });
});
