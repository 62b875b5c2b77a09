/** What a covering array is made of: parameters, their values, and what a value changes in a spec. */
import { isMap } from "../../src/model/unknown.ts";

export type SpecDraft = Readonly<Record<string, unknown>>;

export interface Value {
  readonly name: string;
  apply(draft: SpecDraft): SpecDraft;
  /** Values of other parameters without which there is nothing to set: an option of a component that may be absent. */
  readonly needs?: Needs;
}

export type Needs = Readonly<Record<string, readonly string[]>>;

export interface Parameter {
  readonly name: string;
  /** The first is what a network has that says nothing of it. */
  readonly values: readonly Value[];
}

/** Parameter → value. A parameter whose values all lack what they need is left out. */
export type Row = Readonly<Record<string, string>>;

/** A value of one parameter and a value of another, in the order of the parameters. */
export type Pair = readonly [parameter: string, value: string, other: string, otherValue: string];

/** A copy with a value at a dotted path; `undefined` takes the key away. */
export function set(draft: SpecDraft, path: string, value: unknown): SpecDraft {
  const [key = "", ...rest] = path.split(".");
  const below = draft[key];
  const inner = rest.length === 0 ? value : set(isMap(below) ? below : {}, rest.join("."), value);
  const { [key]: _, ...others } = draft;
  return inner === undefined ? others : { ...draft, [key]: inner };
}

export const setting =
  (path: string, value: unknown): Value["apply"] =>
  (draft) =>
    set(draft, path, value);

export const all =
  (...changes: readonly Value["apply"][]): Value["apply"] =>
  (draft) =>
    changes.reduce((current, change) => change(current), draft);

export const asItIs: Value["apply"] = (draft) => draft;

/** Position of what may be absent. */
export const WITHOUT = "without";

/** In `needs`: any position but its absence. */
export const ANY = "*";

export const suffices = (given: string | undefined, wanted: readonly string[]): boolean =>
  given !== undefined && (wanted.includes(given) || (wanted.includes(ANY) && given !== WITHOUT));

/** Whether a row has what a value needs. */
export const isMet = ({ needs = {} }: Value, row: Row): boolean =>
  Object.entries(needs).every(([name, wanted]) => suffices(row[name], wanted));

export const draftOf = (row: Row, parameters: readonly Parameter[], base: SpecDraft): SpecDraft =>
  parameters.reduce((draft, { name, values }) => {
    const value = values.find((one) => one.name === row[name]);
    return value === undefined ? draft : value.apply(draft);
  }, base);
