import { describe, expect, it } from "vitest";
import { assembleCatalog } from "../../src/cli/catalog.ts";
import { FindingsError } from "../../src/model/errors.ts";
import type { Finding } from "../../src/model/finding.ts";
import { rules } from "../../src/rules/index.ts";
import { planSpec } from "../../src/rules/planSpec.ts";
import { renderFindings } from "../../src/ui/findings.ts";
import { reference } from "../fixtures/reference.ts";
import { cases } from "./broken.ts";
import { choices, withChoices } from "./choices.ts";
import { unreadable, warnings } from "./doubtful.ts";
import { edited } from "./edits.ts";

const catalog = assembleCatalog();
const withOthers = withChoices(catalog);

function findingsOf(text: string, offered = catalog): readonly Finding[] {
  try {
    return planSpec(text, "homelab.yaml", offered, rules).findings;
  } catch (error) {
    if (error instanceof FindingsError) return error.findings;
    throw error;
  }
}

const ids = (text: string, offered = catalog): readonly string[] => findingsOf(text, offered).map(({ id }) => id);

describe("the reference network", () => {
  it("has nothing to be said about it", () => {
    expect(findingsOf(reference)).toEqual([]);
  });
});

describe.each(cases)("$id", ({ id, broken, nearMiss }) => {
  it("is the one finding about the broken network", () => {
    expect(ids(edited(reference, broken))).toEqual([id]);
  });
  it("says nothing about the near miss", () => {
    expect(ids(edited(reference, nearMiss))).not.toContain(id);
  });
});

describe.each(choices)("$id", ({ id, broken, nearMiss }) => {
  it("is the one finding about choices that do not go together", () => {
    expect(ids(edited(reference, broken), withOthers)).toEqual([id]);
  });
  it("says nothing about choices that do", () => {
    expect(ids(edited(reference, nearMiss), withOthers)).toEqual([]);
  });
});

describe.each(warnings)("$id", ({ id, broken, nearMiss }) => {
  it("warns", () => {
    expect(findingsOf(edited(reference, broken)).map((finding) => [finding.id, finding.severity])).toEqual([
      [id, "warning"],
    ]);
  });
  it("says nothing about the near miss", () => {
    expect(ids(edited(reference, nearMiss))).not.toContain(id);
  });
  it("is silenced by a reason", () => {
    const silenced = edited(reference, [
      ...broken,
      { find: "gitops: flux", replace: `gitops: flux\nsilence: { ${id}: "known" }` },
    ]);
    expect(ids(silenced)).toEqual([]);
  });
});

describe("an unreadable spec", () => {
  it.each(unreadable)("$id is the one finding ($broken)", ({ id, broken }) => {
    expect(ids(edited(reference, broken))).toEqual([id]);
  });
});

describe("the rule book", () => {
  it("has a broken network for every rule", () => {
    const covered = [...choices, ...cases, ...warnings].map(({ id }) => id);
    expect(rules.map(({ id }) => id).filter((id) => !covered.includes(id))).toEqual([]);
  });
  it("has no id twice", () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });
  it("cannot be silenced where the network cannot work", () => {
    const text = edited(reference, [
      { find: "gitops: flux", replace: 'gitops: flux\nsilence: { LB-POOL-DHCP: "no" }' },
    ]);
    expect(findingsOf(text).map(({ id, message }) => [id, message])).toEqual([
      ["SPEC-SILENCE", "LB-POOL-DHCP is an error and cannot be silenced"],
    ]);
  });
  it("reads as prose", async () => {
    const texts = [
      ...choices.map(({ broken }) => findingsOf(edited(reference, broken), withOthers)),
      ...[...cases, ...warnings, ...unreadable].map(({ broken }) => findingsOf(edited(reference, broken))),
    ].map((findings) => renderFindings(findings));
    await expect(`${texts.join("\n\n")}\n`).toMatchFileSnapshot("./messages.txt");
  });
});
