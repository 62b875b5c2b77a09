/** Handlebars' parser, with its complaints at a place. */
import Handlebars from "handlebars";
import type { Refuse } from "./refusal.ts";
import type { Program } from "./syntax.ts";

// The runtime uses NUL for itself, and a template for Linux files has Linux line ends.
const FORBIDDEN = /[^\n\t\P{Cc}]|[\ue000\ue001\ufeff]/u;

export function parseTemplate(source: string, refuse: Refuse): Program {
  const bad = FORBIDDEN.exec(source);
  if (bad !== null) {
    const before = source.slice(0, bad.index).split("\n");
    refuse(
      { line: before.length, column: (before.at(-1) ?? "").length + 1 },
      `the character ${JSON.stringify(bad[0])}`,
    );
  }
  try {
    return Handlebars.parse(source);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const { lineNumber, column } = error as { lineNumber?: number; column?: number };
    const line = lineNumber ?? Number(/on line (\d+)/.exec(message)?.[1] ?? 1);
    return refuse({ line, column: (column ?? 0) + 1 }, message.split("\n").slice(-1)[0] ?? message);
  }
}
