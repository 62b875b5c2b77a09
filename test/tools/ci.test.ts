import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { leftOut } from "../support/levels.ts";
import { checkout } from "../support/paths.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

interface Count {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly notes: readonly string[];
}

interface Script {
  countTests(
    report: object,
    root: string,
    levels: readonly object[],
    isExpected: (level: { readonly ci: boolean }) => boolean,
  ): Count[];
  sum(counts: readonly Count[]): { readonly passed: number; readonly failed: number };
  smoke(options: {
    readonly node: string;
    readonly packageFolder: string;
  }): { readonly name: string; readonly problem?: string }[];
}

const script = async (name: string): Promise<Script> =>
  (await import(pathToFileURL(join(checkout, "scripts", name)).href)) as Script;

const LEVELS = [
  { name: "unit", places: ["src/"], ci: true },
  { name: "tools", places: ["test/tools/"], ci: true },
  { name: "schemas", suffix: ".components.test.ts", needs: "COMPONENTS", ci: true },
  { name: "charts", suffix: ".charts.test.ts", needs: "CHARTS", ci: false },
];

const file = (name: string, ...statuses: string[]): object => ({
  name: `/checkout/${name}`,
  status: statuses.some((status) => status === "failed") ? "failed" : "passed",
  assertionResults: statuses.map((status, index) => ({ status, fullName: `test ${index}` })),
});

describe("counting", () => {
  const count = async (...testResults: object[]): Promise<Count[]> =>
    (await script("count.mjs")).countTests({ testResults }, "/checkout/", LEVELS, ({ ci }) => ci);

  test("sorts tests into levels, by suffix before folder", async () => {
    const counts = await count(
      file("src/a.test.ts", "passed", "passed"),
      file("test/tools/a.components.test.ts", "passed"),
      file("test/tools/a.test.ts", "passed"),
    );
    expect(counts.map(({ name, passed, failed }) => [name, passed, failed])).toEqual([
      ["unit", 2, 0],
      ["tools", 1, 0],
      ["schemas", 1, 0],
    ]);
    expect((await script("count.mjs")).sum(counts)).toEqual({ passed: 4, failed: 0 });
  });

  test("a level of CI without a test has failed, one that CI does not ask for has not", async () => {
    const counts = await count(file("src/a.test.ts", "passed"), file("test/tools/a.test.ts", "passed"));
    expect(counts.at(-1)).toEqual({ name: "schemas", passed: 0, failed: 1, notes: ["did not run"] });
  });

  test.each(["failed", "skipped", "pending", "todo"])("a test that is %s has failed", async (status) => {
    const [unit] = await count(file("src/a.test.ts", "passed", status));
    expect(unit).toMatchObject({ passed: 1, failed: 1, notes: [`${status}: src/a.test.ts > test 1`] });
  });

  test("a file that could not be read has failed, and so has a test that belongs to no level", async () => {
    const broken = {
      name: "/checkout/src/a.test.ts",
      status: "failed",
      message: "no such module\nstack",
      assertionResults: [],
    };
    const counts = await count(broken, file("elsewhere/a.test.ts", "failed"));
    expect(counts[0]).toMatchObject({ failed: 1, notes: ["src/a.test.ts could not run: no such module"] });
    expect(counts.at(-1)).toMatchObject({ name: "other tests", failed: 1 });
  });
});

describe("levels", () => {
  test("are left out, and said to be, when what they need is missing", () => {
    const { exclude, notes } = leftOut({ HOMELAB_NET_COMPONENTS: "/folder", HOMELAB_NET_TOOLS: "" });
    expect(exclude).toEqual(["**/*.tools.test.ts", "**/*.charts.test.ts", "**/*.cluster.test.ts"]);
    expect(notes[0]).toBe("not run: real tools (HOMELAB_NET_TOOLS is not set)");
  });
});

const PROGRAM = `
  import { existsSync, mkdirSync, writeFileSync } from "node:fs";
  const [first, ...rest] = process.argv.slice(2);
  if (first === "--help") console.log("--preset add-route");
  else if (first === "--version") console.log("1.2.3");
  else if (first === "--no-such-option") { console.error("unknown option --no-such-option"); process.exitCode = 2; }
  else if (first === "add-route") writeFileSync("route.yaml", rest[0]);
  else if (existsSync(first)) process.exitCode = 2;
  else { mkdirSync(first + "/kubernetes/apps", { recursive: true }); for (const name of ["homelab.yaml", "README.md"]) writeFileSync(first + "/" + name, ""); }`;

describe("the smoke test", () => {
  const smoke = async (program: string): Promise<(string | undefined)[]> => {
    const packageFolder = temporaryFolder("package");
    const manifest = { type: "module", version: "1.2.3", bin: { "create-homelab-net": "dist/a.js", gen: "dist/a.js" } };
    writeFiles(packageFolder, { "package.json": JSON.stringify(manifest), "dist/a.js": program });
    return (await script("smoke.mjs")).smoke({ node: process.execPath, packageFolder }).map(({ problem }) => problem);
  };

  test("passes a program that does all of it", async () => {
    const problems = await smoke(PROGRAM);
    expect(problems.length).toBeGreaterThan(5);
    expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
  });

  test.each([
    ["crashes", "throw new Error('broken')", "ended with 1, not 0"],
    ["has another version", PROGRAM.replace("1.2.3", "1.2.4"), "not 1.2.3"],
    ["writes no repository", PROGRAM.replace("homelab.yaml", "other.yaml"), "homelab.yaml is not there"],
    ["forgets the route", PROGRAM.replace('writeFileSync("route.yaml", rest[0])', "0"), "no file names smoke."],
    [
      "writes over a repository",
      PROGRAM.replace("else if (existsSync(first)) process.exitCode = 2;", ""),
      "ended with 0, not 2",
    ],
  ])("fails a program that %s", async (_, program, message) => {
    expect((await smoke(program)).join("\n")).toContain(message);
  });
});

test("the script of the checks can be read by bash", () => {
  expect(spawnSync("bash", ["-n", join(checkout, ".ci/run")]).status).toBe(0);
});
