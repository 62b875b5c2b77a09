import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emittedCatalog } from "../fixtures/emitted.ts";
import { readArray, writeArray } from "./arrayFile.ts";
import { coveringArray, refusedRow } from "./generate.ts";
import { refusals } from "./judge.ts";
import { parametersOf } from "./parameters.ts";
import { keyOf, pairsIn, pairsOf } from "./rows.ts";

const file = join(import.meta.dirname, "array.yaml");
const parameters = parametersOf(emittedCatalog);
const judge = (row: Readonly<Record<string, string>>) => refusals(row, parameters, emittedCatalog);

const before = readArray(readFileSync(file, "utf8"));

// `npm run pairs` adds what is missing in a minute; without the rows of the file, `rows: []`, it takes ten.
if (process.env["UPDATE_PAIRS"] === "1") {
  const { unclear, ...array } = coveringArray(parameters, judge, before);
  writeFileSync(file, writeArray(array));
  if (unclear.length > 0) throw new Error(unclear.join("\n"));
}

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

  it.each(forbidden)("$pair is refused by $rule alone", (one) => {
    const row = refusedRow(one, parameters);
    const [name, value, other, otherValue] = one.pair;
    expect(row).toMatchObject({ [name]: value, [other]: otherValue });
    expect(judge(row)).toEqual([one.rule]);
  });
});
