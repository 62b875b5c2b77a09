/** Every rule of the facts has a row, and every row a rule of the facts. */
import { describe, expect, it } from "vitest";
import { factsOf } from "./facts.ts";
import { AREAS, rowsOf } from "./rows.ts";

const components = process.env["HOMELAB_NET_COMPONENTS"] ?? "";

describe.each(AREAS)("the rules of %s", (area) => {
  const facts = factsOf(area, components);
  const rows = rowsOf(area);
  it("have a row each, and no row is about another", () => {
    console.log(`${area}: ${facts.ids.length} rules in the facts, ${rows.length} rows`);
    const ids = rows.map(({ id }) => id);
    expect(facts.ids.length).toBeGreaterThan(50);
    expect({
      "without a row": facts.ids.filter((id) => !ids.includes(id)),
      "not in the facts": ids.filter((id) => !facts.ids.includes(id)),
    }).toEqual({ "without a row": [], "not in the facts": [] });
  });
  it("are said in our own words", () => {
    const flat = facts.text.replaceAll(/\s+/g, " ");
    expect(rows.filter(({ says }) => flat.includes(says)).map(({ id }) => id)).toEqual([]);
  });
});

describe("facts that are not there", () => {
  it("say where they belong", () => {
    expect(() => factsOf("cni-lb", "/nowhere/components")).toThrow(/facts beside it/);
  });
});
