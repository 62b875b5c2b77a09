/** All rules over one plan: most fundamental first, without what merely follows, without what the user silenced. */
import type { Finding } from "../model/finding.ts";
import type { Plan } from "../model/plan.ts";
import { suggest } from "../model/suggest.ts";
import { toFinding, type Rule } from "./rule.ts";

export function check(plan: Plan, rules: readonly Rule[]): readonly Finding[] {
  const found = rules.flatMap((rule) => [...rule.check(plan)].map((one) => ({ rule, finding: toFinding(rule, one) })));
  const kept = found.filter(
    ({ rule, finding }) =>
      !follows(
        rule,
        finding,
        found.map((other) => other.finding),
      ),
  );
  return [
    ...silences(plan, rules),
    ...kept.map(({ finding }) => finding).filter((finding) => !isSilenced(finding, plan)),
  ];
}

export const errorsOf = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ severity }) => severity === "error");

function follows(rule: Rule, finding: Finding, all: readonly Finding[]): boolean {
  return (rule.unless ?? []).some((id) =>
    all.some((other) => other.id === id && other.paths.some((path) => finding.paths.includes(path))),
  );
}

// A network that cannot work is never written, whatever the reason given: only warnings and notes can be silenced.
const isSilenced = (finding: Finding, plan: Plan): boolean =>
  finding.severity !== "error" && plan.silenced.has(finding.id);

function silences(plan: Plan, rules: readonly Rule[]): readonly Finding[] {
  return [...plan.silenced.keys()].flatMap((id): readonly Finding[] => {
    const rule = rules.find((candidate) => candidate.id === id);
    if (rule !== undefined && rule.severity !== "error") return [];
    const near = suggest(
      id,
      rules.map((candidate) => candidate.id),
    );
    return [
      {
        id: "SPEC-SILENCE",
        severity: "error",
        message: rule === undefined ? `there is no rule ${id} to silence` : `${id} is an error and cannot be silenced`,
        paths: [`silence.${id}`],
        consequence:
          rule === undefined
            ? "A reason written for a rule that does not exist hides nothing and misleads the next reader."
            : "The network it describes cannot work, and no reason changes that.",
        fix:
          rule === undefined
            ? near === undefined
              ? "remove it"
              : `did you mean ${near}?`
            : "change what it points at, see `gen explain`",
      },
    ];
  });
}
