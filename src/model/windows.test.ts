import { describe, expect, it, test } from "vitest";
import { compareLines, isOfLine, minorOf } from "./version.ts";
import { misfits, windowText } from "./windows.ts";
import type { Pin, Window } from "./unit.ts";

test.each([
  ["v1.36.4", "1.36"],
  ["1.20.0", "1.20"],
  ["v1.36.3+k3s1", "1.36"],
])("%s is of %s", (version, minor) => {
  expect(minorOf(version)).toBe(minor);
  expect(isOfLine(version, minor)).toBe(true);
});

test.each([
  ["1.9.0", "1.10", -1],
  ["1.10.2", "1.10", 0],
  ["2.0.0", "1.99", 1],
  ["5.3.0", "5", 0],
  ["4.9.9", "5", -1],
])("%s against the line %s", (version, line, sign) => {
  expect(Math.sign(compareLines(version, line))).toBe(sign);
});

const window = (more: Partial<Window>): Window => ({
  line: "1.20",
  with: "kubernetes",
  outside: "fails",
  source: "a table",
  ...more,
});
const pinsWith = (...windows: Window[]): ReadonlyMap<string, Pin> =>
  new Map([
    [
      "net",
      {
        id: "net",
        kind: "chart",
        source: "oci://x/y",
        version: "1.20.0",
        datasource: "docker",
        depName: "x/y",
        windows,
      },
    ],
  ]);
const versions = (net: string, kubernetes: string) =>
  new Map([
    ["net", net],
    ["kubernetes", kubernetes],
  ]);

describe("a window", () => {
  it.each([
    ["v1.33.0", undefined],
    ["v1.36.9", undefined],
    ["v1.32.9", "older"],
    ["v1.37.0", "newer"],
  ])("of 1.33 to 1.36 finds %s %s", (kubernetes, side) => {
    const found = misfits(versions("1.20.3", kubernetes), pinsWith(window({ from: "1.33", to: "1.36" })));
    expect(found[0]?.side).toBe(side);
  });
  it("speaks of its own line alone", () => {
    expect(misfits(versions("1.21.0", "v1.40.0"), pinsWith(window({ to: "1.36" })))).toEqual([]);
  });
  it("says nothing about what is not in use", () => {
    expect(misfits(new Map([["net", "1.20.0"]]), pinsWith(window({ to: "1.36" })))).toEqual([]);
  });
  it.each([
    [{ from: "1.33", to: "1.36" }, "1.33 to 1.36"],
    [{ from: "1.33" }, "1.33 and newer"],
    [{ to: "1.36" }, "1.36 and older"],
    [{ from: "1.9", to: "1.9" }, "1.9"],
  ])("%j reads %s", (ends, text) => {
    expect(windowText(window(ends))).toBe(text);
  });
});
