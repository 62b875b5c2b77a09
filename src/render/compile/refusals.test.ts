import { expect, test } from "vitest";
import { compileTemplate } from "./compileTemplate.ts";
import { emitTemplates } from "./emit.ts";

const refuse = (id: string, source: string): string => {
  try {
    compileTemplate(id, source);
    return "accepted";
  } catch (error) {
    return (error as Error).message;
  }
};

test.each<[string, string, string]>([
  ["a: {{{x}}}\n", "1:4", "{{{ }}}"],
  ["a: {{&x}}\n", "1:4", "{{& }}"],
  ["a: 1\n{{> part}}\n", "2:1", "partials"],
  ["a: {{x a=1}}\n", "1:4", "named arguments"],
  ["a: {{upper x}}\n", "1:4", "unknown helper upper"],
  ["a: {{yaml x}}\n", "1:4", "unknown helper yaml"],
  ["a: {{block x y}}\n", "1:4", "block takes one argument"],
  ["a: {{'x'}}\n", "1:4", "a literal needs no interpolation"],
  ["a: {{block 'x'}}\n", "1:12", "block takes keys of the view"],
  ["a: {{block (eq x y)}}\n", "1:12", "(eq …) inside block"],
  ["a: {{x~}}\n", "1:4", "~ hides"],
  ["{{~#if x}}\na: 1\n{{/if}}\n", "1:1", "~ hides"],
  ["{{#with x}}\na: 1\n{{/with}}\n", "1:1", "unknown block with"],
  ["{{#nodes}}\na: 1\n{{/nodes}}\n", "1:1", "unknown block nodes"],
  ["{{^nodes}}\na: 1\n{{/nodes}}\n", "1:1", "unknown block nodes"],
  ["{{#each a b}}\n{{/each}}\n", "1:1", "{{#each}} takes one argument"],
  ["{{#each a as |b|}}\n{{/each}}\n", "1:", "block parameters"],
  ["{{#if (and a b)}}\n{{/if}}\n", "1:7", "(and …) inside if"],
  ["{{#if (eq a)}}\n{{/if}}\n", "1:7", "eq compares two"],
  ["a: {{../x}}\n", "1:6", "leads out of the view"],
  ["a: {{this}}\n", "1:6", "the whole view"],
  ["a: {{@root.x}}\n", "1:6", "only @index"],
  ["a: {{@index}}\n", "1:6", "inside {{#each}}"],
  ["{{#each a}}\n- {{@../index}}\n{{/each}}\n", "2:5", "only @index"],
  ["a: {{x\n", "1:1", "Expecting"],
  ["{{#if x}}\na: 1\n", "3:", "Expecting"],
  ["{{#if x}}\na: 1\n{{/each}}\n", "1:", "doesn't match"],
  ["a: \u0000\n", "1:4", "the character"],
])("%j is refused at %s", (source, at, reason) => {
  const message = refuse("a/b.yaml", source);
  expect(message).toContain(`templates/a/b.yaml.hbs:${at}`);
  expect(message).toContain(reason);
});

test.each<[string, string, string]>([
  ["a: x{{x}}\n", "1:5", "as a part of a value"],
  ["a: {{x}}.{{y}}\n", "1:4", "as a part of a value"],
  ["a: {{x}}\n  more\n", "1:4", "as a part of a value"],
  ["a: '{{x}}'\n", "1:5", "inside quotes"],
  ['a: "b {{x}}"\n', "1:7", "inside quotes"],
  ['a: "b\n  {{x}}"\n', "2:3", "inside quotes"],
  ["a: [{{x}}]\n", "1:5", "inside { } or [ ]"],
  ["a: { b: {{x}} }\n", "1:9", "inside { } or [ ]"],
  ["a: [\n  {{x}},\n]\n", "2:3", "inside { } or [ ]"],
  ["{{x}}: 1\n", "1:1", "as a key"],
  ["a: |\n  {{x}}\n", "2:3", "inside a block scalar"],
  ["a: >-\n  b\n{{#if y}}\n  {{x}}\n{{/if}}\n", "4:3", "inside a block scalar"],
  ["{{x}}\n", "1:1", "as a whole document"],
  ["# {{x}}\n", "1:3", "in a comment only {{comment x}}"],
  ["a: 1 # {{str x}}\n", "1:8", "in a comment only {{comment x}}"],
  ["a: {{comment x}}\n", "1:4", "outside a comment"],
  ["a: {{block x}} # b\n", "1:4", "nothing may follow"],
  ["a: &b{{x}} 1\n", "1:6", "in a comment only"],
  ["a: {{#if x}}1{{/if}}\n", "1:4", "a block tag stands on a line of its own"],
  ["a:\n  - b {{else}}\n", "2:7", "Expecting"],
  ["{{#if x}}\na:\n  - b\n{{else}}\na: b: {{x}}\n{{/if}}\n", "5:1", "not YAML"],
  ["a:\n\tb: 1\n", "2:1", "not YAML"],
])("YAML: %j is refused at %s", (source, at, reason) => {
  const message = refuse("a.yaml", source);
  expect(message).toContain(reason);
  if (reason !== "Expecting") expect(message).toContain(`templates/a.yaml.hbs:${at}: `);
});

