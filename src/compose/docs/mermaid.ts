/** Pictures that Git hosts draw: flowcharts of Mermaid (mermaid.js.org, Flowcharts - Basic Syntax). */

export interface Box {
  /** A lower-case word, unique in the picture. */
  readonly id: string;
  readonly lines: readonly string[];
  /** With round ends: where something begins. */
  readonly round?: true;
}

export interface Frame {
  readonly id: string;
  readonly title: string;
  readonly parts: readonly Part[];
}

export type Part = Box | Frame;

export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  /** `-->` when absent: `line` has no head, `dotted` is an answer. */
  readonly style?: "line" | "dotted";
}

export interface Picture {
  readonly direction: "LR" | "TB";
  readonly parts: readonly Part[];
  readonly arrows: readonly Arrow[];
}

/** Lines of a fenced block `mermaid`. */
export const mermaid = ({ direction, parts, arrows }: Picture): readonly string[] => [
  `flowchart ${direction}`,
  ...parts.flatMap((part) => partLines(part, "  ")),
  ...arrows.map((arrow) => `  ${arrowLine(arrow)}`),
];

function partLines(part: Part, indent: string): readonly string[] {
  if ("parts" in part) {
    const inner = part.parts.flatMap((below) => partLines(below, `${indent}  `));
    return [`${indent}subgraph ${part.id}["${label([part.title])}"]`, ...inner, `${indent}end`];
  }
  const text = `"${label(part.lines)}"`;
  return [`${indent}${part.id}${part.round ? `([${text}])` : `[${text}]`}`];
}

function arrowLine({ from, to, label: text, style }: Arrow): string {
  const shaft = { arrow: "-->", line: "---", dotted: "-.->" }[style ?? "arrow"];
  return text === undefined ? `${from} ${shaft} ${to}` : `${from} ${shaft}|"${label([text])}"| ${to}`;
}

/** Inside quotes; what would end them, or be read as HTML, an entity or Markdown, becomes a numbered entity. */
const label = (lines: readonly string[]): string =>
  lines
    .map((line) =>
      line.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").replace(/["#;<>&`*_\\]/g, (found) => `#${found.codePointAt(0)};`),
    )
    .join("<br/>");
