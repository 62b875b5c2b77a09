/** Annotations that keep an object from being pruned, in the words of the engine that comes. */
import { ExpectedError } from "../../../src/model/errors.ts";
import type { Engine } from "../../../src/model/component.ts";
import { asMap, at } from "../../../src/model/unknown.ts";
import { readDocuments } from "../../../src/yaml/documents.ts";
import { removeKey, setValue } from "../../../src/yaml/splice.ts";
import { editDocuments } from "../../../src/yaml/spliceObject.ts";
import { ownKinds } from "./left.ts";

const ANNOTATIONS = ["metadata", "annotations"];

/** What is no readable YAML is left as it is: `gen check` names it. */
export function keptBy(text: string, path: string, was: Engine, now: Engine): string {
  if (!Object.keys(was.keep).every((key) => text.includes(key))) return text;
  try {
    return editDocuments(text, (document) => inObject(document, path, was, now));
  } catch (error) {
    if (error instanceof ExpectedError) return text;
    throw error;
  }
}

function inObject(document: string, path: string, was: Engine, now: Engine): string {
  const [object] = readDocuments(document, path);
  const annotations = asMap(at(object, ...ANNOTATIONS));
  const isKept = Object.entries(was.keep).every(([key, value]) => annotations[key] === value);
  // What only the engine that leaves reads leaves with it.
  if (!isKept || ownKinds(document, path, was).length > 0) return document;
  const added = Object.entries(now.keep).reduce(
    (text, [key, value]) => setValue(text, path, [...ANNOTATIONS, key], value).text,
    document,
  );
  return Object.keys(was.keep)
    .filter((key) => !(key in now.keep))
    .reduce((text, key) => removeKey(text, path, [...ANNOTATIONS, key]).text, added);
}
