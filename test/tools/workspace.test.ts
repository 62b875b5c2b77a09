import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { cacheFolder, checkout } from "../support/paths.ts";
import { expectUntouched, snapshotTree, temporaryFolder, writeFiles } from "../support/workspace.ts";

describe("temporary folders", () => {
  test("lie outside the checkout and refuse to lie inside", () => {
    expect(existsSync(temporaryFolder())).toBe(true);
    expect(() => temporaryFolder("test", checkout)).toThrow("is inside the checkout");
    expect(() => temporaryFolder("test", cacheFolder("workspace"))).toThrow("set TMPDIR to a folder outside it");
  });

  test("a symbolic link into the checkout is no way in", () => {
    const link = join(temporaryFolder(), "link");
    symlinkSync(checkout, link);
    expect(() => temporaryFolder("test", link)).toThrow("is inside the checkout");
  });

  test("are gone after the tests of the file", () => {
    const script = `import { temporaryFolder } from ${JSON.stringify(join(checkout, "test/support/workspace.ts"))}; console.log(temporaryFolder());`;
    const file = join(temporaryFolder(), "leaves.test.ts");
    writeFileSync(file, `${script}\nimport { test } from "vitest"; test("makes one", () => {});`);
    const setupFiles = [join(checkout, "test/support/cleanUp.ts")];
    writeFiles(dirname(file), { "vitest.config.mjs": `export default ${JSON.stringify({ test: { setupFiles } })}` });
    const { stdout } = spawnSync("npx", ["vitest", "run", "--root", dirname(file), "--reporter=verbose"], {
      cwd: checkout,
      encoding: "utf8",
    });
    const folder = /\S*homelab-net-test-\w+/.exec(stdout)?.[0] ?? "";
    expect(stdout).toContain("1 passed");
    expect(folder).not.toBe("");
    expect(existsSync(folder)).toBe(false);
  }, 60_000);
});

describe("snapshots", () => {
  const folder = (): string => {
    const made = temporaryFolder();
    writeFiles(made, { "b.txt": "b\n", "a/run.sh": "#!/bin/sh\n", "empty/": "", ".git/index": "x" });
    return made;
  };

  test("have every file by path, in order, with text, hash and mode", () => {
    const made = folder();
    const snapshot = snapshotTree(made);
    expect(Object.keys(snapshot)).toEqual(["a/run.sh", "b.txt", "empty/"]);
    expect(snapshot["a/run.sh"]).toMatchObject({ mode: 0o755, text: "#!/bin/sh\n" });
    expect(snapshot["b.txt"]?.sha256).toBe("0263829989b6fd954f72baaf2fc64bc2e2f01d692d4de72986ea808f6e99813f");
    expect(Object.keys(snapshotTree(made, { git: true }))).toContain(".git/index");
  });

  test("of a folder that is not there are empty", () => {
    expect(snapshotTree(join(temporaryFolder(), "none"))).toEqual({});
  });

  test.each<[string, (folder: string) => void]>([
    ["changes a text", (made) => writeFileSync(join(made, "b.txt"), "c\n")],
    ["changes a mode", (made) => chmodSync(join(made, "b.txt"), 0o600)],
    ["adds a file", (made) => writeFileSync(join(made, "new"), "")],
    ["adds a folder", (made) => mkdirSync(join(made, "new"))],
    ["removes a file", (made) => rmSync(join(made, "b.txt"))],
    ["puts a link in its place", (made) => (rmSync(join(made, "b.txt")), symlinkSync("a/run.sh", join(made, "b.txt")))],
  ])("expectUntouched notices an action that %s", async (_, action) => {
    const made = folder();
    await expect(expectUntouched(made, () => action(made))).rejects.toThrow();
  });

  test("expectUntouched passes on what the action returns and throws", async () => {
    const made = folder();
    await expect(expectUntouched(made, () => 1)).resolves.toBe(1);
    await expect(expectUntouched(made, () => Promise.reject(new Error("its own")))).rejects.toThrow("its own");
  });
});
