import { describe, expect, it } from "vitest";
import { repoPath } from "../../src/model/names.ts";
import type { GeneratorRecord } from "../../src/repo/record.ts";
import { recordOf } from "../../src/repo/record.ts";
import { emptyState, type State } from "../../src/repo/state.ts";
import { createTree } from "../../src/tree/tree.ts";
import type { Generator, Rerendered, Today } from "../generator.ts";
import { renderAgain, wholeBase, wholeTree } from "./renderings.ts";

const LIST = repoPath("kubernetes/apps/media/kustomization.yaml");
const NAMESPACE = repoPath("kubernetes/apps/media/namespace.yaml");

const list = (...items: readonly string[]): string =>
  ["resources:", ...items.map((item) => `  - ./${item}`), ""].join("\n");

const treeOf = (files: Readonly<Record<string, string>>) =>
  createTree(
    Object.entries(files).map(([path, content]) => [repoPath(path), { content, kept: "managed", by: "x" }] as const),
  );

const generator = (name: string, rerendered: Rerendered): Generator => ({
  name,
  summary: "",
  argument: "",
  argumentSummary: "",
  flags: [],
  examples: [],
  collect: () => Promise.reject(new Error("not asked")),
  prepare: () => Promise.reject(new Error("not asked")),
  rerender: () => rerendered,
});

/** A state that remembers these texts for each generator. */
function stateWith(remembered: Readonly<Record<string, Readonly<Record<string, string>>>>): State {
  const made = Object.entries(remembered).map(([name, files]) =>
    recordOf({
      generator: name,
      instance: name === "create" ? "network" : "x",
      version: "1.0.0",
      inputs: {},
      tree: treeOf(files),
    }),
  );
  const texts = new Map(
    made.flatMap(({ record, texts: own }) => [...own].map(([path, text]) => [record.files.get(path)?.sha256, text])),
  );
  const records: readonly GeneratorRecord[] = made.map(({ record }) => record);
  return {
    ...emptyState,
    records,
    find: (name, instance) => records.find((one) => one.generator === name && one.instance === instance),
    text: (hash) => texts.get(hash),
  };
}

const today = { version: "1.0.0" } as Today;

describe("two runs that write one path", () => {
  const generators = [
    generator("create", { tree: treeOf({ [LIST]: list("jellyfin/ks.yaml"), [NAMESPACE]: "a: 1\n" }) }),
    generator("add-app", { tree: treeOf({ [LIST]: list("photos/ks.yaml"), [NAMESPACE]: "a: 2\n" }) }),
  ];

  it("share a list, and the first one has the rest", () => {
    const state = stateWith({ "add-app": { [LIST]: list("photos/ks.yaml"), [NAMESPACE]: "a: 2\n" } });
    const renderings = renderAgain(state, generators, today);
    const tree = wholeTree(renderings);
    expect(tree.get(LIST)?.content).toBe(list("jellyfin/ks.yaml", "photos/ks.yaml"));
    expect(tree.get(NAMESPACE)?.content).toBe("a: 1\n");
    const base = wholeBase(renderings, state, { disk: new Map(), tree });
    expect(base.get(LIST)).toBe(list("photos/ks.yaml"));
  });

  it("have one origin once both are remembered", () => {
    const state = stateWith({
      "add-app": { [LIST]: list("photos/ks.yaml") },
      create: { [LIST]: list("jellyfin/ks.yaml") },
    });
    const renderings = renderAgain(state, generators, today);
    const tree = wholeTree(renderings);
    expect(wholeBase(renderings, state, { disk: new Map(), tree }).get(LIST)).toBe(tree.get(LIST)?.content);
  });
});

describe("records", () => {
  const state = stateWith({ create: {}, "add-app": { "a.yaml": "a: 1\n" }, "add-dream": { "b.yaml": "b: 1\n" } });
  it("are left where their generator says so, or is not known", () => {
    const generators = [generator("create", { tree: treeOf({}) }), generator("add-app", { because: "it is new" })];
    const { all, left } = renderAgain(state, generators, today);
    expect(all.map(({ record }) => record.generator)).toEqual(["create"]);
    expect(left.map(({ record, because }) => [record.generator, because])).toEqual([["add-app", "it is new"]]);
  });
});
