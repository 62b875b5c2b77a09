/** Label selectors of Kubernetes (Kubernetes documentation, Labels and Selectors). */
import { fields, labels, list, oneOf, text, texts } from "./read.ts";
import { UnreadableObject, type Labels } from "./world.ts";

export interface Requirement {
  readonly key: string;
  readonly operator: (typeof OPERATORS)[number];
  readonly values: readonly string[];
}

const OPERATORS = ["In", "NotIn", "Exists", "DoesNotExist"] as const;

/** All of which hold; none: everything. */
export type Selector = readonly Requirement[];

export function selector(value: unknown, where: string): Selector {
  const said = fields(value, where, ["matchLabels", "matchExpressions"]);
  const equal = Object.entries(labels(said["matchLabels"], `${where}.matchLabels`)).map(([key, one]) => ({
    key,
    operator: "In" as const,
    values: [one],
  }));
  const expressions = said["matchExpressions"] === undefined ? [] : list(said["matchExpressions"], where);
  return [...equal, ...expressions.map((one, index) => expression(one, `${where}.matchExpressions[${index}]`))];
}

function expression(value: unknown, where: string): Requirement {
  const said = fields(value, where, ["key", "operator", "values"]);
  const operator = oneOf(said["operator"], OPERATORS, `${where}.operator`);
  const values = said["values"] === undefined ? [] : texts(said["values"], `${where}.values`);
  if ((operator === "In" || operator === "NotIn") !== values.length > 0)
    throw new UnreadableObject(`${where}: ${operator} with ${values.length} values`);
  return { key: text(said["key"], `${where}.key`), operator, values };
}

/** Whether what has values by key meets one requirement; `find` has the values that a key of the selector stands for. */
export function meets({ key, operator, values }: Requirement, find: (key: string) => readonly string[]): boolean {
  const found = find(key);
  switch (operator) {
    case "In":
      return found.some((value) => values.includes(value));
    case "NotIn":
      return !found.some((value) => values.includes(value));
    case "Exists":
      return found.length > 0;
    case "DoesNotExist":
      return found.length === 0;
  }
}

export const matches = (wanted: Selector, of: Labels): boolean =>
  wanted.every((requirement) =>
    meets(requirement, (key) => {
      const value = of[key];
      return value === undefined ? [] : [value];
    }),
  );
