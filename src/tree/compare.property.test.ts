import fc from "fast-check";
import { expect, test } from "vitest";
import { repoPath, type RepoPath } from "../model/names.ts";
import type { Change, Kept } from "../model/tree.ts";
import { compare, type Comparison } from "./compare.ts";
import { normalise } from "./lines.ts";
import { editOf, joined, saved, someLines } from "./texts.fixture.ts";
import { createTree } from "./tree.ts";

/** Any state a file can be in: on disk or not, generated before or not or lost, still in the tree or not. */
const situation = someLines
  .chain((lines) => fc.tuple(editOf(lines), editOf(lines), editOf(lines)))
  .chain(([base, ours, theirs]) =>
    fc.record({
      base: fc.constantFrom({ text: joined(base) }, { text: undefined }, undefined),
      disk: fc.option(fc.oneof(saved(joined(ours)), saved(joined(base))), { nil: undefined }),
      theirs: fc.option(fc.constantFrom(joined(theirs), joined(base)), { nil: undefined }),
      kept: fc.constantFrom<Kept>("managed", "managed", "seeded"),
    }),
  );

const paths: readonly RepoPath[] = ["docs/a.md", "kubernetes/b.yaml", "c.sh"].map((path) => repoPath(path));

const comparison = fc.tuple(...paths.map(() => situation)).map((situations): Comparison => {
  const each = situations.map((given, index) => ({ ...given, path: paths[index] ?? repoPath("x") }));
  return {
    tree: createTree(
      each.flatMap(({ path, theirs, kept }) =>
        theirs === undefined ? [] : [[path, { content: theirs, kept, by: "x" }] as const],
      ),
    ),
    disk: new Map(each.flatMap(({ path, disk }) => (disk === undefined ? [] : [[path, disk] as const]))),
    base: new Map(each.flatMap(({ path, base }) => (base === undefined ? [] : [[path, base.text] as const]))),
  };
});

function apply(disk: Comparison["disk"], changes: readonly Change[]): Map<RepoPath, string> {
  const after = new Map(disk);
  for (const change of changes) {
    if (change.kind === "delete") after.delete(change.path);
    else if (change.kind !== "keep") after.set(change.path, change.after);
  }
  return after;
}

const generated = ({ tree }: Comparison) => new Map([...tree].map(([path, { content }]) => [path, content]));

test("applied once, there is nothing left to do", () => {
  fc.assert(
    fc.property(comparison, (given) => {
      const disk = apply(given.disk, compare(given).changes);
      const again = compare({ tree: given.tree, disk, base: generated(given) });
      expect(again.changes.filter(({ kind }) => kind !== "keep")).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("a change says what is on disk, and changes something", () => {
  fc.assert(
    fc.property(comparison, (given) => {
      for (const change of compare(given).changes) {
        if (change.kind === "keep") continue;
        expect("before" in change ? change.before : undefined).toBe(given.disk.get(change.path));
        if (change.kind !== "create" && change.kind !== "delete") expect(change.after).not.toBe(change.before);
      }
    }),
  );
});

test("a line the user wrote is never lost", () => {
  fc.assert(
    fc.property(comparison, (given) => {
      for (const change of compare(given).changes) {
        if (change.kind === "keep" || change.kind === "create") continue;
        const generated = new Set(normalise(given.base.get(change.path) ?? "").split("\n"));
        const own = normalise(change.before)
          .split("\n")
          .filter((line) => !generated.has(line));
        if (change.kind === "delete") expect(own).toEqual([]);
        else expect(normalise(change.after).split("\n")).toEqual(expect.arrayContaining(own));
      }
    }),
    { numRuns: 500 },
  );
});

test("when nothing new is generated, nothing of the user's changes", () => {
  fc.assert(
    fc.property(comparison, (given) => {
      const { changes } = compare({ ...given, base: generated(given) });
      expect(changes.filter(({ kind }) => kind !== "keep")).toEqual([]);
    }),
  );
});

test("an untouched repository becomes what is generated", () => {
  fc.assert(
    fc.property(comparison, ({ tree, base }) => {
      const known = new Map([...base].flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])));
      const managed = createTree([...tree].map(([path, file]) => [path, { ...file, kept: "managed" }]));
      expect(apply(known, compare({ tree: managed, disk: known, base: known }).changes)).toEqual(
        generated({ tree, disk: known, base: known }),
      );
    }),
  );
});
