/** What a doctor saw, for people and as JSON, and the exit code that goes with it. */
import type { Finding } from "../../../model/finding.ts";
import type { Announced } from "../../../probes/words.ts";
import { renderFindings, summarise } from "../../../ui/findings.ts";
import { announcement } from "../../../ui/probes.ts";
import { printable } from "../../../ui/printable.ts";
import { themeFor } from "../../../ui/theme.ts";
import { COLUMNS, wrap } from "../../../ui/wrap.ts";
import type { Answer } from "../../answer.ts";
import type { Judged } from "./doctor.ts";

export interface Seen {
  readonly asks: readonly Announced[];
  readonly verdicts: readonly Judged[];
  /** Those among the verdicts, in place, without what is silenced. */
  readonly findings: readonly Finding[];
}

export function dryReport(asks: readonly Announced[], json: boolean): Answer {
  const text = json
    ? JSON.stringify({ ok: true, command: "doctor", asked: false, asks }, null, 2)
    : `${announcement(asks, COLUMNS)}\n  dry run: nothing was asked`;
  return { text, exitCode: 0 };
}

export function report(
  { asks, verdicts, findings }: Seen,
  { strict, json }: { readonly strict: boolean; readonly json: boolean },
): Answer {
  const fails = findings.some(({ severity }) => severity === "error" || (strict && severity === "warning"));
  const fine = verdicts.flatMap(({ area, verdict }) => (verdict.is === "fine" ? [{ area, says: verdict.says }] : []));
  const unknown = verdicts.flatMap(({ area, verdict }) =>
    verdict.is === "unknown" ? [{ area, says: verdict.says, because: verdict.because }] : [],
  );
  const text = json
    ? JSON.stringify({ ok: !fails, command: "doctor", asked: true, asks, findings, fine, unknown }, null, 2)
    : forPeople(fine, unknown, findings);
  return { text, exitCode: fails ? 2 : 0 };
}

interface Said {
  readonly area: string;
  readonly says: string;
}

function forPeople(
  fine: readonly Said[],
  unknown: readonly (Said & { readonly because: string })[],
  findings: readonly Finding[],
): string {
  const theme = themeFor(process.stdout, process.env);
  const reasons = new Map<string, string[]>();
  for (const { says, because } of unknown) reasons.set(because, [...(reasons.get(because) ?? []), says]);
  return [
    ...fine.map(({ says }) => item(theme("good", "✔"), says)),
    ...[...reasons].flatMap(([because, what]) => [
      "",
      wrap(`  cannot tell, because ${printable(because)}:`, "  "),
      ...what.map((says) => item("?", says)),
    ]),
    "",
    ...(findings.length === 0 ? [] : [renderFindings(findings, theme), ""]),
    `${summarise(findings)} As it should be: ${fine.length}. Cannot be told: ${unknown.length}.`,
  ].join("\n");
}

const item = (mark: string, says: string): string => `  ${mark} ${wrap(printable(says), "    ").trimStart()}`;
