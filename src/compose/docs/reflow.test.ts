import fc from "fast-check";
import { expect, test } from "vitest";
import { COLUMNS, reflow } from "./reflow.ts";

const LONG = "word ".repeat(40).trim();

test("joins the lines of a paragraph, and breaks where it is full", () => {
  expect(reflow("one\ntwo\n\nthree\n")).toBe("one two\n\nthree\n");
  const [first = "", second = ""] = reflow(LONG).split("\n");
  expect(first.length).toBeLessThanOrEqual(COLUMNS);
  expect(`${first} ${second}`).toBe(LONG);
});

test("goes on below the text of an item", () => {
  expect(reflow(`- ${LONG}\n1. next`)).toMatch(/^- word .*\n {2}word .*\n1\. next$/);
});

test.each([
  ["code", "```sh\na\nb # c\n```"],
  ["code in a list", "1. one\n\n   ```sh\n   a\n   b\n   ```"],
  ["a table", `| a | b |\n| --- | --- |\n| ${LONG} | x |`],
  ["headings", `# ${LONG}\n## b`],
  ["a link that is longer than a line", `[${LONG}](x.md)`],
])("leaves %s as it is", (_name, text) => expect(reflow(text)).toBe(text));

test("begins no line with what would begin a list or a heading", () => {
  const filler = "x".repeat(COLUMNS - 2);
  for (const mark of ["-", "+", "*", "#", ">", "12.", "=", "|"])
    expect(reflow(`${filler} ${mark} y`).split("\n")[1] ?? "").not.toMatch(/^[-+*#>=|\d]/);
});

test("keeps every word, and a second time changes nothing", () => {
  const word = fc.stringMatching(/^[a-z`|#.-]{1,30}$/).filter((text) => !text.includes("```"));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 60 }), (words) => {
      const text = `a ${words.join(" ")}`;
      const once = reflow(text);
      expect(once.split(/\s+/)).toEqual(text.split(/\s+/));
      expect(reflow(once)).toBe(once);
    }),
  );
});
