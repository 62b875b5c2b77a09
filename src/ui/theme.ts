/** Colour adds, never carries, meaning; and appears only where somebody can see it. */
import { styleText } from "node:util";

type Style = "error" | "warning" | "note" | "strong" | "faint" | "good";

export type Theme = (style: Style, text: string) => string;

const STYLES = {
  error: ["red", "bold"],
  warning: ["yellow", "bold"],
  note: ["cyan", "bold"],
  strong: ["bold"],
  faint: ["dim"],
  good: ["green"],
} as const satisfies Record<Style, readonly Parameters<typeof styleText>[0][]>;

export const plain: Theme = (_style, text) => text;

const coloured: Theme = (style, text) =>
  STYLES[style].reduce<string>((styled, format) => styleText(format, styled), text);

/** https://no-color.org and https://force-color.org, in that order of strength. */
export function themeFor(stream: { readonly isTTY?: boolean | undefined }, env: NodeJS.ProcessEnv): Theme {
  if (env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "") return plain;
  const forced = env["FORCE_COLOR"] !== undefined && env["FORCE_COLOR"] !== "" && env["FORCE_COLOR"] !== "0";
  return forced || (stream.isTTY === true && env["TERM"] !== "dumb") ? coloured : plain;
}
