/** The package as it is published: one package, small, with everything it needs and nothing else. */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkout, dist } from "../support/paths.ts";
import { output } from "../support/run.ts";

interface Packed {
  readonly files: readonly { readonly path: string }[];
  readonly unpackedSize: number;
  readonly size: number;
}

const manifest = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as Readonly<Record<string, unknown>>;

describe("the published package", () => {
  it("needs no other package", () => {
    for (const kind of ["dependencies", "optionalDependencies", "peerDependencies", "bundleDependencies"])
      expect(manifest).not.toHaveProperty(kind);
  });
  it("has the programs, their chunks, the licences, and nothing else", async () => {
    const [packed] = JSON.parse(
      await output("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: checkout }),
    ) as readonly [Packed];
    const paths = packed.files.map(({ path }) => path);
    const allowed =
      /^(LICENSE|README\.md|package\.json|dist\/(create-homelab-net|gen|plopfile)\.js|dist\/chunks\/[\w.-]+\.js|dist\/THIRD-PARTY-LICENCES\.txt)$/;
    expect(paths.filter((path) => !allowed.test(path))).toEqual([]);
    for (const path of ["LICENSE", "dist/create-homelab-net.js", "dist/gen.js", "dist/THIRD-PARTY-LICENCES.txt"])
      expect(paths).toContain(path);
    // Twice what it is with apply, check and the pages of one network: libraries make up most of it, a component adds
    // some kB. A whole library more would be seen.
    expect(packed.unpackedSize).toBeLessThan(2_000_000);
    expect(packed.size).toBeLessThan(600_000);
  });
  it("has entries that only start", () => {
    for (const program of ["create-homelab-net.js", "gen.js"])
      expect(statSync(join(dist, program)).size).toBeLessThan(1000);
  });
  it("passes on the licence of everything it bundles", () => {
    const licences = readFileSync(join(dist, "THIRD-PARTY-LICENCES.txt"), "utf8");
    for (const name of [
      "handlebars",
      "node-plop",
      "yaml",
      "zod",
      "simple-git",
      "ip-address",
      "@inquirer/core",
      "node-diff3",
    ])
      expect(licences).toMatch(new RegExp(`^${name} \\d`, "m"));
  });
});
