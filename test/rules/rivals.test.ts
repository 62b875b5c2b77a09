import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import { rules } from "../../src/rules/index.ts";
import { assessSpec, planSpec } from "../../src/rules/planSpec.ts";
import { renderFindings } from "../../src/ui/findings.ts";
import { audited, repositoryWith } from "../audit/repository.ts";
import { emittedCatalog } from "../fixtures/emitted.ts";
import { reference } from "../fixtures/reference.ts";
import { edit, edited, type Edit } from "./edits.ts";
import { holes, mistakes, type Mistake } from "./rivals.ts";

const ofSpec = (edits: readonly Edit[]): readonly Finding[] =>
  assessSpec(edited(reference, edits), "homelab.yaml", emittedCatalog, rules).findings;
const of = ({ edits, files }: Mistake): readonly Finding[] =>
  files === undefined ? ofSpec(edits ?? []) : audited(repositoryWith(files));

/** Each once: one mistake may show at several machines. */
const ids = (findings: readonly Finding[]): readonly string[] => [...new Set(findings.map(({ id }) => id))];

describe("what another validator takes is refused", () => {
  it.each(holes)("$what", ({ edits, finds, cannot }) => {
    const findings = ofSpec(edits);
    expect(ids(findings)).toEqual(finds);
    expect(findings.every(({ severity }) => severity === "error")).toBe(true);
    expect(cannot === undefined).toBe(finds.length > 0 && !finds.some((id) => id.startsWith("SPEC-")));
  });
  it("and machines always ask somebody", () => {
    const asked = (dns: string) =>
      planSpec(edited(reference, [edit("dns: [adguard, technitium]", dns)]), "homelab.yaml", emittedCatalog, rules).plan
        .lan.dns;
    expect([asked("dns: []"), asked("")]).toEqual([["172.16.1.1"], ["172.16.1.1"]]);
  });
});

describe("what users get wrong most often is found", () => {
  it.each(mistakes)("$what", (mistake) => {
    expect(ids(of(mistake))).toEqual(mistake.finds);
  });
});

it("is told in words that can be read", async () => {
  const told = [
    ...holes.map(({ what, edits, cannot }) => ({
      head: `${what}${cannot === undefined ? "" : ` (cannot be written: ${cannot})`}`,
      findings: ofSpec(edits),
    })),
    ...mistakes.map((mistake) => ({ head: `${mistake.what} [${mistake.told}]`, findings: of(mistake) })),
  ];
  const texts = told.map(({ head, findings }) =>
    [`# ${head}`, ...(findings.length > 0 ? [renderFindings(findings)] : [])].join("\n\n"),
  );
  await expect(`${texts.join("\n\n")}\n`).toMatchFileSnapshot("./rivals.txt");
});
