import { describe, expect, test } from "vitest";
import type { Pin } from "../model/unit.ts";
import { repoPath, type RepoPath } from "../model/names.ts";
import type { File, Kept } from "../model/tree.ts";
import { compare, type Comparison } from "./compare.ts";
import { createTree } from "./tree.ts";

const path = repoPath("docs/dns.md");
const labels = { ours: "yours", base: "generated 1.0.0", theirs: "generated 1.4.0" };

interface Sides {
  readonly disk?: string;
  readonly base?: string | undefined;
  readonly theirs?: string;
  readonly kept?: Kept;
  readonly executable?: true;
}

function sides(given: Sides, at: RepoPath = path): Comparison {
  const file = (content: string): File => ({
    content,
    kept: given.kept ?? "managed",
    by: "x",
    ...(given.executable && { executable: true }),
  });
  return {
    tree: createTree(given.theirs === undefined ? [] : [[at, file(given.theirs)]]),
    disk: new Map(given.disk === undefined ? [] : [[at, given.disk]]),
    base: new Map("base" in given ? [[at, given.base]] : []),
    labels,
  };
}

const change = (given: Sides, at?: RepoPath) => compare(sides(given, at)).changes[0];
const keep = (reason: string) => ({ kind: "keep", path, reason });
const [one, two, three] = ["one\n", "two\n", "three\n"];

describe("in the tree", () => {
  test.each<[string, Sides, object | undefined]>([
    ["not on disk, never generated: created", { theirs: one }, { kind: "create", path, after: one }],
    ["executable, created", { theirs: one, executable: true }, { kind: "create", path, after: one, executable: true }],
    ["deleted by the user, stays deleted", { theirs: one, base: one }, keep("deleted-by-you")],
    ["deleted by the user, changed by us, stays deleted", { theirs: two, base: one }, keep("deleted-by-you")],
    ["deleted by the user, base lost, stays deleted", { theirs: two, base: undefined }, keep("deleted-by-you")],
    ["seeded and deleted, stays deleted", { theirs: two, base: one, kept: "seeded" }, keep("deleted-by-you")],
    ["identical", { disk: one, theirs: one, base: one }, keep("same")],
    ["identical, never generated: adopted", { disk: one, theirs: one }, keep("same")],
    ["identical but for line ends", { disk: "one\r\n", theirs: one, base: one }, keep("same")],
    [
      "untouched, changed by us: updated",
      { disk: one, base: one, theirs: two },
      { kind: "update", path, before: one, after: two },
    ],
    [
      "untouched but for line ends: updated in the same style",
      { disk: "one", base: one, theirs: "two\nlines\n" },
      { kind: "update", path, before: "one", after: "two\nlines" },
    ],
    ["changed by the user only", { disk: two, base: one, theirs: one }, keep("yours")],
    ["changed to the same by both", { disk: two, base: one, theirs: two }, keep("same")],
    ["seeded, changed by the user", { disk: two, base: one, theirs: three, kept: "seeded" }, keep("seeded")],
    [
      "seeded, untouched, changed by us: the user's all the same",
      { disk: one, base: one, theirs: three, kept: "seeded" },
      keep("seeded"),
    ],
    ["seeded, there before us", { disk: two, theirs: three, kept: "seeded" }, keep("seeded")],
  ])("%s", (_, given, expected) => {
    expect(change(given)).toEqual(expected);
  });

  test("an app that was written once gets no file of another name, and loses none", () => {
    const at = (name: string) => `kubernetes/apps/default/echo/app/${name}` as RepoPath;
    const [list, old, renamed] = [at("kustomization.yaml"), at("ingress.yaml"), at("httproute.yaml")];
    const file = { content: "new\n", kept: "seeded", by: "echo" } as const;
    const base = new Map([
      [list, "old\n"],
      [old, "old\n"],
    ]);
    const tree = new Map([
      [list, file],
      [renamed, file],
    ]);
    const reasons = (seeded: ReadonlySet<RepoPath>) =>
      compare({ tree, disk: base, base, seeded }).changes.map(({ kind, path: one }) => [kind, one.split("/").at(-1)]);
    expect(reasons(new Set([list, old]))).toEqual([
      ["keep", "httproute.yaml"],
      ["keep", "ingress.yaml"],
      ["keep", "kustomization.yaml"],
    ]);
    expect(reasons(new Set())).toEqual([
      ["create", "httproute.yaml"],
      ["delete", "ingress.yaml"],
      ["keep", "kustomization.yaml"],
    ]);
    const gone = compare({ tree: new Map(), disk: base, base, seeded: new Set([list, old]) });
    expect(gone.changes.map(({ kind }) => kind)).toEqual(["delete", "delete"]);
  });

  test("changed by both in different places: merged, with the user's line ends", () => {
    expect(change({ disk: "1\r\n2\r\nmine\r\n", base: "1\n2\n3\n", theirs: "one\n2\n3\n" })).toEqual({
      kind: "merge",
      path,
      before: "1\r\n2\r\nmine\r\n",
      after: "one\r\n2\r\nmine\r\n",
    });
  });

  test("changed by both in one place: a conflict", () => {
    expect(change({ disk: two, base: one, theirs: three })).toEqual({
      kind: "conflict",
      path,
      before: two,
      after: "<<<<<<< yours\ntwo\n||||||| generated 1.0.0\none\n=======\nthree\n>>>>>>> generated 1.4.0\n",
      reason: "you and we changed the same lines",
      lines: [1],
    });
  });

  test.each<[string, Sides, string]>([
    [
      "never generated, another text on disk",
      { disk: two, theirs: three },
      "a file that was not generated stands here",
    ],
    [
      "base lost, another text on disk",
      { disk: two, theirs: three, base: undefined },
      "it was changed, and what was generated before is lost",
    ],
  ])("%s: a conflict that holds both", (_, given, reason) => {
    expect(change(given)).toEqual({
      kind: "conflict",
      path,
      before: two,
      after: "<<<<<<< yours\ntwo\n=======\nthree\n>>>>>>> generated 1.4.0\n",
      reason,
      lines: [1],
    });
  });

  test("a file sealed by sops is never merged", () => {
    const sealed = "a: ENC[AES256_GCM,data:x]\nsops:\n  mac: y\n";
    expect(change({ disk: sealed, base: "a: 1\n", theirs: "a: 2\n" })).toEqual(keep("yours"));
  });
});

