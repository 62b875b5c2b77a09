/** YAML as people write it, for tests that change it. */
import { printFlow } from "./print.ts";
import { scalar } from "./scalar.ts";

export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };
export type Choose = (most: number) => number;

export const isContainer = (value: Value): value is Exclude<Value, string | number | boolean | null> =>
  typeof value === "object" && value !== null;

/** Prints a value as people do: any indentation, flow and block mixed, quotes, comments and empty lines anywhere. */
export function untidy(value: Value, choose: Choose): string {
  let comments = 0;
  const comment = (): string => (choose(4) === 0 ? `${" ".repeat(1 + choose(3))}# note ${comments++}` : "");
  // A block scalar takes in every deeper line that follows it.
  let afterLiteral = false;
  const between = (indent: number): readonly string[] => {
    const pick = afterLiteral ? 8 : choose(8);
    afterLiteral = false;
    return pick === 0
      ? [""]
      : pick === 1
        ? [`${" ".repeat(indent)}# line ${comments++}`]
        : pick === 2
          ? [`${" ".repeat(indent + 2)}# deep ${comments++}`]
          : [];
  };
  function leaf(item: Value, inside: "block" | "flow"): string {
    if (isContainer(item)) return printFlow(item);
    if (item === null && inside === "block" && choose(2) === 0) return "";
    if (typeof item === "string" && /^[a-z ]+$/.test(item) && choose(2) === 0) return `'${item}'`;
    return scalar(item, inside);
  }
  const literal = (item: Value, indent: number): readonly string[] | undefined => {
    if (
      typeof item !== "string" ||
      !/^[a-z ]+$/.test(item) ||
      item.startsWith(" ") ||
      item.endsWith(" ") ||
      choose(4) > 0
    )
      return undefined;
    afterLiteral = true;
    return ["|-", " ".repeat(indent + 1 + choose(4)) + item];
  };
  const isBlock = (item: Value): boolean => isContainer(item) && Object.keys(item).length > 0 && choose(4) > 0;

  function block(item: Value, indent: number): readonly string[] {
    const margin = " ".repeat(indent);
    if (Array.isArray(item)) {
      return (item as readonly Value[]).flatMap((inner) => {
        const before = between(indent);
        const [header, text] = literal(inner, indent) ?? [];
        if (header !== undefined && text !== undefined) return [...before, `${margin}- ${header}`, text];
        if (!isBlock(inner)) return [...before, `${margin}- ${leaf(inner, "block")}`.trimEnd() + comment()];
        const [first = "", ...rest] = block(inner, indent + 2);
        // A comment or empty line cannot follow a dash on its line.
        return [
          ...before,
          ...(/^ *(#|$)/.test(first) ? [`${margin}-`, first, ...rest] : [`${margin}- ${first.trimStart()}`, ...rest]),
        ];
      });
    }
    return Object.entries(item as object).flatMap(([key, inner]: [string, Value]) => {
      const head = `${margin}${scalar(key)}:`;
      const before = between(indent);
      const [header, lines] = literal(inner, indent) ?? [];
      if (header !== undefined && lines !== undefined) return [...before, `${head} ${header}`, lines];
      if (!isBlock(inner)) {
        const text = leaf(inner, "block");
        return [...before, head + (text === "" ? "" : ` ${text}`) + comment()];
      }
      const deeper = indent + (Array.isArray(inner) ? choose(3) : 1 + choose(4));
      return [...before, head + comment(), ...block(inner, deeper)];
    });
  }
  const lines = isContainer(value) && Object.keys(value).length > 0 ? block(value, 0) : [printFlow(value)];
  const eol = choose(4) === 0 ? "\r\n" : "\n";
  const start = choose(4) === 0 ? [`# start ${comments++}`] : [];
  return (
    [...start, ...lines, ...(choose(4) === 0 ? [`# end ${comments++}`] : [])].join(eol) + (choose(4) === 0 ? "" : eol)
  );
}
