import { expect, test } from "vitest";
import { pathsUsed } from "./pathsUsed.ts";

test("every key of the view that is read, items by []", () => {
  const source = `a: {{a}}
b: {{str a.b "." c}}
{{#if (eq d "x")}}
{{#each list}}
- {{this}} {{../e}} {{@index}}
{{#each inner}}
  - {{name}} {{../other}} {{../../f}} {{block ..}}
{{/each}}
{{else}}
g: {{g}}
{{/each}}
{{else if h}}
{{/if}}
`;
  expect(pathsUsed(source)).toEqual([
    "a",
    "a.b",
    "c",
    "d",
    "e",
    "f",
    "g",
    "h",
    "list",
    "list[]",
    "list[].inner",
    "list[].inner[].name",
    "list[].other",
  ]);
});

test("a source that is no template is refused with its place", () => {
  expect(() => pathsUsed("a\n{{> b}}\n")).toThrow("2:1: partials");
});
