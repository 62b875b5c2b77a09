/**
 * The fate table: what becomes of every rule of the facts. One file an area, because several ids exist twice across
 * areas. A row has the key of its fate and may have those of others, where one part of a rule has another fate.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { asList, asMap } from "../../src/model/unknown.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import type { Edit } from "../rules/edits.ts";

export const AREAS = ["cni-lb", "gitops-bootstrap", "ingress-dns", "observability-apps"] as const;
export type Area = (typeof AREAS)[number];

export const FATES = ["rule", "construction", "documented", "not offered"] as const;
export type Fate = (typeof FATES)[number];

export interface Row {
  readonly id: string;
  /** In our own short words. */
  readonly says: string;
  readonly fate: Fate;
  /** Ids of rules and audits, of checks in `construction/`, or `audit:ID` for an audit, which every emitted tree passes. */
  readonly by: readonly string[];
  /** Edits of the reference network that its reader refuses: what cannot be written cannot be wrong. */
  readonly refused: readonly (Edit & { readonly finding: string })[];
  /** Words for what only reality can tell, on pages of the emitted repository. */
  readonly in: readonly { readonly page: string; readonly words: string }[];
  /** Names of the vocabulary that are not offered yet. */
  readonly until: readonly string[];
}

const KEYS = ["id", "says", "fate", "by", "refused", "in", "until"];

const texts = (value: unknown): readonly string[] => asList(value).map(String);
const readHere = (name: string): unknown =>
  readDocuments(readFileSync(join(import.meta.dirname, name), "utf8"), name)[0];

export const rowsOf = (area: Area): readonly Row[] => asList(readHere(`${area}.yaml`)).map(readRow);

function readRow(value: unknown): Row {
  const row = asMap(value);
  const unknown = Object.keys(row).filter((key) => !KEYS.includes(key));
  if (unknown.length > 0) throw new Error(`${String(row["id"])} has no key ${unknown.join(", ")}`);
  const maps = (key: string) => asList(row[key]).map(asMap);
  const text = (map: Readonly<Record<string, unknown>>, key: string): string => String(map[key] ?? "");
  return {
    id: text(row, "id"),
    says: text(row, "says"),
    fate: text(row, "fate") as Fate,
    by: texts(row["by"]),
    refused: maps("refused").map((one) => ({
      find: text(one, "find"),
      replace: text(one, "replace"),
      finding: text(one, "finding"),
    })),
    in: maps("in").map((one) => ({ page: text(one, "page"), words: text(one, "words") })),
    until: texts(row["until"]),
  };
}

export interface Vocabulary {
  /** What the catalog has: whoever adds to it looks which facts speak of the addition. */
  readonly present: readonly string[];
  /** What the facts speak of and the catalog has not. */
  readonly future: readonly string[];
}

export function vocabulary(): Vocabulary {
  const { present, future } = asMap(readHere("vocabulary.yaml"));
  return { present: texts(present), future: texts(future) };
}
