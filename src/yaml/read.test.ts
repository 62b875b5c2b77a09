import { expect, test } from "vitest";
import { read } from "./read.ts";

const refused = (text: string) =>
  read(text, "homelab.yaml", { aliases: "refuse" }).problems.map(({ id, message, places = [] }) => [
    id,
    message,
    ...places.map(({ line, column, length, text: shown }) => [
      line,
      column,
      shown.slice(column - 1, column - 1 + length),
    ]),
  ]);

test("a good file has a value and no problems", () => {
  const reading = read("a: 1\nb: [x, yes]\n", "homelab.yaml", { aliases: "refuse" });
  expect(reading.problems).toEqual([]);
  expect(reading.value).toEqual({ a: 1, b: ["x", "yes"] });
  expect(read("# only a comment\n", "f", { aliases: "refuse" }).value).toBeNull();
});

test.each<[string, string, unknown[]]>([
  [
    "repeated keys",
    "a: 1\nb: { c: 1, c: 2 }\na: 3\n",
    [
      ["YAML-DUPLICATE", '"a" stands twice in one map', [3, 1, "a"], [1, 1, "a"]],
      ["YAML-DUPLICATE", '"c" stands twice in one map', [2, 12, "c"], [2, 6, "c"]],
    ],
  ],
  ["tabs", "a:\n\tb: 1\n", [["YAML-TAB", "a tab indents this line", [2, 1, "\t"]]]],
  [
    "two slips",
    "a: b: c\nd: @x\n",
    [
      ["YAML-SYNTAX", "a second `: ` in one value", [1, 4, "b"]],
      ["YAML-SYNTAX", "a value cannot start with @ or a backtick", [2, 4, "@"]],
    ],
  ],
  [
    "anchors and aliases",
    "a: &x { b: 1 }\nc: *x\n",
    [
      ["YAML-ALIAS", "&x names a value for repetition", [1, 4, "&x"]],
      ["YAML-ALIAS", "*x repeats another value", [2, 4, "*x"]],
    ],
  ],
  [
    "an anchor on a block",
    "base: &base\n  a: 1\n",
    [["YAML-ALIAS", "&base names a value for repetition", [1, 7, "&base"]]],
  ],
  ["documents", "a: 1\n---\nb: 2\n", [["YAML-DOCUMENTS", "a second document starts here", [2, 1, "---"]]]],
  ["tags", "a: !secret x\n", [["YAML-TAG", "unresolved tag: !secret", [1, 4, "!secret"]]]],
  ["keys that are no text", "? [a]\n: 1\n", [["YAML-KEY", "a key is a list or a map", [1, 3, "[a]"]]]],
  [
    "conflict markers",
    "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n",
    [["YAML-CONFLICT", "a merge conflict is not resolved", [2, 1, "<<<<<<<"]]],
  ],
])("%s", (_, text, problems) => {
  expect(refused(text)).toEqual(problems);
});

test("aliases are resolved where they are allowed, and a bomb is not", () => {
  expect(read("a: &x 1\nb: *x\n", "f", { aliases: "allow" })).toMatchObject({ value: { a: 1, b: 1 }, problems: [] });
  const bomb = `a: &a [x, x, x, x, x]\n${["b", "c", "d", "e"].map((key, index) => `${key}: &${key} [${Array(9).fill(`*${"abcd"[index]}`).join(", ")}]\n`).join("")}`;
  expect(read(bomb, "f", { aliases: "allow" })).toMatchObject({ value: undefined, problems: [{ id: "YAML-ALIAS" }] });
  expect(read("a: *nobody\n", "f", { aliases: "allow" }).problems).toHaveLength(1);
});

const text = `lan:
  dns: [adguard, 172.16.1.1]
  hosts:
    pve1: { ip: 172.16.1.2, software: proxmox }
    nas:
silence:
  a.b: reason
  a: { c: other }
script: |
  echo
`;

const at = (path: string, part?: "key" | "value") => {
  const place = read(text, "homelab.yaml", { aliases: "refuse" }).place(path, part);
  return place && [place.line, place.column, place.text.slice(place.column - 1, place.column - 1 + place.length)];
};

test("places", () => {
  expect(at("lan")).toEqual([1, 1, "lan"]);
  expect(at("lan", "value")).toEqual([2, 3, "dns: [adguard, 172.16.1.1]"]);
  expect(at("lan.dns")).toEqual([2, 8, "[adguard, 172.16.1.1]"]);
  expect(at("lan.dns.1")).toEqual([2, 18, "172.16.1.1"]);
  expect(at("lan.hosts.pve1.software")).toEqual([4, 39, "proxmox"]);
  expect(at("lan.hosts.pve1.software", "key")).toEqual([4, 29, "software"]);
  expect(at("lan.hosts.nas")).toEqual([5, 5, "nas"]);
  expect(at("script")).toEqual([9, 9, "|"]);
  expect([at("lan.dns.2"), at("lan.dns.first"), at("nothing"), at("lan.hosts.nas.ip")]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("keys with dots", () => {
  expect(at("silence.a.b")).toEqual([7, 8, "reason"]);
  expect(at("silence.a.c")).toEqual([8, 11, "other"]);
  const reading = read(text, "f", { aliases: "refuse" });
  expect(reading.placeAt(["silence", "a.b"])?.line).toBe(7);
  expect(reading.placeAt(["silence", "a", "b"])).toBeUndefined();
  expect(reading.placeAt(["lan", "dns", 0])?.column).toBe(9);
});

test("a place of a CRLF file shows the line without its break", () => {
  expect(read("a: 1\r\nb: 22\r\n", "f", { aliases: "refuse" }).place("b")).toEqual({
    file: "f",
    line: 2,
    column: 4,
    length: 2,
    text: "b: 22",
  });
});
