/** Texts that share lines, as three versions of a file do. */
import fc from "fast-check";

/** Few different lines, blank ones among them, so that texts really overlap. */
const line = fc.constantFrom("a: 1", "b: 2", "  - x", "  - y", "", "# note", "key: value");

export const someLines = fc.array(line, { maxLength: 12 });
export const someText = someLines.map((lines) => lines.map((each) => `${each}\n`).join(""));

/** A text with another's lines, some taken out, some put in. */
export const editOf = (lines: readonly string[]): fc.Arbitrary<string[]> =>
  fc
    .array(fc.tuple(fc.nat({ max: lines.length }), fc.nat({ max: 2 }), fc.array(line, { maxLength: 2 })), {
      maxLength: 3,
    })
    .map((edits) =>
      edits.reduce<string[]>((text, [at, removed, added]) => text.toSpliced(at, removed, ...added), [...lines]),
    );

export const joined = (lines: readonly string[]): string => lines.map((each) => `${each}\n`).join("");

/** How somebody's editor may have saved a text. */
export const saved = (text: string): fc.Arbitrary<string> =>
  fc
    .record({ ends: fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }), newline: fc.boolean() })
    .map(({ ends, newline }) => {
      let index = 0;
      const mixed = text.replace(/\n/g, () => (ends[index++ % ends.length] ? "\r\n" : "\n"));
      const open = mixed.replace(/\r?\n$/, "");
      return newline || open === "" || open.endsWith("\n") ? mixed : open;
    });
