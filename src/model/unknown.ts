/** Values of files people edit, as what they are hoped to be: anything may stand anywhere. */

export type Mapping = Readonly<Record<string, unknown>>;

export const isMap = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const asMap = (value: unknown): Mapping => (isMap(value) ? value : {});
export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** `at(object, "spec", "rules", 0)`; undefined where nothing stands. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (current, step) => (typeof step === "number" ? asList(current)[step] : asMap(current)[step]),
    value,
  );
