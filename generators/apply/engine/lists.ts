/** Entries of apps that move: out of the lists and objects of the engine that leaves, into those of the one that comes. */
import { registrationFiles } from "../../../src/compose/registrations.ts";
import type { Engine } from "../../../src/model/component.ts";
import { asList, asMap, at } from "../../../src/model/unknown.ts";
import type { RepoPath } from "../../../src/model/names.ts";
import type { Mention, Registration } from "../../../src/model/registration.ts";
import { normalise } from "../../../src/tree/lines.ts";
import { appendToList, removeFromList, setValue } from "../../../src/yaml/splice.ts";
import { same } from "../../../src/yaml/splice/same.ts";
import { appendInObject } from "../../../src/yaml/spliceObject.ts";
import { one } from "./apps.ts";
import type { Drafts } from "./drafts.ts";

/** What was generated for a path, before anybody added to it. */
export type Written = ReadonlyMap<RepoPath, string | undefined>;

/** A list that has nothing else then goes. */
export function unregister(registrations: readonly Registration[], drafts: Drafts, written: Written): void {
  for (const file of filesOf(registrations)) {
    const text = drafts.text(file);
    if (text === undefined || drafts.isContested(file)) continue;
    const base = written.get(file);
    const own = registrations.filter((one) => one.file === file);
    const rest = own
      .filter(({ list, item }) => !asList(base === undefined ? [] : one(base, file)?.[list]).includes(item))
      .reduce((current, { list, item }) => removeFromList(current, file, [list], item).text, text);
    drafts.write(file, isNobodys(rest, file, own, base) ? undefined : rest);
  }
}

function isNobodys(rest: string, file: RepoPath, own: readonly Registration[], base: string | undefined): boolean {
  if (base !== undefined) return normalise(rest) === normalise(base);
  const [{ list = "", head = {} } = {}] = own;
  return same(one(rest, file), { ...head, [list]: [] });
}

export function register(registrations: readonly Registration[], drafts: Drafts, engine: Engine): void {
  for (const file of filesOf(registrations)) {
    const own = registrations.filter((one) => one.file === file);
    const text = drafts.text(file);
    if (text === undefined) drafts.write(file, registrationFiles(own, engine).get(file)?.content);
    else
      drafts.write(
        file,
        own.reduce((current, { list, item }) => appendToList(current, file, [list], item).text, text),
      );
  }
}

/** An object that has nothing else then goes with its file. */
export function unmention(mentions: readonly Mention[], drafts: Drafts, written: Written): void {
  for (const file of filesOf(mentions)) {
    const [text, base] = [drafts.text(file), written.get(file)];
    if (text === undefined || base === undefined || drafts.isContested(file)) continue;
    const first = one(base, file);
    const rest = mentions
      .filter((mention) => mention.file === file)
      .filter(({ list, item }) => !asList(at(first, ...list)).some((other) => same(other, item)))
      .reduce((current, mention) => withoutItem(current, mention), text);
    drafts.write(file, normalise(rest) === normalise(base) ? undefined : rest);
  }
}

function withoutItem(text: string, { file, object, list, item }: Mention): string {
  const whole = one(text, file);
  const isIt = whole?.["kind"] === object.kind && asMap(whole["metadata"])["name"] === object.name;
  const items = asList(at(whole, ...list));
  const others = items.filter((other) => !same(other, item));
  return isIt && others.length < items.length ? setValue(text, file, list, others).text : text;
}

export function mention(mentions: readonly Mention[], drafts: Drafts): void {
  for (const { file, object, list, item, by } of mentions) {
    const text = drafts.text(file);
    if (text !== undefined && !drafts.isContested(file))
      drafts.write(file, appendInObject(text, file, object, { path: list, item, by }).text);
  }
}

const filesOf = (entries: readonly { readonly file: RepoPath }[]): readonly RepoPath[] => [
  ...new Set(entries.map(({ file }) => file)),
];
