/** An interpolation as the file type's rules see it, and what they make of it. */
import type { Mustache } from "./syntax.ts";
import type { Position } from "./refusal.ts";

export interface Interpolation {
  readonly node: Mustache;
  readonly at: Position;
  /** `value`: `{{x}}` or `{{str …}}`. */
  readonly form: "value" | "block" | "comment" | "raw";
  /** The line it stands on, in the template. */
  readonly line: string;
}

/** The runtime helper that writes it, with what the rules know about the place. */
export interface Escape {
  readonly helper: string;
  readonly args: readonly (string | number | boolean)[];
  /** White space before it is the helper's affair. */
  readonly eatsSpace?: true;
}

export const escape = (helper: string, ...args: Escape["args"]): Escape => ({ helper, args });

/** Rules of a file type: how each interpolation is written, in order; refuses where none is safe. */
export type Rules = (template: Outline) => readonly Escape[];

// Two private-use characters and a number: a placeholder is a plain scalar in YAML and a word anywhere.
const OPEN = "\ue000";
const CLOSE = "\ue001";

export const placeholder = (index: number): string => `${OPEN}${index}${CLOSE}`;
export const PLACEHOLDER = /\ue000(\d+)\ue001/g;
export const isPlaceholder = (text: string): boolean => /^\ue000\d+\ue001$/.test(text);

export interface Outline {
  readonly source: string;
  readonly interpolations: readonly Interpolation[];
  /** The text with placeholders, all branches one after the other. */
  readonly linear: string;
  /** The text with placeholders as it is rendered when the branches around interpolation `index` are taken. */
  variant(index: number): string;
  /** Where a line of a variant stands in the template, as well as can be told. */
  lineOf(rendered: string): Position;
  refuse(at: Position | Interpolation, message: string): never;
}
