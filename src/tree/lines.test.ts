import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inStyleOf, linesOf, normalise, textOf } from "./lines.ts";
import { editOf, joined, saved, someLines, someText } from "./texts.fixture.ts";

test("normalise gives \\n and a final newline", () => {
  expect(normalise("a\r\nb")).toBe("a\nb\n");
  expect(normalise("a\r\r\n")).toBe("a\n");
  expect(normalise("")).toBe("");
  expect(normalise("\n")).toBe("\n");
});

test("lines and text are each other's inverse", () => {
  fc.assert(fc.property(someText, (text) => textOf(linesOf(text)) === text));
});

describe("inStyleOf", () => {
  test.each([
    ["all CRLF", "a\r\nb\r\n", "a\nc\nb\n", "a\r\nc\r\nb\r\n"],
    ["no last newline", "a\nb", "a\nc\n", "a\nc"],
    ["CRLF without last newline", "a\r\nb", "a\nb\nc\n", "a\r\nb\r\nc"],
    [
      "mixed: known lines keep their end, new ones take their neighbour's",
      "a\r\nb\nc\r\n",
      "a\nb\nx\nc\n",
      "a\r\nb\nx\nc\r\n",
    ],
    ["a text that ends in a blank line keeps it", "a", "a\n\n", "a\n\n"],
    ["one line without an end", "a", "b\n", "b"],
    ["an empty model says nothing", "", "a\n", "a\n"],
  ])("%s", (_, model, text, styled) => {
    expect(inStyleOf(text, model)).toBe(styled);
  });

  test("changes line ends only", () => {
    fc.assert(
      fc.property(
        someLines.chain((lines) => fc.tuple(saved(joined(lines)), editOf(lines))),
        ([model, lines]) => {
          expect(normalise(inStyleOf(joined(lines), model))).toBe(joined(lines));
        },
      ),
    );
  });

  test("a text that did not change comes back byte for byte", () => {
    fc.assert(
      fc.property(someText.chain(saved), (onDisk) => {
        expect(inStyleOf(normalise(onDisk), onDisk)).toBe(onDisk);
      }),
    );
  });
});
