/** What zod found, in the words of the network: one slip, one problem, at the key where it was made. */
import type { z } from "zod";
import {
  badName,
  missing,
  notOffered,
  outOfBounds,
  refused,
  undecided,
  unknownKey,
  wrongType,
  type Case,
  type Problem,
  type Root,
} from "./sentences.ts";
import { formOf, keysOf, memberFor, membersOf, schemaAt, valueAt, valuesOf } from "./shape.ts";
import { dotted, expected } from "./wording.ts";
import { quote } from "../fields/quote.ts";

type Issue = z.core.$ZodIssue;

export function problemsOf(issues: readonly Issue[], root: Root): readonly Problem[] {
  const problems = issues.flatMap((issue) => translate(issue, root));
  const meant = new Set(problems.flatMap((problem) => (problem.meant === undefined ? [] : [dotted(problem.meant)])));
  // A key with a slip in it is not missing as well.
  return problems.filter(({ id, path }) => id !== "SPEC-MISSING" || !meant.has(dotted(path)));
}

/** `member` is the member of a union at the path of the issue, where it is known. */
function translate(issue: Issue, root: Root, member?: z.ZodType): readonly Problem[] {
  const path = issue.path as (string | number)[];
  const there = schemaAt(root.schema, root.value, path);
  if (there === undefined) return [{ id: "SPEC-VALUE", path, message: issue.message }];
  const schema = formOf(there) === "either" ? (member ?? there) : there;
  const value = valueAt(root.value, path);
  const here: Case = { ...root, path, at: root.shown(path), schema, value };
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(key, here));
  // zod does not look at what stands under a bad name.
  if (issue.code === "invalid_key") return [badName(issue.issues[0], here), ...inside(schema, here, root)];
  const entry = path.at(-1) === "provider" ? schemaAt(root.schema, root.value, path.slice(0, -1)) : undefined;
  if (entry !== undefined && formOf(entry) === "either" && value !== null)
    return [undecided(here, keysIn(entry), providersIn(entry))];
  // The example is that of the key, whichever form was meant.
  if (issue.code === "custom") return [refused(issue.message, issue.params ?? {}, { ...here, schema: there })];
  if (value === undefined || value === null) return [missing(here)];
  if (issue.code === "invalid_union" && issue.errors.length > 0) return inMember(here, root);
  if (!issue.message.startsWith("Invalid") && !issue.message.startsWith("Too "))
    return [refused(issue.message, {}, here)];
  if (issue.code === "invalid_value" || issue.code === "invalid_union") return [notOffered(here)];
  if (issue.code === "invalid_type") return [wrongType(here)];
  if (issue.code === "too_small" || issue.code === "too_big") return [outOfBounds(issue, here)];
  return [refused(`${quote(value)} is not ${expected(schema)}`, {}, here)];
}

const keysIn = (entry: z.ZodType): readonly string[] =>
  membersOf(entry).flatMap((member) => Object.keys(keysOf(member)));

/** Each member has its own, or all of them. */
const providersIn = (entry: z.ZodType): readonly string[] => {
  const keys = membersOf(entry).flatMap((member) => keysOf(member)["provider"] ?? []);
  return [...new Set(keys.flatMap((key) => valuesOf(key) ?? []).map(String))];
};

/** A union reports what every member says; only the member that was meant is worth hearing. */
function inMember(here: Case, root: Root): readonly Problem[] {
  const member = memberFor(here.schema, here.value);
  return member === undefined ? [wrongType(here)] : inside(member, here, root);
}

const inside = (schema: z.ZodType, { path, value }: Case, root: Root): readonly Problem[] =>
  (schema.safeParse(value).error?.issues ?? []).flatMap((issue) =>
    translate({ ...issue, path: [...path, ...issue.path] }, root, issue.path.length === 0 ? schema : undefined),
  );
