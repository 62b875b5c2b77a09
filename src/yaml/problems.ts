/** What a YAML text may not have in a file that people and this program both edit, as findings with places. */
import { isAlias, isMap, isScalar, visit, type Document, type Node, type YAMLError, type YAMLMap } from "yaml";
import type { Finding } from "../model/finding.ts";
import { placeOf } from "./position.ts";

export interface Source {
  readonly text: string;
  readonly file: string;
}

type Range = readonly [from: number, to: number];

function finding(source: Source, id: string, ranges: readonly Range[], message: string, fix?: string): Finding {
  const places = ranges.map(([from, to]) => placeOf(source.text, source.file, from, to));
  return { id, severity: "error", message, paths: [], places, ...(fix === undefined ? {} : { fix }) };
}

// Of the codes in https://eemeli.org/yaml/#errors those whose message does not say what people did.
const IN_OTHER_WORDS: Readonly<Record<string, readonly [message: string, fix: string]>> = {
  TAB_AS_INDENT: ["a tab indents this line", "use spaces; YAML does not count tabs"],
  BAD_INDENT: [
    "this line is indented differently from its neighbours",
    "bring keys of one map to one column, and close every bracket",
  ],
  BLOCK_AS_IMPLICIT_KEY: ["a second `: ` in one value", "put quotes around a value that contains `: `"],
  MULTILINE_IMPLICIT_KEY: ["a line without `key: value`", "write `key: value`, or indent the line under its key"],
  BAD_SCALAR_START: ["a value cannot start with @ or a backtick", "put quotes around it"],
};

const lowerCase = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

// The parser calls itself for each level, and reports the end of its stack as if it were syntax.
const TOO_DEEP = ["values are nested too deeply to be read", "a homelab.yaml has five or six levels"] as const;

function syntaxProblem(source: Source, error: YAMLError): Finding {
  const [message, fix] =
    IN_OTHER_WORDS[error.code] ?? (/call stack/.test(error.message) ? TOO_DEEP : [lowerCase(error.message), undefined]);
  const id =
    error.code === "TAG_RESOLVE_FAILED" ? "YAML-TAG" : error.code === "TAB_AS_INDENT" ? "YAML-TAB" : "YAML-SYNTAX";
  return finding(source, id, [[error.pos[0], error.pos[1]]], message, fix);
}

/** A file with more is something else, and nobody reads on. */
const ENOUGH = 100;

/** One a line: what follows on the same line is the same slip again. */
export function syntaxProblems(source: Source, documents: readonly Document[]): readonly Finding[] {
  const marker = /^(?:<{7}|={7}|>{7})(?:[ \r\n]|$)/m.exec(source.text);
  if (marker !== null) {
    const range: Range = [marker.index, marker.index + 7];
    return [
      finding(
        source,
        "YAML-CONFLICT",
        [range],
        "a merge conflict is not resolved",
        "choose one side and remove the lines with <<<<<<<, ======= and >>>>>>>",
      ),
    ];
  }
  const found = documents
    .flatMap(({ errors, warnings }) => [...errors, ...warnings])
    .slice(0, ENOUGH)
    .map((error) => syntaxProblem(source, error));
  const lineOf = ({ places }: Finding): number | undefined => places?.[0]?.line;
  return found.filter((problem, index) => found.findIndex((other) => lineOf(other) === lineOf(problem)) === index);
}

const rangeOf = (node: Node): Range => [node.range?.[0] ?? 0, node.range?.[1] ?? 0];

/** Where `&anchor` stands: before the node, and before its first key when that is a block. */
function anchorRange({ text }: Source, node: Node, anchor: string): Range {
  const from = text.lastIndexOf(`&${anchor}`, rangeOf(node)[0]);
  return [from, from + anchor.length + 1];
}

function keyProblems(source: Source, map: YAMLMap<unknown, unknown>): readonly Finding[] {
  const first = new Map<string, Node>();
  return map.items.flatMap(({ key }) => {
    if (!isScalar(key)) {
      const range = rangeOf((key ?? map) as Node);
      return [finding(source, "YAML-KEY", [range], "a key is a list or a map", "write keys as plain text")];
    }
    const twin = first.get(String(key.value));
    first.set(String(key.value), twin ?? key);
    if (twin === undefined) return [];
    return [
      finding(
        source,
        "YAML-DUPLICATE",
        [rangeOf(key), rangeOf(twin)],
        `"${String(key.value)}" stands twice in one map`,
        "keep one of the two",
      ),
    ];
  });
}

const ALIAS_FIX = "write the value out; places in this file are told apart by their keys";

/** What is readable and still not wanted: repeated keys, keys that are no text, anchors and aliases when refused. */
export function contentProblems(source: Source, document: Document, aliases: "refuse" | "allow"): readonly Finding[] {
  const found: Finding[] = [];
  visit(document, {
    Node(_, node) {
      if (isMap(node)) found.push(...keyProblems(source, node));
      if (aliases === "allow") return;
      if (isAlias(node))
        found.push(finding(source, "YAML-ALIAS", [rangeOf(node)], `*${node.source} repeats another value`, ALIAS_FIX));
      else if (node.anchor !== undefined)
        found.push(
          finding(
            source,
            "YAML-ALIAS",
            [anchorRange(source, node, node.anchor)],
            `&${node.anchor} names a value for repetition`,
            ALIAS_FIX,
          ),
        );
    },
  });
  return found;
}

export function documentsProblem(source: Source, second: Document): Finding {
  const from = source.text.lastIndexOf("---", second.contents?.range?.[0] ?? second.range?.[0] ?? 0);
  const at = Math.max(from, 0);
  return finding(
    source,
    "YAML-DOCUMENTS",
    [[at, at + 3]],
    "a second document starts here",
    "keep one document in this file",
  );
}

export const valueProblem = (source: Source, message: string): Finding =>
  finding(source, "YAML-ALIAS", [[0, 1]], lowerCase(message));
