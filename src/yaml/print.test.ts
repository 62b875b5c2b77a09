import fc from "fast-check";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { hostile } from "./hostile.fixture.ts";
import { print, printDocuments, printFlow, printItem, printNested } from "./print.ts";

test("block style, lists indented under their key, keys in order, undefined dropped", () => {
  const value = {
    resources: ["b", "a"],
    none: undefined,
    on: { empty: [], nothing: {}, nested: [[1, 2], { a: 1, b: { c: null } }] },
    script: "set -e\n\n# x\necho\n",
  };
  expect(print(value)).toBe(`resources:
  - b
  - a
"on":
  empty: []
  nothing: {}
  nested:
    - - 1
      - 2
    - a: 1
      b:
        c: null
script: |
  set -e

  # x
  echo
`);
});

test("documents, flow and nested forms", () => {
  expect(printDocuments([{ a: 1 }, []])).toBe("---\na: 1\n---\n[]\n");
  expect(printFlow({ url: "https://x.y/z.git", list: ["a,b", {}], none: undefined })).toBe(
    '{ url: https://x.y/z.git, list: ["a,b", {}] }',
  );
  expect([printNested(1, 2), printNested({ a: [1] }, 2), printItem({ a: 1, b: 2 }, 4)]).toEqual([
    " 1",
    "\n  a:\n    - 1",
    "a: 1\n    b: 2",
  ]);
});

test("what YAML has no word for is refused", () => {
  for (const value of [undefined, () => 1, 1n, new Date(0), new Map(), { a: [undefined] }, { ["x".repeat(2000)]: 1 }])
    expect(() => print(value)).toThrow(/YAML/);
});

const tree = fc.letrec((self) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    hostile,
    fc.constantFrom(0, 1, -1.5, true, false, null),
    fc.array(self("value"), { maxLength: 3 }),
    fc.dictionary(hostile, self("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

/** YAML keys of one map are compared as text here; 1.1 merge keys and `__proto__` are the readers' own affair. */
const plainKeys = (value: unknown): boolean => !/"(__proto__|<<)":/.test(JSON.stringify(value));

test("reads back under YAML 1.1, 1.2 and js-yaml", () => {
  fc.assert(
    fc.property(tree.filter(plainKeys), (value) => {
      const text = print(value);
      expect(text).toMatch(/[^\n]\n$/);
      expect(text).not.toMatch(/[ \t]$/m);
      expect(parse(text, { version: "1.2" })).toEqual(value);
      expect(parse(text, { version: "1.1" })).toEqual(value);
      expect(load(text)).toEqual(value);
      expect(parse(`a: ${printFlow(value)}\n`)).toEqual({ a: value });
      expect(load(`a:\n  - b:${printNested(value, 6)}\n    c:\n      - ${printItem(value, 8)}\n`)).toEqual({
        a: [{ b: value, c: [value] }],
      });
    }),
    { numRuns: 500 },
  );
});

test("a stream reads back document by document", () => {
  fc.assert(
    fc.property(fc.array(tree.filter(plainKeys), { maxLength: 3 }), (values) => {
      expect(parseAllDocuments(printDocuments(values)).map((document) => document.toJS())).toEqual(values);
    }),
    { numRuns: 200 },
  );
});