describe("gone from the tree", () => {
  test.each<[string, Sides, object | undefined]>([
    ["untouched: deleted", { disk: "one\r\n", base: one }, { kind: "delete", path, before: "one\r\n" }],
    ["changed: kept", { disk: two, base: one }, keep("orphaned")],
    ["base lost: kept", { disk: two, base: undefined }, keep("orphaned")],
    ["deleted by the user too: nothing", { base: one }, undefined],
    ["never ours: nothing", { disk: one }, undefined],
  ])("%s", (_, given, expected) => {
    expect(change(given)).toEqual(expected);
  });
});

describe("executable", () => {
  const given: Sides = { disk: one, base: one, theirs: one, executable: true };
  const [none, all] = [new Set<RepoPath>(), new Set([path])];

  test("a bit we set for the first time is an update", () => {
    expect(compare({ ...sides(given), executable: { disk: none, base: none } }).changes).toEqual([
      { kind: "update", path, before: one, after: one, executable: true },
    ]);
  });

  test("a bit that is there, or was taken away by hand, is left alone", () => {
    expect(compare({ ...sides(given), executable: { disk: all, base: none } }).changes).toEqual([keep("same")]);
    expect(compare({ ...sides(given), executable: { disk: none, base: all } }).changes).toEqual([keep("same")]);
    expect(compare(sides(given)).changes).toEqual([keep("same")]);
  });
});