test.each<[string, string, string]>([
  ['echo "{{x}}"\n', "1:7", "inside quotes"],
  ["echo '{{x}}'\n", "1:7", "inside quotes"],
  ["echo `{{x}}`\n", "1:7", "inside quotes"],
  ["echo $A{{x}}\n", "1:8", "beside an expansion"],
  ["echo a\\{{x}}\n", "accepted", ""],
  ["cat <<EOF\n{{x}}\nEOF\n", "2:1", "in a here-document"],
  ["cat <<-'EOF' >f\n\t{{x}}\n\tEOF\necho {{y}}\n", "2:2", "in a here-document"],
  ["# {{x}}\n", "1:3", "in a comment only {{comment x}}"],
  ["echo a # it's\necho '{{x}}'\n", "2:7", "inside quotes"],
  ["echo {{comment x}}\n", "1:6", "outside a comment"],
  ["echo {{block x}}\n", "1:6", "no form for nested data"],
  ["echo {{#if x}}a{{/if}}\n", "1:6", "a block tag stands on a line of its own"],
])("shell: %j is refused at %s", (source, at, reason) => {
  expect(refuse("a.sh", source)).toContain(at === "accepted" ? at : `templates/a.sh.hbs:${at}: `);
  expect(refuse("a.sh", source)).toContain(reason);
});

test.each<[string, string, string]>([
  ["a.json5", '{ a: "{{x}}" }\n', "1:7"],
  ["a.json5", "{ a: b{{x}} }\n", "1:7"],
  ["a.json5", "// {{x}}\n{}\n", "1:4"],
  ["a.json5", "{ a: {{comment x}}\n}\n", "1:6"],
  ["a.toml", 'a = """\n{{x}}\n"""\n', "2:1"],
  ["a.toml", "a = 1 # {{x}}\n", "1:9"],
  ["a.md", "```{{x}}\n```\n", "1:4"],
  ["a.md", "<img src='{{x}}'>\n", "1:11"],
  ["a.md", "<!-- {{x}} -->\n", "1:6"],
  ["a.md", "{{block x}}\n", "1:1"],
  ["a.md", "{{comment x}}\n", "1:1"],
  ["a.conf", "{{block x}}\n", "1:1"],
  ["Makefile", "all: {{x}}\n", "1:1"],
])("%s: %j is refused at %s", (id, source, at) => {
  expect(refuse(id, source)).toContain(`templates/${id}.hbs:${at}: `);
});

test.each<[string, string, string]>([
  ['a = "{{x}}"\n', "1:6", "inside quotes"],
  ['a = "${f("b", {{x}})}"\n', "1:15", "inside quotes"],
  ['a = "$${" + {{x}}\n', "accepted", ""],
  ['a = "\\"{{x}}"\n', "1:8", "inside quotes"],
  ['a = "${f("}")}"\nb = "{{x}}"\n', "2:6", "inside quotes"],
  ["a = <<EOF\n{{x}}\nEOF\n", "2:1", "in a here-document"],
  ["a = <<-EOF\n  b\n  EOF\nc = b{{x}}\n", "4:6", "inside a word"],
  ["a = {{x}}.b\n", "1:5", "inside a word"],
  ["# {{x}}\n", "1:3", "in a comment only {{comment x}}"],
  ["a = 1 // {{x}}\n", "1:10", "in a comment only {{comment x}}"],
  ["/* \n{{x}} */\n", "2:1", "in a comment only {{comment x}}"],
  ["a = {{comment x}}\n", "1:5", "outside a comment"],
  ["a = {{#if x}}1{{/if}}\n", "1:5", "a block tag stands on a line of its own"],
])("HCL: %j is refused at %s", (source, at, reason) => {
  expect(refuse("a.tf", source)).toContain(at === "accepted" ? at : `templates/a.tf.hbs:${at}: `);
  expect(refuse("a.tf", source)).toContain(reason);
});

test("an id stands for one file, and files are text", () => {
  expect(() => emitTemplates({ "a.md": "", "a.md.hbs": "" })).toThrow(
    "templates/a.md.hbs and templates/a.md are one template",
  );
  expect(() => emitTemplates({ "a.png": "a\n\ufffd\0" })).toThrow("templates/a.png.hbs:2:1: not text in UTF-8");
});
