import { expect, test } from "vitest";
import type { View } from "../model/unit.ts";
import { compileTemplates, joinTemplates } from "./compile/compileTemplates.ts";
import { createTemplates } from "./templates.ts";

const render = (source: string, view: View): string => compileTemplates({ "x.txt.hbs": source }).render("x.txt", view);

test("templates are listed by folder, rendered by id, and copied when they are none", () => {
  const templates = compileTemplates({
    "b/two.yaml.hbs": "a: {{a}}\n",
    "b/one.yaml": "run: ${{ github.sha }}\nx: {{ .Values.x }}",
    "bc/three.md": "",
  });
  expect(templates.list("b")).toEqual(["b/one.yaml", "b/two.yaml"]);
  expect(templates.list("")).toHaveLength(3);
  expect([templates.has("b/one.yaml"), templates.has("toString")]).toEqual([true, false]);
  expect(templates.render("b/two.yaml", { a: 1 })).toBe("a: 1\n");
  expect(templates.render("b/one.yaml", {})).toBe("run: ${{ github.sha }}\nx: {{ .Values.x }}\n");
  expect(() => templates.render("toString", {})).toThrow("there is no template toString");
});

test("tests join templates of their own, which win", () => {
  const joined = joinTemplates(
    createTemplates({ "a.txt": "old\n", "b.txt": "b\n" }),
    createTemplates({ "a.txt": "new\n", "c.txt": "c\n" }),
  );
  expect(joined.list("")).toEqual(["a.txt", "b.txt", "c.txt"]);
  expect([joined.render("a.txt", {}), joined.render("b.txt", {}), joined.has("c.txt")]).toEqual(["new\n", "b\n", true]);
});

test.each<[string, string, View, string]>([
  ["a key", "{{name}}", {}, "template x.txt: the view has no name"],
  ["an undefined key", "{{name}}", { name: undefined }, "the view has no name"],
  ["a key that only a condition reads", "{{#if name}}x{{/if}}", {}, "the view has no name"],
  ["a key of a comparison", '{{#if (eq name "x")}}x{{/if}}', {}, "the view has no name"],
  ["a key of a loop", "{{#each nodes}}{{this}}{{/each}}", {}, "the view has no nodes"],
  [
    "a deep key",
    "{{#each nodes}}{{ip.v6}}{{/each}}",
    { nodes: [{ ip: { v4: "x" } }] },
    "the view has no nodes.0.ip.v6",
  ],
  ["a key of a text", "{{#each nodes}}{{ip}}{{/each}}", { nodes: ["x"] }, "template x.txt:"],
  ["a key of null", "{{a.b}}", { a: null }, '"b" not defined in null'],
  ["an item", "{{#each nodes}}{{this}}{{/each}}", { nodes: [undefined] }, "the view has no nodes.0"],
  ["an inherited key", "{{constructor}}", {}, "the view has no constructor"],
  ["a list as text", "{{nodes}}", { nodes: ["a"] }, "nodes is a list or map"],
  ["null as text", "{{name}}", { name: null }, "null where text is wanted"],
  ["a loop over a text", "{{#each name}}x{{/each}}", { name: "x" }, '{{#each}} over "x"'],
  [
    "a nested list as text",
    "{{#each nodes}}{{ips}}{{/each}}",
    { nodes: [{ ips: [] }] },
    "nodes.0.ips is a list or map",
  ],
])("throws for %s", (_, source, view, message) => {
  expect(() => render(source, view)).toThrow(message);
});

test("null, false, 0, empty text and empty lists are values", () => {
  const source = "{{#each all}}{{#if this}}+{{else}}-{{/if}}{{/each}}{{#unless none}}!{{/unless}}";
  expect(render(source, { all: [null, false, 0, "", [], true, 1, "x", ["x"], {}], none: null })).toBe("-----+++++!\n");
});

test("frozen views are as good as others", () => {
  const view = Object.freeze({ nodes: Object.freeze([Object.freeze({ name: "a" })]) });
  expect(render("{{#each nodes}}{{name}}{{/each}}", view)).toBe("a\n");
});

test("loops over lists and maps know where they are", () => {
  const source =
    "{{#each list}}{{@index}}{{#if @first}}f{{/if}}{{#unless @last}}, {{/unless}}{{/each}}; {{#each map}}{{@key}}={{this}} {{/each}}; {{#each none}}x{{else}}none{{/each}}";
  expect(render(source, { list: ["a", "b"], map: { x: 1, y: 2 }, none: null })).toBe("0f, 1; x=1 y=2 ; none\n");
});

test("the way up counts loops, also when an item equals the one around it", () => {
  const source = "{{#each outer}}{{#if ../on}}{{#each ../inner}}{{this}}<{{..}}<{{../../on}} {{/each}}{{/if}}{{/each}}";
  expect(render(source, { on: true, outer: ["a", "b"], inner: ["a", "b"] })).toBe(
    "a<a<true b<a<true a<b<true b<b<true\n",
  );
});

test("numbers beside each other stay apart", () => {
  expect(render("{{a}}{{b}}", { a: 1, b: 2 })).toBe("12\n");
});

test("blocks leave no blank lines or spaces behind", () => {
  const source = "\n\na  \n\n{{#if no}}\nb\n{{/if}}\n\n{{#each none}}\n{{/each}}\n\nc {{#if no}}d{{/if}}\n\n\n";
  expect(render(source, { no: false, none: [] })).toBe("a\n\nc\n");
  expect(render("{{#if no}}\na\n{{/if}}\n", { no: false })).toBe("\n");
});

test("what looks like a helper of Handlebars is a key", () => {
  expect(
    render("{{text}} {{str}} {{lookup}} {{json.block}}", { text: "a", str: "b", lookup: "c", json: { block: "d" } }),
  ).toBe("a b c d\n");
});

test("braces can be written", () => {
  expect(render("\\{{config_root}}/{{a}}", { a: "b" })).toBe("{{config_root}}/b\n");
});
