import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalise } from "./lines.ts";
import { hasConflictMarkers, markedLines, mergeText, mergeWithoutBase } from "./merge.ts";
import { editOf, joined, saved, someLines, someText } from "./texts.fixture.ts";

const labels = { ours: "yours", base: "generated 1.0.0", theirs: "generated 1.4.0" };
const merge = (base: string, ours: string, theirs: string) => mergeText({ base, ours, theirs, labels });
const nineLines = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";

describe("mergeText", () => {
  test("takes both edits when a line lies between them", () => {
    expect(merge(nineLines, nineLines.replace("3", "three"), nineLines.replace("5", "five"))).toEqual({
      text: "1\n2\nthree\n4\nfive\n6\n7\n8\n9\n",
      conflict: false,
    });
  });

  test("adjacent edits conflict, with the labels and only the lines that differ", () => {
    expect(merge("a\nb\nc\n", "a\nours\nc\nsame\n", "a\ntheirs\nc\nsame\n")).toEqual({
      text: "a\n<<<<<<< yours\nours\n||||||| generated 1.0.0\nb\n=======\ntheirs\n>>>>>>> generated 1.4.0\nc\nsame\n",
      conflict: true,
      lines: [2],
    });
  });

  test("lines both sides put in are not part of the conflict", () => {
    expect(merge("a\nz\n", "a\nsame\nours\nend\nz\n", "a\nsame\ntheirs\nend\nz\n")).toEqual({
      text: "a\nsame\n<<<<<<< yours\nours\n||||||| generated 1.0.0\n=======\ntheirs\n>>>>>>> generated 1.4.0\nend\nz\n",
      conflict: true,
      lines: [3],
    });
  });

  test("deleted on one side, edited on the other is a conflict", () => {
    expect(merge("a\nb\nc\n", "a\nc\n", "a\nB\nc\n").conflict).toBe(true);
  });

  test("the same edit on both sides is none", () => {
    expect(merge("a\n", "b\r\n", "b\n")).toEqual({ text: "b\r\n", conflict: false });
  });

  test("line ends and a missing last newline of the user's file survive, markers included", () => {
    expect(merge(nineLines, "one\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n8\r\n9", nineLines.replace("8", "eight")).text).toBe(
      "one\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\neight\r\n9",
    );
    expect(merge("a\n", "b\r\n", "c\n").text).toBe(
      "<<<<<<< yours\r\nb\r\n||||||| generated 1.0.0\r\na\r\n=======\r\nc\r\n>>>>>>> generated 1.4.0\r\n",
    );
  });

  test("lines called like members of every object are lines", () => {
    expect(
      merge(
        "constructor\n__proto__\nx\ntoString\n",
        "constructor\n__proto__\nx\ntoString\nmine\n",
        "new\n__proto__\nx\ntoString\n",
      ).text,
    ).toBe("new\n__proto__\nx\ntoString\nmine\n");
  });
});

describe("laws of merging", () => {
  const triple = someLines
    .chain((base) => fc.tuple(fc.constant(base), editOf(base), editOf(base)))
    .map((texts) => texts.map(joined) as [string, string, string]);

  test("what both sides have is the outcome", () => {
    fc.assert(
      fc.property(someText, someText, (base, both) => {
        expect(merge(base, both, both)).toEqual({ text: both, conflict: false });
      }),
    );
  });

  test("a side that changed nothing gives way to the other", () => {
    fc.assert(
      fc.property(someText, someText, (base, other) => {
        expect(merge(base, base, other)).toEqual({ text: other, conflict: false });
        expect(merge(base, other, base)).toEqual({ text: other, conflict: false });
      }),
    );
  });

  test("the sides can be exchanged", () => {
    fc.assert(
      fc.property(triple, ([base, ours, theirs]) => {
        const [there, back] = [merge(base, ours, theirs), merge(base, theirs, ours)];
        expect(back.conflict).toBe(there.conflict);
        if (!there.conflict) expect(back.text).toBe(there.text);
      }),
    );
  });

  test("a conflict can be seen in the text, a clean merge has no marker", () => {
    fc.assert(
      fc.property(triple, ([base, ours, theirs]) => {
        const { text, conflict } = merge(base, ours, theirs);
        expect(hasConflictMarkers(text)).toBe(conflict);
      }),
    );
  });

  test("edits in different parts are both in the outcome", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 5, max: 8 }),
        fc.boolean(),
        (first, second, swapped) => {
          const lines = nineLines.trimEnd().split("\n");
          const [one, other] = [joined(lines.with(first, "ours")), joined(lines.with(second, "theirs"))];
          const both = joined(lines.with(first, "ours").with(second, "theirs"));
          expect(swapped ? merge(nineLines, other, one) : merge(nineLines, one, other)).toEqual({
            text: both,
            conflict: false,
          });
        },
      ),
    );
  });

  test("how the user's editor saved the file makes no difference to the lines", () => {
    fc.assert(
      fc.property(
        triple.chain(([base, ours, theirs]) => fc.tuple(fc.constant([base, ours, theirs] as const), saved(ours))),
        ([[base, ours, theirs], onDisk]) => {
          expect(normalise(merge(base, onDisk, theirs).text)).toBe(merge(base, ours, theirs).text);
        },
      ),
    );
  });
});

describe("mergeWithoutBase", () => {
  test("shares what is equal, marks what differs, loses nothing", () => {
    expect(mergeWithoutBase({ ours: "a\nmine\nb\n", theirs: "a\nb\nnew\n", labels })).toEqual({
      text: "a\n<<<<<<< yours\nmine\n=======\n>>>>>>> generated 1.4.0\nb\n<<<<<<< yours\n=======\nnew\n>>>>>>> generated 1.4.0\n",
      conflict: true,
      lines: [2, 4],
    });
  });

  test("equal texts are no conflict", () => {
    expect(mergeWithoutBase({ ours: "a\r\n", theirs: "a\n" })).toEqual({ text: "a\r\n", conflict: false });
  });
});

test.each([
  ["a heading of Markdown", "title\n=======\n", false],
  ["a whole conflict", "<<<<<<< yours\na\n=======\nb\n>>>>>>> generated\n", true],
  ["a whole conflict with CRLF", "<<<<<<< yours\r\na\r\n=======\r\nb\r\n>>>>>>> generated\r\n", true],
  ["a shell's here-document", "cat <<<<<<< x\n", false],
])("hasConflictMarkers: %s", (_, text, found) => {
  expect(hasConflictMarkers(text)).toBe(found);
});

test.each([
  ["a\n<<<<<<< yours\n1\n=======\n2\n>>>>>>> x\nb\n<<<<<<< yours\r\n=======\r\n3\r\n>>>>>>> x\r\n", [2, 8]],
  ["<<<<<<< only the beginning\n", []],
])("markedLines: %j", (text, lines) => {
  expect(markedLines(text)).toEqual(lines);
});
