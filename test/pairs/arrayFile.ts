/** The array as it is committed: a row a line, so that a diff shows which networks an option adds. */
import { readDocuments } from "../../src/yaml/documents.ts";
import type { CoveringArray } from "./generate.ts";
import type { Row } from "./parameter.ts";

const HEAD = `# Every pair of options of the catalog is in one of these rows, which the tests render, or is forbidden by one rule.
# Made by \`npm run pairs\`; what the options mean stands in parameters.ts.
`;

export const writeArray = ({ rows, forbidden }: CoveringArray): string =>
  [
    HEAD,
    "rows:",
    ...rows.map((row) => `  - ${JSON.stringify(row)}`),
    "forbidden:",
    ...forbidden.map((one) => `  - ${JSON.stringify(one)}`),
    "",
  ].join("\n");

export function readArray(text: string): CoveringArray {
  const [array] = readDocuments(text, "array.yaml") as readonly CoveringArray[];
  if (array === undefined) throw new Error("array.yaml is empty: npm run pairs");
  return array;
}

/** A name for a row in the output of tests: what differs from a network that says nothing. */
export const shown = (row: Row): string => Object.values(row).join(", ");
