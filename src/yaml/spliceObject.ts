/** Edits of one object in a file of several, as Kubernetes has them. */
import { isMap } from "../model/unknown.ts";
import { readDocuments } from "./documents.ts";
import { appendToList, type Item, type Splice } from "./splice.ts";

export interface ObjectId {
  readonly kind: string;
  readonly name: string;
}

/**
 * `appendToList` in the object of that kind and name. A file that has none is left as it is: what people made of it is
 * theirs. Throws UserError as `appendToList` does, and where a document cannot be read.
 */
export function appendInObject(
  text: string,
  file: string,
  id: ObjectId,
  list: { readonly path: readonly string[]; readonly item: Item; readonly by: string },
): Splice {
  let before = "";
  for (const document of documentsOf(text)) {
    if (isThere(document, file, id)) {
      // With the lines above it, so that a message names the line in the file.
      const above = "\n".repeat(before.split("\n").length - 1);
      const after = appendToList(`${above}${document}`, file, list.path, list.item, list.by).text.slice(above.length);
      return { text: `${before}${after}${text.slice(before.length + document.length)}`, changed: after !== document };
    }
    before += document;
  }
  return { text, changed: false };
}

// At the first column three dashes begin a document and nothing else (YAML 1.2.2, section 9.1.2).
const documentsOf = (text: string): readonly string[] => text.split(/^(?=---(?:\s|$))/m);

function isThere(document: string, file: string, { kind, name }: ObjectId): boolean {
  return readDocuments(document, file).some(
    (object) =>
      isMap(object) && object["kind"] === kind && isMap(object["metadata"]) && object["metadata"]["name"] === name,
  );
}
