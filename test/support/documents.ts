import { readDocuments } from "../../src/yaml/documents.ts";

const known = new Map<string, readonly unknown[]>();

/** Documents of a file. Most files of a network are those of others as well, so each text is read once: nobody may change what comes back. */
export function documentsOf(text: string, path: string): readonly unknown[] {
  const documents = known.get(text) ?? readDocuments(text, path);
  known.set(text, documents);
  return documents;
}
