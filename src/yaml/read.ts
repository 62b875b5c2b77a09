/** A YAML file that people edit, as a value that remembers where everything stands. Read as YAML 1.2 (core schema). */
import type { Document } from "yaml";
import type { Finding, Place, SpecPath } from "../model/finding.ts";
import { find, nodeFor, rootOf, type Part } from "./locate.ts";
import { contentProblems, documentsProblem, syntaxProblems, valueProblem } from "./problems.ts";
import { parseDocuments } from "./parse.ts";
import { placeOf } from "./position.ts";

export interface Reading {
  /** `null` for a file without content, `undefined` when the text is not YAML. */
  readonly value: unknown;
  /** All at once, in the order of the text, each with its places. */
  readonly problems: readonly Finding[];
  /**
   * Where a dotted path stands, `undefined` when nothing is there. Without `part`: the value, or the key when the value
   * is a block below it or is left out. Keys that contain dots are found too.
   */
  place(path: SpecPath, part?: Part): Place | undefined;
  /** The same by the names of the keys and the indexes of list items. */
  placeAt(path: readonly (string | number)[], part?: Part): Place | undefined;
}

function valueOf(document: Document | undefined): { value: unknown } | { problem: string } {
  try {
    return { value: document?.toJS() ?? null };
  } catch (error) {
    // An alias without its anchor, or so many that the file can only mean harm.
    return { problem: (error as Error).message };
  }
}

export function read(text: string, file: string, { aliases }: { readonly aliases: "refuse" | "allow" }): Reading {
  const source = { text, file };
  const documents = parseDocuments(text, { prettyErrors: false, logLevel: "error", uniqueKeys: false });
  const [document, second] = documents;
  const syntax = syntaxProblems(source, documents);
  const reading = syntax.length > 0 ? { value: undefined } : valueOf(document);
  const problems = [
    ...syntax,
    ...(syntax.length > 0 || document === undefined ? [] : contentProblems(source, document, aliases)),
    ...(second === undefined ? [] : [documentsProblem(source, second)]),
  ];
  const root = rootOf(document?.contents);

  function placed(path: readonly string[], part: Part | undefined, dotted: boolean): Place | undefined {
    const found = find(root, path, dotted);
    const [from, to] = (found && nodeFor(found, part)?.range) ?? [];
    return from === undefined ? undefined : placeOf(text, file, from, to);
  }

  return {
    value: "value" in reading ? reading.value : undefined,
    problems: "problem" in reading && problems.length === 0 ? [valueProblem(source, reading.problem)] : problems,
    place: (path, part) => placed(path.split("."), part, true),
    placeAt: (path, part) => placed(path.map(String), part, false),
  };
}
