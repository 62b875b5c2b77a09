import fc from "fast-check";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { hostile } from "./hostile.fixture.ts";
import { appendToList, removeFromList, removeKey, setValue, type Splice } from "./splice.ts";
import { same, withValue } from "./splice/same.ts";
import { isContainer, untidy, type Choose, type Value } from "./untidy.fixture.ts";

const key = fc.oneof(
  fc.constantFrom("a", "b", "resources", "on", "1", "a.b"),
  hostile.filter((text) => !/^(__proto__|<<)$/.test(text)),
);
const word = fc.oneof(fc.constantFrom("a", "b", "./c", "d", "plain text"), hostile);
const values = fc.letrec<{ value: Value; map: Value }>((self) => ({
  value: fc.oneof(
    { depthSize: "small" },
    word,
    fc.constantFrom(0, 8080, -1.5, true, false, null),
    fc.array(self("value"), { maxLength: 3 }),
    self("map"),
  ),
  map: fc.dictionary(key, self("value"), { maxKeys: 4, noNullPrototype: true }),
}));

const choices = fc.infiniteStream(fc.nat(1000)).map(
  (stream): Choose =>
    (most) =>
      (stream.next().value as number) % most,
);
const document = fc
  .tuple(fc.oneof({ weight: 4, arbitrary: values.map }, values.value.filter(isContainer)), choices)
  .map(([value, choose]) => ({ value, text: untidy(value, choose) }));

function pathsOf(value: Value): readonly (readonly string[])[] {
  if (!isContainer(value)) return [[]];
  return [
    [],
    ...Object.entries(value).flatMap(([name, inner]: [string, Value]) => pathsOf(inner).map((path) => [name, ...path])),
  ];
}
const valueAt = (value: Value, path: readonly string[]): Value =>
  path.reduce<Value>((inner, name) => (inner as Record<string, Value>)[name] as Value, value);
const pathInto = (value: Value, fits: (there: Value) => boolean, pick: number): readonly string[] | undefined => {
  const paths = pathsOf(value).filter((path) => fits(valueAt(value, path)));
  return paths[pick % Math.max(paths.length, 1)];
};

