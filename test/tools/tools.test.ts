import { statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import { readManifests } from "../support/manifests.ts";
import { output, run } from "../support/run.ts";
import { kustomize, kustomizeTogether, tool } from "../support/tools.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

const UNPACKING = 60_000;

describe("run", () => {
  const node = (script: string, options = {}): ReturnType<typeof run> => run(process.execPath, ["-e", script], options);

  test("gives exit code and both outputs", async () => {
    const result = await node("console.log(1); console.error(2); process.exitCode = 3");
    expect(result).toEqual({ code: 3, signal: null, stdout: "1\n", stderr: "2\n" });
  });

  test("hands over input, folder and exactly the environment", async () => {
    const cwd = temporaryFolder();
    const script =
      "process.stdin.on('data', (d) => console.log(String(d), process.cwd(), Object.keys(process.env).join()))";
    const { stdout } = await node(script, { cwd, input: "hello", env: { ONLY: "this" } });
    expect(stdout).toBe(`hello ${cwd} ONLY\n`);
  });

  test("kills what overruns its deadline and shows what it had said", async () => {
    // A shell has said it long before, also where a Node would still be starting.
    await expect(run("sh", ["-c", "echo so far; exec tail -f /dev/null"], { timeout: 500 })).rejects.toThrow(
      /did not end within 500 ms\nso far/,
    );
  });

  test("a command that is not there rejects", async () => {
    await expect(run("no-such-command", [])).rejects.toThrow("could not start no-such-command");
  });

  test("output rejects on failure, with what the command said", async () => {
    await expect(output(process.execPath, ["-e", "console.error('why'); process.exit(2)"])).rejects.toThrow(
      /ended with 2\nwhy/,
    );
  });
});

describe("tools", () => {
  test(
    "are real programs of one pinned pair",
    async () => {
      const helm = await output(tool("helm"), ["version", "--short"]);
      const kubectl = await output(tool("kubectl"), ["version", "--client"]);
      expect(helm).toMatch(/^v4\.\d+\.\d+/);
      expect(kubectl).toMatch(/Client Version: v1\.\d+\.\d+/);
      expect(statSync(tool("helm")).mode & 0o111).toBe(0o111);
    },
    UNPACKING,
  );

  test("come from PATH on other machines", () => {
    const [empty, folder] = [temporaryFolder(), temporaryFolder()];
    writeFiles(folder, { helm: "#!/bin/sh\n", kubectl: "not executable" });
    const machine = { platform: "darwin-arm64", path: [empty, folder].join(delimiter) };
    expect(tool("helm", machine)).toBe(join(folder, "helm"));
    expect(() => tool("kubectl", machine)).toThrow(
      "kubectl not found for darwin-arm64, neither in node_modules nor on PATH; install it: https://kubernetes.io/docs/tasks/tools/",
    );
  });
});

const configMap = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;
const folders = (): string => {
  const root = temporaryFolder();
  writeFiles(root, {
    "a/kustomization.yaml": "kind: Kustomization\nresources: [./one.yaml]\n",
    "a/one.yaml": configMap("one"),
    "b/kustomization.yaml": "kind: Kustomization\nresources: [./two.yaml]\n",
    "b/two.yaml": configMap("two"),
    "same/kustomization.yaml": "kind: Kustomization\nresources: [./one.yaml]\n",
    "same/one.yaml": configMap("one"),
    "broken/kustomization.yaml": "kind: Kustomization\nresources: [./missing.yaml]\n",
    "unknown/kustomization.yaml": "kind: Kustomization\nresource: [./one.yaml]\n",
  });
  return root;
};

describe("kustomize", () => {
  const names = (text: string): unknown[] =>
    readManifests(text).map(({ metadata }) => [metadata?.namespace, metadata?.name]);

  test(
    "builds a folder",
    async () => {
      expect(names(await kustomize(join(folders(), "a")))).toEqual([[undefined, "one"]]);
    },
    UNPACKING,
  );

  test.each([
    ["a file that is not there", "broken", "missing.yaml"],
    ["an unknown field", "unknown", 'unknown field "resource"'],
    ["a folder without kustomization.yaml", "", "unable to find one of 'kustomization.yaml'"],
  ])("refuses %s", async (_, folder, message) => {
    await expect(kustomize(join(folders(), folder))).rejects.toThrow(message);
  });

  test("builds many folders at once, each in its namespace", async () => {
    const root = folders();
    const text = await kustomizeTogether([{ folder: join(root, "a"), namespace: "apps" }, { folder: join(root, "b") }]);
    expect(names(text)).toEqual([
      ["apps", "one"],
      [undefined, "two"],
    ]);
  });

  test("refuses an object that two folders declare, unless their namespaces differ", async () => {
    const [a, same] = ["a", "same"].map((name) => join(folders(), name));
    if (a === undefined || same === undefined) throw new Error("two folders");
    await expect(kustomizeTogether([{ folder: a }, { folder: same }])).rejects.toThrow("already registered id");
    await expect(
      kustomizeTogether([
        { folder: a, namespace: "left" },
        { folder: same, namespace: "right" },
      ]),
    ).resolves.toContain("namespace: right");
  });
});
