import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDocuments } from "../yaml/documents.ts";
import { extendLists, joinLists, mergeLists } from "./lists.ts";
import { mergeText } from "./merge.ts";

const PATH = "kubernetes/apps/kustomization.yaml";
const list = (...names: readonly string[]): string =>
  ["kind: Kustomization", "resources:", ...names.map((name) => `  - ./${name}`), ""].join("\n");

describe("a kustomization two sides added to", () => {
  const base = list("default", "network");
  const theirs = list("default", "network", "observability");

  test("is a conflict of lines and none of lists", () => {
    const ours = list("default", "network", "media # mine");
    expect(mergeText({ base, ours, theirs }).conflict).toBe(true);
    expect(mergeLists(PATH, { base, ours, theirs })).toBe(list("default", "network", "media # mine", "observability"));
  });
  test("loses what we no longer list, and nothing of the user's", () => {
    const ours = "# my apps\n" + list("default", "network", "media");
    expect(mergeLists(PATH, { base, ours, theirs: list("network") })).toBe("# my apps\n" + list("network", "media"));
  });
  test("keeps lists of other keys, which gen secrets and people splice in", () => {
    const beside = "generators:\n  - ./secret-generator.yaml\n";
    expect(mergeLists(PATH, { base, ours: list("default", "network") + beside, theirs })).toBe(theirs + beside);
  });
  test("is left to the lines where the user wrote beside what goes", () => {
    expect(
      mergeLists(PATH, { base, ours: list("default # mine", "network"), theirs: list("network") }),
    ).toBeUndefined();
  });
  test.each([
    ["another file", "values.yaml", theirs],
    ["a text nobody can read", PATH, `${theirs}  - [\n`],
  ])("%s is left to the lines", (_, path, now) => {
    expect(mergeLists(path, { base, ours: list("media"), theirs: now })).toBeUndefined();
  });
  const GENERATED =
    "configMapGenerator:\n  - name: values\n    files:\n      - ./values.yaml\nconfigurations:\n  - ./config.yaml\n";
  test("gets and loses keys that the user left alone", () => {
    const ours = list("a-mine", "default", "network");
    expect(mergeLists(PATH, { base: list("default", "network"), ours, theirs: list("network") + GENERATED })).toBe(
      list("a-mine", "network") + GENERATED,
    );
    expect(mergeLists(PATH, { base: base + GENERATED, ours: ours + GENERATED, theirs: list("network") })).toBe(
      list("a-mine", "network"),
    );
  });
  test("is left to the lines where both changed another key than a list", () => {
    const ours = `${base}namespace: mine\n`;
    expect(mergeLists(PATH, { base, ours, theirs: `${theirs}namespace: media\n` })).toBeUndefined();
  });
  test("is left to the lines where the user wrote no list", () => {
    expect(mergeLists(PATH, { base, ours: "resources: all\n", theirs })).toBeUndefined();
  });
});

const names = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f"), { minLength: 1, maxLength: 6 });

test("keeps what the user added, adds what we added, takes out what we took out", () => {
  fc.assert(
    fc.property(names, names, names, (base, ours, theirs) => {
      const text = mergeLists(PATH, { base: list(...base), ours: list(...ours), theirs: list(...theirs) });
      const { resources } = readDocuments(text ?? "", PATH)[0] as { resources: readonly string[] };
      const added = theirs.filter((name) => !base.includes(name));
      const removed = base.filter((name) => !theirs.includes(name));
      const wanted = [...ours.filter((name) => !removed.includes(name)), ...added].map((name) => `./${name}`);
      expect([...resources].sort()).toEqual([...new Set(wanted)].sort());
    }),
  );
});

test("several kustomizations of one path list what each of them lists, in order", () => {
  expect(joinLists(PATH, [list("b", "d"), list("a", "b"), list("c")])).toBe(list("a", "b", "c", "d"));
  expect(joinLists(PATH, [list("b")])).toBe(list("b"));
  expect(joinLists("values.yaml", [list("a"), list("b")])).toBeUndefined();
});

describe("a kustomization of somebody else", () => {
  test("gets what we list, and keeps what stands there", () => {
    expect(extendLists(PATH, { ours: list("media # mine"), theirs: list("media", "network") })).toBe(
      list("media # mine", "network"),
    );
  });
  test("that lists all of it stays as it is", () => {
    const ours = list("network", "media");
    expect(extendLists(PATH, { ours, theirs: list("media") })).toBe(ours);
  });
  test.each([
    ["is of another kind", PATH, list("media").replace("Kustomization", "Component")],
    ["is none", "values.yaml", list("media")],
    ["has no list where one is wanted", PATH, "kind: Kustomization\nresources: all\n"],
    ["cannot be read", PATH, "kind: [\n"],
  ])("that %s is left to the user", (_, path, ours) => {
    expect(extendLists(path, { ours, theirs: list("network") })).toBeUndefined();
  });
});
