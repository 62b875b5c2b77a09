/** What a check found, for people and as JSON, and the exit code that goes with it. */
import type { Finding, Severity } from "../../../model/finding.ts";
import { renderFindings } from "../../../ui/findings.ts";
import type { Theme } from "../../../ui/theme.ts";
import { wrap } from "../../../ui/wrap.ts";
import type { Answer } from "../../answer.ts";

export interface Checked {
  /** Most fundamental first. */
  readonly findings: readonly Finding[];
  readonly files: number;
  readonly objects: number;
  readonly ran: readonly string[];
  /** Each with the reason. */
  readonly notRun: readonly string[];
}

export interface Shown {
  readonly strict: boolean;
  readonly verbose: boolean;
  readonly json: boolean;
  readonly theme: Theme;
}

export function report(checked: Checked, { strict, verbose, json, theme }: Shown): Answer {
  const { findings, ran, notRun } = checked;
  const fails = findings.some(({ severity }) => severity === "error" || (strict && severity === "warning"));
  const text = json
    ? JSON.stringify({ ok: !fails, command: "check", findings, ran, notRun }, null, 2)
    : forPeople(checked, verbose, theme);
  return { text, exitCode: fails ? 2 : 0 };
}

function forPeople({ findings, files, objects, ran, notRun }: Checked, verbose: boolean, theme: Theme): string {
  const shown = findings.filter(({ severity }) => verbose || severity !== "note");
  const hidden = findings.length - shown.length;
  const counts = (["error", "warning", "note"] as const).map((severity) => counted(findings, severity)).join(", ");
  return [
    ...(shown.length === 0 ? [] : [renderFindings(shown, theme), ""]),
    wrap(
      [
        `${counts}${hidden > 0 ? " (--verbose shows them)" : ""}.`,
        `Looked at ${files} files with ${objects} objects`,
        ran.length === 0 ? "." : `; ran ${ran.join(", ")}.`,
      ]
        .join(" ")
        .replace(" ;", ";")
        .replace(" .", "."),
    ),
    ...notRun.map((reason) => wrap(`not run: ${reason}`)),
  ].join("\n");
}

function counted(findings: readonly Finding[], severity: Severity): string {
  const count = findings.filter((finding) => finding.severity === severity).length;
  return `${count} ${severity}${count === 1 ? "" : "s"}`;
}
