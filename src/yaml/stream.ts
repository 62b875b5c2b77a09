/** Kubernetes files as people edit them: every document with the place of everything in it, and all that is wrong. */
import type { Document } from "yaml";
import type { Finding, Place } from "../model/finding.ts";
import { parseAsKubernetes } from "./documents.ts";
import { find, nodeFor, rootOf, type Part } from "./locate.ts";
import { placeOf } from "./position.ts";
import { contentProblems, syntaxProblems, valueProblem } from "./problems.ts";

export type Path = readonly (string | number)[];

export interface LocatedDocument {
  readonly value: unknown;
  /**
   * Where a path stands, or the nearest thing above it that stands in the text: what an alias repeats and what is left
   * out has no place of its own. Without `part` as in `Reading.place`.
   */
  place(path: Path, part?: Part): Place;
}

export interface Stream {
  /** Those that hold anything. None when the text is no YAML. */
  readonly documents: readonly LocatedDocument[];
  /** In the order of the text, each with its places. A tag nobody here knows is none. */
  readonly problems: readonly Finding[];
}

export function readStream(text: string, file: string): Stream {
  const source = { text, file };
  const parsed = parseAsKubernetes(text, false);
  const syntax = syntaxProblems(source, parsed).filter(({ id }) => id !== "YAML-TAG");
  if (syntax.length > 0) return { documents: [], problems: syntax };
  const problems: Finding[] = [];
  const documents = parsed.flatMap((document): LocatedDocument[] => {
    if (document.contents === null) return [];
    problems.push(...contentProblems(source, document, "allow"));
    try {
      const value: unknown = document.toJS();
      return value === null ? [] : [located(document, value, text, file)];
    } catch (error) {
      // An alias without its anchor, or so many that the file can only mean harm.
      problems.push(valueProblem(source, (error as Error).message));
      return [];
    }
  });
  return { documents, problems };
}

function located(document: Document, value: unknown, text: string, file: string): LocatedDocument {
  const root = rootOf(document.contents);
  const start = document.contents?.range?.[0] ?? 0;
  const place = (path: Path, part?: Part): Place => {
    if (path.length === 0) return placeOf(text, file, start, lineEnd(text, start));
    const found = find(root, path.map(String), false);
    const [from, to] = (found && nodeFor(found, part)?.range) ?? [];
    return from === undefined ? place(path.slice(0, -1)) : placeOf(text, file, from, to);
  };
  return { value, place };
}

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf("\n", from);
  return newline < 0 ? text.length : newline;
}