describe("pins", () => {
  const pins: readonly Pin[] = [
    {
      id: "cilium",
      kind: "chart",
      source: "oci://quay.io/cilium/charts/cilium",
      version: "1.3.0",
      datasource: "docker",
      depName: "quay.io/cilium/charts/cilium",
    },
  ];
  const file = (version: string, interval = "1h") =>
    `interval: ${interval}\ntag: ${version}\nurl: oci://quay.io/cilium/charts/cilium\n`;
  const run = (given: Sides) => compare({ ...sides(given), pins });
  const move = { path, pin: "cilium", base: "1.1.0", theirs: "1.3.0", because: "newer" };

  test("moved by Renovate beyond ours: yours", () => {
    expect(run({ disk: file("1.4.0"), base: file("1.1.0"), theirs: file("1.3.0") })).toEqual({
      changes: [keep("yours")],
      pins: [{ ...move, ours: "1.4.0", taken: "ours" }],
    });
  });

  test("moved by Renovate, further by us: updated", () => {
    expect(run({ disk: file("1.2.0"), base: file("1.1.0"), theirs: file("1.3.0") })).toEqual({
      changes: [{ kind: "update", path, before: file("1.2.0"), after: file("1.3.0") }],
      pins: [{ ...move, ours: "1.2.0", taken: "theirs" }],
    });
  });

  test("moved by Renovate, an edit of ours beside it: no conflict", () => {
    const { changes } = run({ disk: file("1.4.0"), base: file("1.1.0"), theirs: file("1.3.0", "2h") });
    expect(changes).toEqual([{ kind: "update", path, before: file("1.4.0"), after: file("1.4.0", "2h") }]);
  });

  test("an edit of the user beside a version we moved: merged", () => {
    const { changes } = run({ disk: file("1.1.0", "5m"), base: file("1.1.0"), theirs: file("1.3.0") });
    expect(changes).toEqual([{ kind: "merge", path, before: file("1.1.0", "5m"), after: file("1.3.0", "5m") }]);
  });
});

describe("a merge that is clean as text", () => {
  const yaml = repoPath("kubernetes/apps/a/app/objects.yaml");
  const object = (name: string) => `---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;

  test("but holds a key twice is a conflict", () => {
    const base = "a: 1\nb: 2\nc: 3\nd: 4\n";
    expect(change({ disk: `new: x\n${base}`, base, theirs: `${base}new: y\n` }, yaml)).toMatchObject({
      kind: "conflict",
      reason: expect.stringContaining("it is no YAML any more") as string,
    });
  });

  test("but holds an object twice is a conflict with both texts in it", () => {
    const [base, ours, theirs] = [object("b"), object("a") + object("b"), object("b") + object("a")];
    const result = change({ disk: ours, base, theirs }, yaml);
    expect(result).toMatchObject({ kind: "conflict", reason: "merged line by line it has ConfigMap/a 2 times" });
    expect(result).toMatchObject({ after: expect.stringContaining("<<<<<<< yours\n") as string });
  });

  test("of a file the user broke before is the user's business", () => {
    expect(
      change({ disk: "a: [\nb: 2\nc: 3\n", base: "a: 1\nb: 2\nc: 3\n", theirs: "a: 1\nb: 2\nc: 4\n" }, yaml),
    ).toMatchObject({
      kind: "merge",
    });
  });

  test("and takes an object away that one side took away is fine", () => {
    const base = object("a") + object("b") + object("c");
    expect(
      change({ disk: object("b") + object("c"), base, theirs: base.replace("name: c", "name: d") }, yaml),
    ).toMatchObject({
      kind: "merge",
      after: object("b") + object("d"),
    });
  });
});

test("changes come in path order", () => {
  const [a, b, c] = [repoPath("a"), repoPath("b"), repoPath("c")];
  const file: File = { content: one, kept: "managed", by: "x" };
  const { changes } = compare({
    tree: createTree([
      [c, file],
      [a, file],
    ]),
    disk: new Map([[b, one]]),
    base: new Map([[b, one]]),
  });
  expect(changes.map((each) => [each.path, each.kind])).toEqual([
    ["a", "create"],
    ["b", "delete"],
    ["c", "create"],
  ]);
});
