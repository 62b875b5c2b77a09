/** Apps that are added together with how closed their namespace is, and what they begin. */
import { lstatSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { at } from "../../src/model/unknown.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import { expectInLine, gen, repositories, textAt } from "../support/repository.ts";
import { expectUntouched, snapshotTree } from "../support/workspace.ts";
import { REFERENCE_FILE } from "../fixtures/reference.ts";

const made = repositories();
const underArgo = repositories("--config", REFERENCE_FILE, "--set", "gitops=argocd");

const IMAGE = ["--image", "ghcr.io/example/web:1.0", "--port", "8096"];
const ALLOWED = "kubernetes/apps/media/policies-media/app/allowed.yaml";

const add = (folder: string, name: string, ...words: readonly string[]) =>
  gen(folder, "add-app", name, ...IMAGE, ...words, "--yes");
const namesIn = (folder: string, path: string): readonly unknown[] =>
  readDocuments(textAt(folder, path), path).map((document) => at(document, "metadata", "name"));

/** Without texts that were written once, of which there are more after more runs. */
const filesOf = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    Object.keys(snapshotTree(folder))
      .filter((path) => lstatSync(join(folder, path)).isFile() && !path.startsWith(".homelab-net/objects/"))
      .map((path) => [path, textAt(folder, path)]),
  );

describe("gen add-app in a namespace that is closed with it", () => {
  it("is what set, allow and add-app give one after the other", async () => {
    const folder = made.fresh();
    const { code, stderr } = await add(
      folder,
      "web",
      "--namespace",
      "media",
      "--default-deny",
      "enforce",
      "--allow",
      "internet:443",
      "--allow",
      "lan",
    );
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("media is closed: what nothing allows is refused, both ways");
    expect(stderr).toContain("media/web begins, internet answers on 443");
    expect(stderr).not.toContain("gen allow");
    expect(namesIn(folder, ALLOWED)).toEqual(["web-to-internet-443", "web-to-lan"]);

    const other = made.fresh();
    for (const words of [
      ["set", "policies.defaultDeny.media=enforce"],
      ["add-app", "web", ...IMAGE, "--namespace", "media"],
      ["allow", "media/web", "internet:443"],
      ["allow", "media/web", "lan"],
    ])
      expect((await gen(other, ...words, "--yes")).code).toBe(0);
    expect(filesOf(folder)).toEqual(filesOf(other));
    await expectInLine(folder);
    expect((await gen(folder, "check", "--strict")).code).toBe(0);
  });

  it("is there the second time, and asks for nothing new", async () => {
    const folder = made.fresh();
    const words = ["--namespace", "media", "--default-deny", "enforce", "--allow", "internet:443"];
    expect((await add(folder, "web", ...words)).code).toBe(0);
    const { code, stderr } = await expectUntouched(folder, () => add(folder, "web", ...words));
    expect([code, stderr]).toEqual([0, expect.stringContaining("nothing to do")]);
  });

  it("names the pods of a chart by their labels, and apps that are there", async () => {
    const folder = made.fresh();
    expect((await add(folder, "postgres", "--namespace", "databases")).code).toBe(0);
    const chart = ["--chart", "oci://ghcr.io/example/charts/cache", "--chart-version", "1.2.3", "--port", "6379"];
    const { code, stderr } = await gen(
      folder,
      "add-app",
      "cache",
      ...chart,
      "--namespace",
      "media",
      "--selector",
      "app=valkey",
      "--allow",
      "databases/postgres:5432",
      "--yes",
    );
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("media is open");
    expect(textAt(folder, "homelab.yaml")).toMatch(/from: media\/app=valkey\n\s+to: databases\/postgres\n/);
    await expectInLine(folder);
  });

  it("works under Argo CD", async () => {
    const folder = underArgo.fresh();
    const { code, stderr } = await add(
      folder,
      "web",
      "--namespace",
      "media",
      "--default-deny",
      "enforce",
      "--allow",
      "internet:443",
    );
    expect(code, stderr).toBe(0);
    expect(namesIn(folder, ALLOWED)).toEqual(["web-to-internet-443"]);
    await expectInLine(folder);
    expect((await gen(folder, "check")).code).toBe(0);
  });

  it.each([
    [["flux-system", "--default-deny", "enforce"], "POLICY-CUT"],
    [["media", "--default-deny", "closed"], "--default-deny"],
    [["media", "--allow", "internet:70000"], "`70000` is not a port of a pod"],
    [["media", "--allow", "databases/postgres:5432"], "there is no app databases/postgres"],
    [["media", "--allow", "api:6443"], "POLICY-PARTY"],
  ])("writes nothing where %j is refused", async ([namespace = "", ...words], message) => {
    const folder = made.fresh();
    const { code, stderr } = await expectUntouched(folder, () =>
      add(folder, "web", "--namespace", namespace, ...words),
    );
    expect(code).not.toBe(0);
    expect(stderr.replace(/\s+/g, " ")).toContain(message);
  });

  it("says of one that is only looked at that nothing is refused", async () => {
    const folder = made.fresh();
    const { code, stderr } = await add(folder, "web", "--namespace", "media", "--default-deny", "audit");
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("POLICY-AUDITED");
    expect(stderr).toContain("media is looked at and nothing is refused yet: `gen allow media/web internet:443`");
    expect(stderr).not.toContain("media is closed");
    const spec = join(folder, "homelab.yaml");
    writeFileSync(spec, readFileSync(spec, "utf8").replace("media: audit", "media: enforce"));
    const second = await add(folder, "other", "--namespace", "media");
    expect(second.stderr).toContain("media is closed: `gen allow media/other internet:443`");
  });
});
