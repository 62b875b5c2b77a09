import { expect, test } from "vitest";
import type { View } from "../../model/unit.ts";
import { compileTemplates } from "./compileTemplates.ts";

const render = (id: string, source: string, view: View): string =>
  compileTemplates({ [`${id}.hbs`]: source }).render(id, view);

test("Markdown: text, tables, code, fences and links", () => {
  const source = `# {{title}}

See \`{{code}}\` and \`\`a {{code}}\`\` at [{{title}}](docs/{{file}}.md) or <https://{{host}}/>.

| a | b |
| --- | --- |
{{#each rows}}
| {{this}} | \`{{this}}\` |
{{/each}}

> \`\`\`sh
> dig {{raw}}
> \`\`\`

- {{title}}{{#if file}}, {{file}}{{/if}}
`;
  const view = {
    title: "*A* & <b>",
    code: "a|b*",
    file: "my file(1)",
    host: "ragas.cc",
    rows: ["a|b", "worker_1"],
    raw: "*.ragas.cc | cat",
  };
  expect(render("a.md", source, view)).toBe(`# \\*A\\* \\& \\<b\\>

See \`a|b*\` and \`\`a a|b*\`\` at [\\*A\\* \\& \\<b\\>](docs/my%20file%281%29.md) or <https://ragas.cc/>.

| a | b |
| --- | --- |
| a\\|b | \`a\\|b\` |
| worker_1 | \`worker_1\` |

> \`\`\`sh
> dig *.ragas.cc | cat
> \`\`\`

- \\*A\\* \\& \\<b\\>, my file(1)
`);
});

test.each([
  ["# a", "\\# a"],
  ["- a", "\\- a"],
  ["+ a", "\\+ a"],
  ["1. a", "1\\. a"],
  ["12) a", "12\\) a"],
  ["---", "\\---"],
  ["===", "\\==="],
  ["_a_", "\\_a\\_"],
  ["worker_1", "worker_1"],
  ["~~a~~", "\\~\\~a\\~\\~"],
  ["$a$", "\\$a\\$"],
  ["a\n b", "a b"],
])("Markdown: %j stays text", (text, escaped) => {
  expect(render("a.md", "{{x}}\n", { x: text })).toBe(`${escaped}\n`);
});

test("Markdown: what code cannot hold is our mistake", () => {
  expect(() => render("a.md", "`{{x}}`\n", { x: "a`b" })).toThrow("template a.md: a backtick cannot stand in code");
  expect(() => render("a.md", "| `{{x}}` |\n", { x: "a\\|b" })).toThrow("a backslash before a bar");
  expect(() => render("a.md", "```\n{{x}}\n```\n", { x: "a\nb" })).toThrow("would end the line");
});

test("shell: words and the ends of words", () => {
  const source = `#!/bin/sh
# {{comment name}}: {{comment version}}
NODE={{ip}}
run --file={{file}} "$HOME/"{{file}} $(get {{ip}}) <in; cat <<EOF
it's $NODE
EOF
for node in {{ip}}; do
`;
  expect(render("a.sh", source, { name: "apps", version: "v1.2.3", ip: "172.16.1.50", file: "it's\nhere" }))
    .toBe(`#!/bin/sh
# apps: v1.2.3
NODE=172.16.1.50
run --file='it'\\''s
here' "$HOME/"'it'\\''s
here' $(get 172.16.1.50) <in; cat <<EOF
it's $NODE
EOF
for node in 172.16.1.50; do
`);
});

test("JSON and TOML: whole values, keys too", () => {
  const source = `{
  // {{comment name}}
  a: {{text}}, {{name}}: [{{#each list}}{{this}}, {{/each}}],
  b: {{block map}},
}
`;
  expect(render("a.json5", source, { name: "x", text: 'a"b', list: [1, true, null], map: { y: ["z"] } })).toBe(`{
  // x
  a: "a\\"b", "x": [1, true, null, ],
  b: {
    "y": [
      "z"
    ]
  },
}
`);
  expect(render("a.toml", "{{name}} = {{version}} # {{comment name}}\n", { name: "kubectl", version: "1.36" })).toBe(
    '"kubectl" = "1.36" # kubectl\n',
  );
});

test("text: one printable line", () => {
  expect(render("a.conf", 'hostname {{str name "-" id}}\n! {{comment name}}\n', { name: "r", id: 1 })).toBe(
    "hostname r-1\n! r\n",
  );
  expect(() => render("a.conf", "{{x}}\n", { x: "a\nb" })).toThrow("not one printable line");
});

test("comments take words only", () => {
  for (const x of ["a\nb: 1", "a#b", "ä"])
    expect(() => render("a.yaml", "# {{comment x}}\n", { x })).toThrow("not a text for a comment");
});

test("raw is as it is", () => {
  expect(render("a.yaml", "{{raw x}}\n", { x: "a: b" })).toBe("a: b\n");
});
