/** Kubernetes files as values, read as Kubernetes reads them: YAML 1.1 words and numbers, dates as text. */
import type { Document, Tags } from "yaml";
import { UserError } from "../model/errors.ts";
import { parseDocuments } from "./parse.ts";
import { at, placeOf } from "./position.ts";

// sigs.k8s.io/yaml reads no base 60, dates, sets or ordered maps; `<<` it does merge.
const UNKNOWN_TO_KUBERNETES = /:(?:timestamp|set|omap|pairs|binary)$/;
const kubernetesTags = (tags: Tags): Tags =>
  tags
    .filter(
      (tag) =>
        typeof tag === "string" || !(UNKNOWN_TO_KUBERNETES.test(tag.tag) || ("format" in tag && tag.format === "TIME")),
    )
    .map(withDigits);

/** `.` and `e5` are texts there, as is whatever strconv.ParseFloat does not take (sigs.k8s.io/yaml, goyaml.v2: resolve). */
function withDigits(tag: Tags[number]): Tags[number] {
  if (typeof tag === "string" || !("test" in tag) || tag.test === undefined || !tag.tag.endsWith(":float")) return tag;
  return tag.test.test(".inf") ? tag : { ...tag, test: new RegExp(`^(?=[-+]?\\.?\\d)(?:${tag.test.source})`) };
}

/** Documents as the library has them, errors in them. */
export const parseAsKubernetes = (text: string, uniqueKeys = true): readonly Document[] =>
  parseDocuments(text, {
    version: "1.1",
    merge: true,
    prettyErrors: false,
    logLevel: "error",
    customTags: kubernetesTags,
    uniqueKeys,
  });

/**
 * Every document of a file that holds anything. Aliases are resolved, up to the number at which a file can only mean
 * harm. Throws UserError with file, line and column.
 */
export function readDocuments(text: string, file: string): readonly unknown[] {
  return parseAsKubernetes(text).flatMap((document) => {
    const error = document.errors[0];
    if (error !== undefined)
      throw new UserError(
        `${at(placeOf(text, file, error.pos[0]))}: ${error.message}`,
        "correct the file, or leave it out",
      );
    if (document.contents === null) return [];
    try {
      const value: unknown = document.toJS();
      return value === null ? [] : [value];
    } catch (cause) {
      throw new UserError(
        `${at(placeOf(text, file, document.range?.[0] ?? 0))}: ${(cause as Error).message}`,
        undefined,
        {
          cause,
        },
      );
    }
  });
}
