/** YAML values as what they are hoped to be: people edit these files, so anything may stand anywhere. */

export type Mapping = Readonly<Record<string, unknown>>;

export const isMapping = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const asMap = (value: unknown): Mapping => (isMapping(value) ? value : {});
export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const asText = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;
export const asTexts = (value: unknown): readonly string[] => asList(value).flatMap((item) => asText(item) ?? []);

/** `at(object, "spec", "rules", 0)`; undefined where nothing stands. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (current, step) => (typeof step === "number" ? asList(current)[step] : asMap(current)[step]),
    value,
  );

/** Filled in by Flux when it applies the file (`postBuild.substitute`), so that nobody can tell from here. */
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
