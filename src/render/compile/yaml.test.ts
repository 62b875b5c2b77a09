import { expect, test } from "vitest";
import { compileTemplates } from "./compileTemplates.ts";

const render = (source: string, view: object): string =>
  compileTemplates({ "x.yaml.hbs": source }).render("x.yaml", view as never);

test("values, items, composites, nested data and comments", () => {
  const source = `# for {{comment name}}
address: {{address}}
port: {{port}}
text: {{str port}} # {{comment name}}
host: {{str name "." domain}}
list:
{{#each list}}
  - {{this}}
{{/each}}
nested: {{block nested}}
deep:
  - {{block nested}}
  - key: {{block nested}}
    last: {{../x}}
`.replace("{{../x}}", "{{enabled}}");
  expect(
    render(source, {
      name: "a",
      address: "172.16.1.1",
      port: 443,
      domain: "ragas.cc",
      list: ["yes", 1, null],
      enabled: true,
      nested: { a: [1, { b: "x\n\n\ny\n" }] },
    }),
  ).toBe(`# for a
address: 172.16.1.1
port: 443
text: "443" # a
host: a.ragas.cc
list:
  - "yes"
  - 1
  - null
nested:
  a:
    - 1
    - b: |
        x


        y
deep:
  - a:
      - 1
      - b: |
          x


          y
  - key:
      a:
        - 1
        - b: |
            x


            y
    last: true
`);
});