const lines = (text: string): readonly string[] => text.split(/\r?\n/);
const comments = (text: string): readonly string[] => text.match(/# (?:note|line|deep|start|end) \d+/g) ?? [];
const contains = (all: readonly string[], some: readonly string[]): boolean => {
  let at = 0;
  for (const line of all) if (line === some[at]) at++;
  return at === some.length;
};

/** js-yaml takes what follows a left out item of an inner list for an item of that list. */
const LONE_DASH = /^[ -]*-\s*(?:#.*)?$/m;

function expectSplice(before: string, { text, changed }: Splice, intended: unknown): void {
  expect(changed).toBe(text !== before);
  const readers = LONE_DASH.test(text) ? [parse] : [parse, load];
  for (const read of readers) {
    const value: unknown = read(text) ?? {};
    expect(same(value, intended ?? {}) ? intended : value).toBe(intended);
  }
  if (before.includes("\r\n")) expect(text).not.toMatch(/[^\r]\n/);
  else expect(text).not.toContain("\r");
  if (before !== "" && text !== "" && changed) expect(text.endsWith("\n")).toBe(before.endsWith("\n"));
}

const runs = { numRuns: 300 };

test("the texts are what they say", () => {
  fc.assert(
    fc.property(document, ({ value, text }) => {
      expect(parse(text)).toEqual(value);
      if (!LONE_DASH.test(text)) expect(load(text)).toEqual(value);
    }),
    { numRuns: 500 },
  );
});

test("append: one line more, and taking it out restores the text", () => {
  fc.assert(
    fc.property(document, word, fc.nat(), ({ value, text }, item, pick) => {
      const path = pathInto(value, Array.isArray, pick);
      fc.pre(path !== undefined);
      const list = valueAt(value, path) as readonly Value[];
      const spellings = [item, `./${item.replace(/^\.\//, "")}`, item.replace(/^\.\//, "")];
      fc.pre(!list.some((other) => spellings.includes(other as string)));
      const after = appendToList(text, "f.yaml", path, item);
      const added = parse(after.text) as Value;
      expectSplice(text, after, withValue(value, path, valueAt(added, path)));
      expect([...(valueAt(added, path) as readonly Value[])].filter((other) => other !== item)).toEqual(list);
      expect(comments(after.text)).toEqual(comments(text));
      expect(appendToList(after.text, "f.yaml", path, item)).toEqual({ text: after.text, changed: false });
      const sharesLines = list.length === 0 || /^ *- - /m.test(text);
      if (!sharesLines && lines(after.text).length > lines(text).length)
        expect(contains(lines(after.text), lines(text))).toBe(true);
      const back = removeFromList(after.text, "f.yaml", path, item);
      expectSplice(after.text, back, value);
      if (list.length > 0) expect(back.text).toBe(text);
    }),
    runs,
  );
});

test("set: everything else stays", () => {
  fc.assert(
    fc.property(
      document,
      values.value,
      fc.array(key, { maxLength: 2 }),
      fc.nat(),
      ({ value, text }, wanted, below, pick) => {
        const path = pathInto(
          value,
          (there) => below.length === 0 || there === null || (isContainer(there) && !Array.isArray(there)),
          pick,
        );
        fc.pre(path !== undefined);
        const whole = [...path, ...below];
        fc.pre(whole.length > 0);
        const blocked =
          below.length > 1 &&
          isContainer(valueAt(value, path)) &&
          Object.hasOwn(valueAt(value, path) as object, below[0] ?? "");
        fc.pre(!blocked);
        const after = setValue(text, "f.yaml", whole, wanted);
        expectSplice(text, after, withValue(value, whole, wanted));
        const isNew =
          below.length > 0 &&
          !blocked &&
          !(isContainer(valueAt(value, path)) && Object.hasOwn(valueAt(value, path) as object, below[0] ?? ""));
        if (isNew) expect(comments(after.text)).toEqual(comments(text));
        expect(setValue(after.text, "f.yaml", whole, wanted)).toEqual({ text: after.text, changed: false });
      },
    ),
    runs,
  );
});

test("set: a scalar keeps every comment and every other line", () => {
  fc.assert(
    fc.property(document, fc.oneof(word, fc.constantFrom(1, true)), fc.nat(), ({ value, text }, wanted, pick) => {
      const path = pathInto(value, (there) => !isContainer(there), pick);
      fc.pre(path !== undefined && path.length > 0);
      const after = setValue(text, "f.yaml", path, wanted);
      expectSplice(text, after, withValue(value, path, wanted));
      expect(comments(after.text)).toEqual(comments(text));
      const [old, now] = [lines(text), lines(after.text)];
      const first = old.findIndex((line, index) => line !== now[index]);
      const more = now.length - old.length;
      if (first >= 0)
        expect(now.slice(first + 1 + Math.max(more, 0))).toEqual(old.slice(first + 1 + Math.max(-more, 0)));
    }),
    runs,
  );
});

test("remove a key: what remains is the rest, comments on other lines included", () => {
  fc.assert(
    fc.property(document, fc.nat(), ({ value, text }, pick) => {
      const paths = pathsOf(value).filter(({ length }) => length > 0);
      const path = paths[pick % Math.max(paths.length, 1)];
      fc.pre(path !== undefined);
      const after = removeKey(text, "f.yaml", path);
      expectSplice(text, after, withValue(value, path, undefined));
      expect(contains(comments(text), comments(after.text))).toBe(true);
      if (!Array.isArray(valueAt(value, path.slice(0, -1))))
        expect(removeKey(text, "f.yaml", [...path.slice(0, -1), "no such key"]).changed).toBe(false);
    }),
    runs,
  );
});
