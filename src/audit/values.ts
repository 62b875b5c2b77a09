/** Texts in files that people edit, and things put together by what they share. */
import { asList } from "../model/unknown.ts";

export const asText = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;
export const asTexts = (value: unknown): readonly string[] => asList(value).flatMap((item) => asText(item) ?? []);

/** Filled in before the file is applied (`postBuild.substitute` of Flux, a plugin of Argo CD): nobody can tell from here. */
export const isSubstituted = (text: string): boolean => text.includes("${");

/** In the order of their first item. */
export function grouped<Item>(items: Iterable<Item>, key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}
