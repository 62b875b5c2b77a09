/**
 * A merge of lines can be clean and still wrong: two objects where there was one, a key twice. What was readable on
 * both sides must be readable after the merge, and hold the objects of both sides.
 */
import { ExpectedError } from "../model/errors.ts";
import { readDocuments } from "../yaml/documents.ts";
import type { MergeInput } from "./merge.ts";

type Reading = { readonly objects: readonly string[] } | { readonly unreadable: string };

function nameOf(document: unknown): string | undefined {
  if (typeof document !== "object" || document === null) return undefined;
  const { apiVersion, kind, metadata } = document as Record<string, unknown>;
  if (typeof apiVersion !== "string" || typeof kind !== "string") return undefined;
  const { namespace, name } = (metadata ?? {}) as Record<string, unknown>;
  const group = apiVersion.includes("/") ? apiVersion.split("/")[0] : "";
  return [group, kind, namespace, name].filter((part) => part !== undefined && part !== "").join("/");
}

function read(text: string, file: string): Reading {
  try {
    return { objects: readDocuments(text, file).flatMap((document) => nameOf(document) ?? []) };
  } catch (error) {
    if (error instanceof ExpectedError) return { unreadable: error.message };
    throw error;
  }
}

const count = (names: readonly string[], name: string): number => names.filter((other) => other === name).length;

/** Why a clean merge is none after all, or undefined. Looks at YAML only. */
export function wrongMerge(
  path: string,
  { ours, theirs }: Pick<MergeInput, "ours" | "theirs">,
  merged: string,
): string | undefined {
  if (!/\.ya?ml$/.test(path)) return undefined;
  const [left, right, result] = [read(ours, path), read(theirs, path), read(merged, path)];
  if ("unreadable" in left || "unreadable" in right) return undefined;
  if ("unreadable" in result) return `merged line by line it is no YAML any more (${result.unreadable})`;
  for (const name of new Set([...left.objects, ...right.objects, ...result.objects])) {
    const [before, now, after] = [count(left.objects, name), count(right.objects, name), count(result.objects, name)];
    if (after > Math.max(before, now)) return `merged line by line it has ${name} ${after} times`;
    if (after < Math.min(before, now)) return `merged line by line it loses ${name}`;
  }
  return undefined;
}
