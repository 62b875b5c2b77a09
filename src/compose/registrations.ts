/** Lists of files, made of what each app and namespace asks to be named in: the same entries `add-app` splices later. */
import type { Engine } from "../model/component.ts";
import type { Tree } from "../model/tree.ts";
import type { Registration } from "../model/registration.ts";
import { createTree, type Entry } from "../tree/tree.ts";
import { printDocuments } from "../yaml/print.ts";

export function registrationFiles(registrations: readonly Registration[], { id }: Engine): Tree {
  const files = [...new Set(registrations.map(({ file }) => file))];
  return createTree(
    files.map((file): Entry => {
      const own = registrations.filter((registration) => registration.file === file);
      return [file, { content: printDocuments([listFile(own)]), kept: "managed", by: `engine ${id}` }];
    }),
  );
}

/** The file that has these entries and no others. */
function listFile(registrations: readonly Registration[]): Readonly<Record<string, unknown>> {
  const lists = [...new Set(registrations.map(({ list }) => list))];
  const itemsOf = (list: string) => registrations.filter((one) => one.list === list).map(({ item }) => item);
  return {
    ...registrations[0]?.head,
    ...Object.fromEntries(lists.map((list) => [list, [...new Set(itemsOf(list))].sort()])),
  };
}
