import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emittedCatalog } from "../fixtures/emitted.ts";
import { readArray, writeArray } from "./arrayFile.ts";
import { coveringArray, mended } from "./generate.ts";
import { refusals } from "./judge.ts";
import { parametersOf } from "./parameters.ts";
import { keyOf, pairsIn, pairsOf, rowOf } from "./rows.ts";

const file = join(import.meta.dirname, "array.yaml");
const parameters = parametersOf(emittedCatalog);
const judge = (row: Readonly<Record<string, string>>) => refusals(row, parameters, emittedCatalog);

// `npm run pairs` makes the array anew; it takes a minute, and the same options give the same array.
if (process.env["UPDATE_PAIRS"] === "1") writeFileSync(file, writeArray(coveringArray(parameters, judge)));

const { rows, forbidden } = readArray(readFileSync(file, "utf8"));
const rendered = new Set(rows.flatMap((row) => pairsIn(row, parameters).map(keyOf)));
const pairs = pairsOf(parameters);

describe("the array of all pairs", () => {
  it("has every pair in a row, or forbidden by a rule, and no other", () => {
    const known = new Set([...rendered, ...forbidden.map(({ pair }) => keyOf(pair))]);
    const expected = pairs.map(keyOf);
    expect(expected.filter((key) => !known.has(key))).toEqual([]);
    expect([...known].filter((key) => !expected.includes(key))).toEqual([]);
    expect(forbidden.filter(({ pair }) => rendered.has(keyOf(pair)))).toEqual([]);
    const rules = [...new Set(forbidden.map(({ rule }) => rule))];
    const alone = rules.map((id) => `${id} alone ${forbidden.filter(({ rule }) => rule === id).length}`);
    console.log(
      `all pairs: ${rows.length} rows rendered, ${rendered.size} pairs rendered, ` +
        `${forbidden.length} pairs forbidden (${alone.join(", ")})`,
    );
  });

  it.each(forbidden)("$pair is refused by $rule alone", ({ pair, rule }) => {
    const row = rowOf(pair, parameters);
    expect(row).toBeDefined();
    if (row !== undefined) expect(judge(mended(row, pair, parameters, judge))).toEqual([rule]);
  });
});
