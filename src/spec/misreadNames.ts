/** Names that YAML takes for numbers: a node called 01 would become 1. */
import type { Reading } from "../yaml/read.ts";
import { textOf } from "./place.ts";
import type { Problem } from "./sentences.ts";
import { quote } from "../fields/quote.ts";
import { isMap } from "../model/unknown.ts";
import { type Path } from "./shape.ts";

export const misreadNames = (reading: Reading): readonly Problem[] => below(reading.value, [], reading);

function below(value: unknown, path: Path, reading: Reading): readonly Problem[] {
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : isMap(value)
      ? Object.entries(value)
      : [];
  return entries.flatMap(([key, item]) => [
    ...misread(key, [...path, key], reading),
    ...below(item, [...path, key], reading),
  ]);
}

// What numbers, booleans and null become as the key of a map.
const NO_TEXT = /^(-?\d.*|-?Infinity|NaN|true|false|null|)$/;

function misread(key: string | number, path: Path, reading: Reading): readonly Problem[] {
  const text = typeof key === "string" && NO_TEXT.test(key) ? textOf(reading.placeAt(path, "key")) : undefined;
  if (text === undefined || text === key || !/^[-+.\w]+$/.test(text)) return [];
  return [
    {
      id: "SPEC-NAME",
      path,
      message: `YAML reads the name ${quote(text)} as ${key}`,
      fix: `put it in quotes: "${text}"`,
    },
  ];
}
