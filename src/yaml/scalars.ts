/** Every scalar of a text with its role: how src/render finds out where in a YAML template an interpolation stands. */
import { isCollection, visit } from "yaml";
import { parseDocuments } from "./parse.ts";

export interface ScalarPlace {
  /** As parsed: without quotes, folding undone. */
  readonly value: string;
  readonly style: "plain" | "quoted" | "literal";
  readonly role: "key" | "value" | "item" | "document";
  /** Inside `{ }` or `[ ]`. */
  readonly inFlow: boolean;
}

export interface ScalarsOf {
  readonly scalars: readonly ScalarPlace[];
  /** The first thing a YAML reader refuses; `offset` into the text. Keys may repeat. */
  readonly error?: { readonly message: string; readonly offset: number };
}

const styleOf = (type: string | undefined): ScalarPlace["style"] =>
  type === "PLAIN" ? "plain" : type?.startsWith("BLOCK") === true ? "literal" : "quoted";

export function scalarsOf(text: string): ScalarsOf {
  // failsafe: every scalar stays the string it was written as.
  const documents = parseDocuments(text, {
    schema: "failsafe",
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "error",
  });
  const scalars: ScalarPlace[] = [];
  for (const document of documents) {
    visit(document, {
      Scalar(key, node, path) {
        const inFlow = path.some((parent) => isCollection(parent) && parent.flow === true);
        const role = key === "key" || key === "value" ? key : key === null ? "document" : "item";
        scalars.push({ value: String(node.value), style: styleOf(node.type), role, inFlow });
      },
    });
  }
  const error = [...documents].flatMap((document) => [...document.errors, ...document.warnings])[0];
  return error === undefined ? { scalars } : { scalars, error: { message: error.message, offset: error.pos[0] } };
}
