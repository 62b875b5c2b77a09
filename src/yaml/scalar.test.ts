import fc from "fast-check";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { scalar } from "./scalar.ts";
import { hostile } from "./hostile.fixture.ts";

test.each([
  "172.16.1.60",
  "172.16.1.0/24",
  "172.16.1.60-172.16.1.69",
  "fd00::1",
  "ragas.cc",
  "*.ragas.cc",
  "v1.2.3",
  "--flag=x",
  "-v",
  "https://github.com/example/homelab.git",
  "it's",
  "a,b",
  "a#b",
  "aa:bb",
  "Grüße",
  "quay.io/cilium/cilium:v1.18.1",
])("%s", (text) => {
  expect(scalar(text)).toBe(text === "*.ragas.cc" ? '"*.ragas.cc"' : text);
});

test.each([
  "",
  " a",
  "a ",
  "yes",
  "No",
  "on",
  "y",
  "null",
  "~",
  "true",
  "1",
  "-1",
  "1_000",
  "0x1F",
  "0o7",
  "0b1",
  "1e3",
  "1.5",
  ".5",
  "12:30:45",
  "00:11:22:33:44:55",
  "2026-01-01",
  "a: b",
  "a:",
  "a #b",
  "- a",
  "-",
  "---",
  "...",
  "[a]",
  "{a}",
  "<<",
  "=",
  "fd00::",
  "%a",
  "@a",
  "`a`",
  "!a",
  "&a",
  "|",
  ">",
  "a\nb",
  "a\tb",
  "a\u0085b",
  "a\u2028b",
  "\ufeff",
  "\u0000",
  "\ud800",
])("%j is quoted", (text) => {
  expect(scalar(text)).toMatch(/^".*"$/);
});

test("separators and controls are escaped, not written", () => {
  expect(scalar("a\u0085\u2028\ufeff")).toBe('"a\\u0085\\u2028\\ufeff"');
});

test("in flow style commas and brackets are quoted", () => {
  expect([scalar("a,b"), scalar("a,b", "flow"), scalar("fd00::1", "flow")]).toEqual(["a,b", '"a,b"', "fd00::1"]);
});

test("numbers and booleans keep their type", () => {
  expect([443, -1, 0.5, 1e21, -0, true, null].map((value) => scalar(value))).toEqual([
    "443",
    "-1",
    "0.5",
    "1.0e+21",
    "-0.0",
    "true",
    "null",
  ]);
});

const anyScalar = fc.oneof(
  { weight: 6, arbitrary: hostile },
  fc.double({ noNaN: true }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);

const readers: readonly [string, (text: string) => unknown][] = [
  ["YAML 1.2", (text) => parse(text, { version: "1.2" })],
  ["YAML 1.1", (text) => parse(text, { version: "1.1" })],
  ["js-yaml", (text) => load(text)],
];

test.each(readers)("reads back under %s, as value, item and in flow style", (_, read) => {
  fc.assert(
    fc.property(anyScalar, (value) => {
      const text = scalar(value);
      const inFlow = scalar(value, "flow");
      expect(text).not.toMatch(/[\n\r]/);
      expect(read(`key: ${text} # comment\nlist:\n  - ${text}\nflow: { a: ${inFlow}, b: [${inFlow}] }\n`)).toEqual({
        key: value,
        list: [value],
        flow: { a: value, b: [value] },
      });
    }),
    { numRuns: 1500 },
  );
});
