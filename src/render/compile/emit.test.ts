import { expect, test } from "vitest";
import type { CompiledSet } from "../compiled.ts";
import { createTemplates } from "../templates.ts";
import { emitTemplates } from "./emit.ts";

async function imported(code: string): Promise<CompiledSet> {
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { templates: CompiledSet };
  return module.templates;
}

test("the emitted module renders what the sources say", async () => {
  const code = emitTemplates({
    "b/values.yaml.hbs": "{{#each nodes}}\n- name: {{name}}\n  in: {{../site}}\n{{/each}}\n",
    "b/static.md.hbs": "# Static\n\n\n\ntext  \n",
    "a/copied.yaml": "x: {{ .Values.x }}\r\n",
  });
  const templates = createTemplates(await imported(code));
  expect(templates.list("")).toEqual(["a/copied.yaml", "b/static.md", "b/values.yaml"]);
  expect(templates.render("a/copied.yaml", {})).toBe("x: {{ .Values.x }}\n");
  expect(templates.render("b/static.md", {})).toBe("# Static\n\ntext\n");
  expect(templates.render("b/values.yaml", { site: "home", nodes: [{ name: "yes" }, { name: "b" }] })).toBe(
    '- name: "yes"\n  in: home\n- name: b\n  in: home\n',
  );
});

test("the fallback for older runtimes and the places are left out, and the text does not depend on the order of the files", () => {
  const files = { "a.md.hbs": "{{x}}\n", "b.md.hbs": "{{y}}\n" };
  const code = emitTemplates(files);
  expect(code).not.toMatch(/hasOwnProperty|"start"/);
  expect(emitTemplates({ "b.md.hbs": files["b.md.hbs"], "a.md.hbs": files["a.md.hbs"] })).toBe(code);
});
