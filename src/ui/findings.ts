/** Findings as a good compiler prints them: what, where with the line itself, why, what to do. */
import { plural } from "./plural.ts";
import type { Finding, Place } from "../model/finding.ts";
import { legible, printable } from "./printable.ts";
import { plain, type Theme } from "./theme.ts";
import { COLUMNS, wrap } from "./wrap.ts";

export function renderFindings(findings: readonly Finding[], theme: Theme = plain): string {
  return findings.map((finding) => renderFinding(finding, theme)).join("\n\n");
}

export function summarise(findings: readonly Finding[]): string {
  const count = (severity: Finding["severity"]): number =>
    findings.filter((finding) => finding.severity === severity).length;
  return `${plural(count("error"), "error")}, ${plural(count("warning"), "warning")}.`;
}

function renderFinding(finding: Finding, theme: Theme): string {
  const label = `${finding.severity}[${finding.id}]`;
  const [first = "", ...more] = wrap(printable(finding.message), " ".repeat(label.length + 2)).split("\n");
  const head = [
    `${theme(finding.severity, label)}  ${theme("strong", first.trimStart())}`,
    ...more.map((line) => theme("strong", line)),
  ].join("\n");
  const places = finding.places ?? [];
  const known =
    places.length > 0
      ? places.map((place) => renderPlace(place, theme))
      : finding.paths.slice(0, 1).map((path) => `  ${legible(path)}`);
  return [
    head,
    ...known,
    ...(finding.consequence === undefined ? [] : [wrap(finding.consequence, "  ")]),
    ...(finding.fix === undefined ? [] : [hanging("  fix: ", finding.fix)]),
    ...(isRule(finding) ? [`  more: gen explain ${finding.id}`] : []),
  ].join("\n");
}

// Findings of the reader carry the whole of what there is to say; rules have a long form.
const isRule = ({ id }: Finding): boolean => !/^(SPEC|YAML)-/.test(id);

function renderPlace({ file, line, column, length, text }: Place, theme: Theme): string {
  const number = String(line).padStart(5);
  const gutter = " ".repeat(number.length);
  const { shown, start } = window(text, column - 1, COLUMNS - number.length - 3);
  const width = Math.max(1, Math.min(length, shown.length - start));
  return [
    `  ${printable(file)}:${line}:${column}`,
    `${theme("faint", `${number} │`)} ${shown}`,
    `${theme("faint", `${gutter} │`)} ${" ".repeat(start)}${theme("error", "^".repeat(width))}`,
  ].join("\n");
}

/** The part of a long line around a column. */
function window(text: string, column: number, width: number): { readonly shown: string; readonly start: number } {
  const tidy = printable(text.replaceAll("\t", " "));
  if (tidy.length <= width) return { shown: tidy, start: column };
  const from = Math.max(0, Math.min(column - Math.floor(width / 3), tidy.length - width));
  return { shown: tidy.slice(from, from + width), start: column - from };
}

const hanging = (label: string, text: string): string => label + wrap(text, " ".repeat(label.length)).trimStart();
