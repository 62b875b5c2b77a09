/** K3s that the cluster starts to upgrade by itself, in a repository whose version Renovate has moved. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { expectInLine, gen, repositories, textAt } from "../support/repository.ts";

const made = repositories("--preset", "k3s-kubevip-traefik");
const SCRIPT = "bootstrap/k3s.sh";
const PLANS = "kubernetes/apps/system-upgrade/system-upgrade-controller/plans/plans.yaml";

const versionsIn = (folder: string): readonly (string | undefined)[] => [
  /^k3s_version=(\S+)$/m.exec(textAt(folder, SCRIPT))?.[1],
  ...[...textAt(folder, PLANS).matchAll(/^ {2}version: (\S+)$/gm)].map(([, version]) => version),
];

const move = (folder: string, path: string, from: string, to: string): void =>
  writeFileSync(join(folder, path), textAt(folder, path).replace(from, to));

describe("gen set cluster.upgrades=controller", () => {
  it("writes Plans that have the version the script was moved to", async () => {
    const folder = made.fresh();
    const [pinned = ""] = /v1\.\d+\.\d+\+k3s\d+/.exec(textAt(folder, SCRIPT)) ?? [];
    move(folder, SCRIPT, pinned, "v1.36.99+k3s1");
    const { code, stderr } = await gen(folder, "set", "cluster.upgrades=controller", "--yes");
    expect(code, stderr).toBe(0);
    expect(versionsIn(folder)).toEqual(["v1.36.99+k3s1", "v1.36.99+k3s1", "v1.36.99+k3s1"]);
    await expectInLine(folder);
    expect((await gen(folder, "check")).code).toBe(0);

    move(folder, PLANS, "v1.36.99+k3s1", "v1.36.100+k3s1");
    const apart = await gen(folder, "check");
    expect([apart.code, apart.stdout + apart.stderr]).toEqual([2, expect.stringContaining("VERSIONS-TWICE")]);
  });

  it("takes the Plans away when the script is asked for again", async () => {
    const folder = made.fresh();
    await gen(folder, "set", "cluster.upgrades=controller", "--yes");
    const { code } = await gen(folder, "set", "cluster.upgrades=script", "--yes");
    expect(code).toBe(0);
    expect(() => textAt(folder, PLANS)).toThrow();
    expect(textAt(folder, SCRIPT)).toBe(textAt(made.template, SCRIPT));
  });
});
