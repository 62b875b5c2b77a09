/** What was asked for before against what is asked for now. */
import { NeedsUserError } from "../src/model/errors.ts";
import { isMap } from "../src/model/unknown.ts";
import type { GeneratorRecord } from "../src/repo/record.ts";

type Values = Readonly<Record<string, unknown>>;

/** As JSON keeps it: without keys that have no value. */
export const asInputs = (value: object): Values => JSON.parse(JSON.stringify(value)) as Values;

/** The files may be the user's since they were written, so a second wish for the same app is told and not carried out. */
export function refuseOtherWish(
  what: string,
  { inputs }: Pick<GeneratorRecord, "inputs">,
  now: Values,
  folder: string,
): void {
  const different = differences(inputs, now);
  if (different.length === 0) return;
  throw new NeedsUserError(
    [`${what} was added before, otherwise:`, ...different.map((line) => `    ${line}`)].join("\n"),
    `its files are yours: change ${folder}, or remove the folder and add it again`,
  );
}

function differences(before: unknown, now: unknown, path = ""): readonly string[] {
  if (isMap(before) && isMap(now))
    return [...new Set([...Object.keys(before), ...Object.keys(now)])]
      .sort()
      .flatMap((key) => differences(before[key], now[key], path === "" ? key : `${path}.${key}`));
  if (JSON.stringify(sorted(before)) === JSON.stringify(sorted(now))) return [];
  return [`${path}: ${shown(before)} then, ${shown(now)} now`];
}

const shown = (value: unknown): string => (value === undefined ? "nothing" : JSON.stringify(value));

/** The order of keys says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
