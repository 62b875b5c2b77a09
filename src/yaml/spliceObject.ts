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
  list: { readonly path: readonly string[]; readonly item: Item; readonly by?: string | undefined },
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

/**
 * One edit in every document of a file, as `edit` has it done to a text that is that document alone. Lines it sees are
 * where they are in the file.
 */
export function editDocuments(text: string, edit: (document: string) => string): string {
  let above = "";
  return documentsOf(text)
    .map((document) => {
      const lines = "\n".repeat(above.split("\n").length - 1);
      above += document;
      return edit(`${lines}${document}`).slice(lines.length);
    })
    .join("");
}

// At the first column three dashes begin a document and nothing else (YAML 1.2.2, section 9.1.2).
const documentsOf = (text: string): readonly string[] => text.split(/^(?=---(?:\s|$))/m);

function isThere(document: string, file: string, { kind, name }: ObjectId): boolean {
  return readDocuments(document, file).some(
    (object) =>
      isMap(object) && object["kind"] === kind && isMap(object["metadata"]) && object["metadata"]["name"] === name,
  );
}
