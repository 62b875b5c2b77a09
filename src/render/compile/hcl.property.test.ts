/** A reader of HCL's quoted texts, after its native syntax specification; OpenTofu itself reads them in test/tools. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { hostile } from "../../yaml/hostile.fixture.ts";
import { compileTemplates } from "./compileTemplates.ts";

const ESCAPE = /\\(?:(?<short>[nrt"\\])|u(?<code>[0-9a-f]{4})|(?<wrong>[^]))/g;
const SHORT: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** Throws where the text would be more than text. */
function textOf(quoted: string): string {
  const [, inner] = /^"((?:\\[^]|[^"\\\n])*)"$/.exec(quoted) ?? [];
  if (inner === undefined) throw new Error(`not one quoted text: ${quoted}`);
  if (/[$%]\{/.test(inner)) throw new Error(`begins a template: ${quoted}`);
  return inner.replace(ESCAPE, (...match) => {
    const { short, code } = match.at(-1) as { short?: string; code?: string };
    if (short !== undefined) return SHORT[short] ?? "";
    if (code === undefined) throw new Error(`no escape of HCL: ${match[0]}`);
    return String.fromCharCode(Number.parseInt(code, 16));
  });
}

const whole = (text: string): string => text.replace(/\p{Cs}/gu, "\ufffd");
const templatish = fc.stringMatching(/^[$%{}"\\a]{0,12}$/);

test("HCL: whatever the view holds is read back", () => {
  const templates = compileTemplates({
    "a.tf.hbs": '# {{comment name}}\na = {{x}}\nb = {{str "${" x n}}\nc = {{n}}\n',
  });
  fc.assert(
    fc.property(fc.oneof(hostile, templatish), fc.integer(), (x, n) => {
      const lines = templates.render("a.tf", { name: "apps", x, n }).split("\n");
      expect(lines).toHaveLength(5);
      const [comment, a = "", b = "", c] = lines;
      expect([comment, c]).toEqual(["# apps", `c = ${n}`]);
      expect(textOf(a.slice(4))).toBe(whole(x));
      expect(textOf(b.slice(4))).toBe(whole(`\${${x}${n}`));
    }),
    { numRuns: 2000 },
  );
});

test("nested data keeps its lines and escapes its keys too", () => {
  const templates = compileTemplates({ "a.tf.hbs": "a {\n  b = {{block x}}\n}\n" });
  expect(templates.render("a.tf", { x: { "${k}": ["%{v}", true, null] } })).toBe(
    'a {\n  b = {\n    "\\u0024{k}": [\n      "\\u0025{v}",\n      true,\n      null\n    ]\n  }\n}\n',
  );
});

test.each(['"${x}"', '"a\nb"', '"a\\b"', '"a" "b"'])("the reader takes no %j", (text) => {
  expect(() => textOf(text)).toThrow();
});
