import { describe, expect, it } from "vitest";
import { columns, wrap, widthOf } from "./wrap.ts";

describe("wrapping", () => {
  it("breaks between words and keeps the indent", () => {
    expect(wrap("one two three", "  ", 10)).toBe("  one two\n  three");
  });
  it("lets a long word stand alone", () => {
    expect(wrap("a verylongword b", "", 6)).toBe("a\nverylongword\nb");
  });
});

describe("columns", () => {
  it("are aligned, without spaces at the end", () => {
    expect(
      columns([
        ["a", "long", "x"],
        ["bcd", "e", ""],
      ]),
    ).toBe("  a    long  x\n  bcd  e");
  });
  it("go on below where a line would be too long", () => {
    const lines = columns([["name", "word ".repeat(40).trim()]]).split("\n");
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.every((line) => line.length <= 100)).toBe(true);
    expect(lines[1]).toMatch(/^ {8}word/);
  });
  it("leave the last one more than a word a line, and keep what a cell is set in by", () => {
    const names = Array.from({ length: 12 }, (_, index) => `worker-${index + 1}`).join(", ");
    const lines = columns([["192.168.1.53-64", `  ${names}`, "what a machine is here, and why"]]).split("\n");
    expect(lines).toEqual([
      "  192.168.1.53-64    worker-1, worker-2, worker-3, worker-4, worker-5,      what a machine is here,",
      "                     worker-6, worker-7, worker-8, worker-9, worker-10,     and why",
      "                     worker-11, worker-12",
    ]);
  });
});

describe("the width of a terminal", () => {
  it.each([
    [{ isTTY: true, columns: 80 }, 80],
    [{ isTTY: true, columns: 200 }, 100],
    [{ isTTY: true, columns: 20 }, 60],
    [{ isTTY: true, columns: 0 }, 100],
    [{ columns: 80 }, 100],
  ])("of %j is %i", (stream, width) => {
    expect(widthOf(stream)).toBe(width);
  });
});
