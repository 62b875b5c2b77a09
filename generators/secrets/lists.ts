/** Lists that name the files of Secrets, and those that named them for who opened them before. */
import { GENERATOR } from "../../src/compose/secretFiles.ts";
import type { Engine } from "../../src/model/component.ts";
import type { Registration } from "../../src/model/registration.ts";
import type { Change } from "../../src/model/tree.ts";
import { asList, at } from "../../src/model/unknown.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import { removeFromList } from "../../src/yaml/splice.ts";
import { entriesOnDisk, registrationChanges, type EntryOnDisk } from "../registrations.ts";
import type { Standing } from "./standing.ts";

/** Who took a file out of a list did so on purpose: it comes back with new text only, or when it changes lists. */
export async function listChanges(
  root: string,
  { all, written }: { readonly all: readonly Standing[]; readonly written: readonly Standing[] },
  engine: Engine,
): Promise<readonly Change[]> {
  const there = all.filter((one) => one.file.state !== "missing" || written.includes(one));
  const old = await entriesOnDisk(
    root,
    there.flatMap(({ others }) => others),
  );
  const moved = there.filter(({ others }) => others.some((other) => old.some(({ entry }) => entry === other)));
  const listed = [...new Set([...written, ...moved])].flatMap(({ registrations }) => registrations);
  const added = await registrationChanges(root, listed, engine);
  return withdrawn(withdrawn(added, old), await entriesOnDisk(root, generatorsOf(old)));
}

/** Of generators that name nothing any more: kustomize would run them for nothing. */
function generatorsOf(old: readonly EntryOnDisk[]): readonly Registration[] {
  return withdrawn([], old).flatMap(({ kind, path }) => {
    if (kind !== "delete") return [];
    const entry = old.find((one) => one.path === path)?.entry;
    if (entry === undefined) return [];
    const list = entry.file.replace(/[^/]+$/, "kustomization.yaml") as Registration["file"];
    return [{ file: list, list: "generators", item: `./${GENERATOR}`, head: {} }];
  });
}

/** The changes without these entries; a generator that has no file left goes. */
function withdrawn(changes: readonly Change[], entries: readonly EntryOnDisk[]): readonly Change[] {
  return entries.reduce<readonly Change[]>((sofar, { path, text: before, entry: { list, item } }) => {
    const known = sofar.find((change) => change.path === path);
    if (known?.kind === "delete") return sofar;
    const current = known !== undefined && "after" in known ? known.after : before;
    const { text: after } = removeFromList(current, path, [list], item);
    const change: Change =
      path.endsWith(GENERATOR) && isEmpty(after, path)
        ? { kind: "delete", path, before }
        : { kind: "update", path, before, after };
    return [...sofar.filter((other) => other !== known), change];
  }, changes);
}

function isEmpty(generator: string, path: string): boolean {
  const [only] = readDocuments(generator, path);
  return ["files", "secretFrom"].every((list) => asList(at(only, list)).length === 0);
}
