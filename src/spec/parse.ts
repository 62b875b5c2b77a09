/** A value as YAML gives it → a spec, or all that is wrong with it. */
import type { z } from "zod";
import type { Catalog } from "../model/component.ts";
import { choicesOf } from "./choices.ts";
import { coerce, type TextAt } from "./coerce.ts";
import { defaultsIn, namesakes } from "./defaults.ts";
import { elsewhere } from "./elsewhere.ts";
import { inheritedIn, ownerOfNodeKey, withNodeDefaults } from "./nodes.ts";
import { longForm } from "./longForm.ts";
import { problemsOf } from "./problems.ts";
import type { Problem } from "./sentences.ts";
import { specSchema } from "./schema.ts";
import { isMap } from "../model/unknown.ts";
import { childOf, formOf, isScalar, valueAt, type Path } from "./shape.ts";
import type { Spec } from "./spec.ts";
import { specOf } from "./specOf.ts";
import { found } from "./wording.ts";

interface Parsed {
  /** `undefined` when there is a problem. */
  readonly spec: Spec | undefined;
  readonly problems: readonly Problem[];
}

// Compiling a schema takes longer than using it a few times.
const ONCE = { jitless: true } as const;

/** `textAt` gives scalars as they were written, where there is a text; see coerce.ts. */
export function parseSpec(value: unknown, catalog: Catalog, textAt?: TextAt): Parsed {
  const written = value ?? {};
  if (!isMap(written)) return { spec: undefined, problems: [notAMap(written)] };
  const choices = choicesOf(written, catalog);
  const schema = specSchema(catalog, choices);
  const typed = longForm(schema, coerce(schema, written, textAt));
  const whole = withNodeDefaults(typed);
  const result = schema.safeParse(whole, ONCE);
  const unnamed = hiddenNames(schema, typed);
  if (!result.success || unnamed.length > 0) {
    const root = {
      schema,
      value: whole,
      elsewhere: (path: Path) => elsewhere(path, catalog),
      shown: (path: Path) => shownAs(path, written),
    };
    const issues = (result.error?.issues ?? []).flatMap((issue) => atOwner(issue, typed));
    return { spec: undefined, problems: distinct([...unnamed, ...problemsOf(issues, root)]) };
  }
  const defaults = new Map([...defaultsIn(schema, whole), ...inheritedIn(typed), ...namesakes(schema, written)]);
  return { spec: { ...specOf(result.data, choices, catalog), defaults }, problems: [] };
}

const notAMap = (value: unknown): Problem => ({
  id: "SPEC-TYPE",
  path: [],
  message: `the file is ${found(value)}, and keys with values stand here`,
  fix: "begin with version: 1",
});

type Issue = z.core.$ZodIssue;

/** Complete nodes repeat what is wrong with the defaults of all; it is said once, and there. */
function atOwner(issue: Issue, typed: unknown): readonly Issue[] {
  const path = issue.path as (string | number)[];
  if (issue.code !== "unrecognized_keys") return [{ ...issue, path: [...ownerOfNodeKey(path, typed)] }];
  return issue.keys.map((key) => ({ ...issue, keys: [key], path: ownerOfNodeKey([...path, key], typed).slice(0, -1) }));
}

/** Up to the scalar a short form was written as; past the key a list was written for. */
function shownAs(path: Path, written: unknown): Path {
  const short = path.findIndex((key, index) => {
    const above = index > 0 ? valueAt(written, path.slice(0, index)) : undefined;
    return isScalar(above) || (Array.isArray(above) && typeof key !== "number");
  });
  if (short === -1) return path;
  return isScalar(valueAt(written, path.slice(0, short)))
    ? path.slice(0, short)
    : shownAs(path.toSpliced(short, 1), written);
}

/** zod leaves this name of a map out without a word, and with it what stands there. */
function hiddenNames(schema: z.ZodType, value: unknown, path: Path = []): readonly Problem[] {
  if (!isMap(value)) return [];
  const hidden = formOf(schema) === "names" && Object.hasOwn(value, "__proto__");
  const problem: Problem = { id: "SPEC-NAME", path: [...path, "__proto__"], message: "`__proto__` is not a name" };
  const below = Object.entries(value).flatMap(([key, item]) => {
    const child = childOf(schema, value, key);
    return child === undefined ? [] : hiddenNames(child, item, [...path, key]);
  });
  return hidden ? [problem, ...below] : below;
}

/** What is wrong with the defaults of all nodes is found for each of them. */
const distinct = (problems: readonly Problem[]): readonly Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify([problem.id, problem.path]), problem])).values(),
];
