import { describe, expect, it } from "vitest";
import { audited } from "../audit/repository.ts";
import { emittedNetworks } from "../fixtures/emitted.ts";
import type { Files } from "./construction/check.ts";
import { checks } from "./construction/index.ts";
import { AREAS, rowsOf } from "./rows.ts";

const emitted = emittedNetworks.map(({ name, plan, tree, prefix }) => ({
  name,
  plan,
  files: new Map([...tree].map(([path, { content }]) => [path.slice(prefix.length), content])) as Files,
}));

const changed = (before: Files, after: Files): boolean =>
  before.size !== after.size || [...after].some(([path, content]) => before.get(path) !== content);

describe.each(checks)("$id", ({ check, broken, about }) => {
  const networks = emitted.filter(({ files }) => about?.(files) ?? true);
  it.each(networks)("holds in $name", ({ files }) => {
    expect(check(files)).toEqual([]);
  });
  it.each([broken].flat().map((mistake, index) => ({ mistake, index })))(
    "is broken by hand ($index), and says so wherever that is possible",
    ({ mistake }) => {
      const mistakes = networks.flatMap(({ name, files }) => {
        const after = mistake(files);
        return changed(files, after) ? [{ name, problems: check(after) }] : [];
      });
      expect(mistakes).not.toEqual([]);
      expect(mistakes.filter(({ problems }) => problems.length === 0)).toEqual([]);
    },
  );
});

describe("the audits", () => {
  it.each(emitted)("have nothing to say about $name", ({ plan, files }) => {
    // What only a chart knows is worth a note and no more.
    expect(audited(files, plan).filter(({ severity }) => severity !== "note")).toEqual([]);
  });
});

describe("the checks", () => {
  it("have no id twice, and each is named by a row", () => {
    const named = new Set(AREAS.flatMap(rowsOf).flatMap(({ by }) => by));
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
    expect(checks.map(({ id }) => id).filter((id) => !named.has(id))).toEqual([]);
  });
});
