import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { hostile } from "../../yaml/hostile.fixture.ts";
import { compileTemplates } from "./compileTemplates.ts";

const yamlSource = `# {{comment name}}
top: {{x}}
composed: {{str "a." x "." n}}
text: {{str n}}
list:
{{#each list}}
  - {{this}}
  - key: {{this}} # {{comment ../name}}
    other: {{../x}}
{{/each}}
nested: {{block nested}}
items:
  - {{block nested}}
  - - {{block nested}}
{{#if x}}
some: {{x}}
{{else}}
none: {{x}}
{{/if}}
`;

const value = fc.oneof(
  { weight: 4, arbitrary: hostile },
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant(null),
);
const key = hostile.filter((text) => !/^(__proto__|<<)$/.test(text));
const nested = fc.letrec<{ any: unknown }>((self) => ({
  any: fc.oneof(
    { depthSize: "small" },
    value,
    fc.array(self("any"), { maxLength: 3 }),
    fc.dictionary(key, self("any"), { maxKeys: 3, noNullPrototype: true }),
  ),
})).any;

const readers: readonly ((text: string) => unknown)[] = [
  (text) => parse(text, { version: "1.1" }),
  (text) => parse(text),
  load,
];

test("YAML: whatever the view holds is read back, under 1.1, 1.2 and by js-yaml", () => {
  const templates = compileTemplates({ "a.yaml.hbs": yamlSource });
  fc.assert(
    fc.property(hostile, fc.integer(), fc.array(value, { minLength: 1, maxLength: 3 }), nested, (x, n, list, block) => {
      const text = templates.render("a.yaml", { name: "apps", x, n, list, nested: block as never });
      const intended = {
        top: x,
        composed: `a.${x}.${n}`,
        text: String(n),
        list: list.flatMap((item) => [item, { key: item, other: x }]),
        nested: block,
        items: [block, [block]],
        ...(x === "" ? { none: x } : { some: x }),
      };
      for (const read of readers) expect(read(text)).toEqual(intended);
      expect(text).not.toMatch(/[ \t]$/m);
    }),
    { numRuns: 400 },
  );
});

test("JSON: whatever the view holds is read back", () => {
  const templates = compileTemplates({
    "a.json.hbs": '{ "a": {{x}}, {{x}}: [{{str x "/" x}}],\n  "c": {{block c}}\n}\n',
  });
  fc.assert(
    fc.property(hostile, nested, (x, c) => {
      fc.pre(!["a", "c", "__proto__"].includes(x));
      expect(JSON.parse(templates.render("a.json", { x, c: c as never }))).toEqual(
        JSON.parse(JSON.stringify({ a: x, [x]: [`${x}/${x}`], c })),
      );
    }),
    { numRuns: 1000 },
  );
});

test("shell: a real shell sees the words", () => {
  const source =
    "printf '%s\\0' {{x}} --name={{x}} \"$0\"{{x}} {{str x x}}\n{{#each list}}\nprintf '%s\\0' {{this}}\n{{/each}}\n";
  const templates = compileTemplates({ "a.sh.hbs": source });
  const word = hostile.map((text) => text.replaceAll("\0", "").replace(/\p{Cs}/gu, ""));
  fc.assert(
    fc.property(word, fc.array(word, { minLength: 20, maxLength: 20 }), (x, list) => {
      const words = execFileSync("sh", ["-c", templates.render("a.sh", { x, list }), "zero"], {
        encoding: "utf8",
      }).split("\0");
      expect(words).toEqual([x, `--name=${x}`, `zero${x}`, x + x, ...list, ""]);
    }),
    { numRuns: 40 },
  );
});

/** Reads escaped text as CommonMark does and fails where anything is left that could be more than text. */
function markdownAsText(source: string): string {
  const line = source.replace(/\n$/, "");
  expect(line).not.toMatch(/\n/);
  expect(line).not.toMatch(/^ *(?:#{1,6}(?: |$)|[-+*](?: |$)|\d{1,9}[.)](?: |$)|>|=+ *$|-+ *$|```|~~~)/);
  expect(line.replace(/\\[!-/:-@[-`{-~]/g, "")).not.toMatch(/[\\`*[\]<>&|~$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/u);
  return line.replace(/\\([!-/:-@[-`{-~])/g, "$1");
}

const squeezed = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, " ");

test("Markdown: text reads the same", () => {
  const templates = compileTemplates({ "a.md.hbs": "{{x}}\n", "b.md.hbs": "| {{x}} | `{{code}}` |\n" });
  fc.assert(
    fc.property(hostile, (x) => {
      expect(markdownAsText(templates.render("a.md", { x }))).toBe(squeezed(x).trimEnd());
      const code = x.replaceAll("`", "'").replaceAll("\\|", "|");
      const cells = templates.render("b.md", { x, code }).split(/(?<!\\)\|/);
      expect(cells).toHaveLength(4);
      expect(cells[2]?.replaceAll("\\|", "|")).toBe(` \`${squeezed(code)}\` `);
    }),
    { numRuns: 2000 },
  );
});

test("plain text and comments never leave their line", () => {
  const templates = compileTemplates({ "a.conf.hbs": "a {{x}} b\n", "b.yaml.hbs": "a: 1 # {{comment x}}\n" });
  const rendered = (id: string, x: string): string | undefined => {
    try {
      return templates.render(id, { x });
    } catch (error) {
      expect((error as Error).message).toMatch(/not one printable line|not a text for a comment/);
      return undefined;
    }
  };
  fc.assert(
    fc.property(hostile, (x) => {
      const [text, yaml] = [rendered("a.conf", x), rendered("b.yaml", x)];
      if (text !== undefined) expect(text).toMatch(/^[^\n\r\u2028\u2029\u0085]*\n$/);
      if (yaml !== undefined) expect([yaml.split("\n").length, parse(yaml)]).toEqual([2, { a: 1 }]);
    }),
    { numRuns: 1000 },
  );
});
