/** A reader of RouterOS's texts, after its documentation: Scripting, Constant Escape Sequences. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { compileTemplate } from "./compileTemplate.ts";
import { compileTemplates } from "./compileTemplates.ts";

/** Throws where the value would be more than one. */
function valueOf(text: string): string {
  if (/^[A-Za-z0-9_.:/,-]+$/.test(text)) return text;
  const [, inner] = /^"((?:\\["\\$?]|[^"\\$?])*)"$/.exec(text) ?? [];
  if (inner === undefined) throw new Error(`not one value: ${text}`);
  return inner.replace(/\\(.)/g, "$1");
}

const printable = fc.stringMatching(/^[ -~äß]{1,20}$/);
const commandish = fc.stringMatching(/^[$"\\?[\]{};a ]{1,12}$/);

test("RouterOS: whatever the view holds is read back", () => {
  const templates = compileTemplates({
    "a.rsc.hbs":
      '# {{comment name}}\n/ip/route/add comment={{x}} gateway={{str "(" x ")"}}{{#if x}} distance={{n}}{{/if}}\n',
  });
  fc.assert(
    fc.property(fc.oneof(printable, commandish), fc.nat(), (x, n) => {
      const [comment, line = ""] = templates.render("a.rsc", { name: "lan", x, n }).split("\n");
      expect(comment).toBe("# lan");
      const [, first = "", second = "", third] =
        /^\/ip\/route\/add comment=(.*) gateway=(".*") distance=(\d+)$/.exec(line) ?? [];
      expect([valueOf(first), valueOf(second), third]).toEqual([x, `(${x})`, String(n)]);
    }),
    { numRuns: 1000 },
  );
});

test.each(["a\nb", "a\u0007"])("%j stands in no command", (x) => {
  const templates = compileTemplates({ "a.rsc.hbs": "/ip/route/add comment={{x}}\n" });
  expect(() => templates.render("a.rsc", { x })).toThrow("not one printable line");
});

test.each<[string, string]>([
  ['/ip/route/add comment="{{x}}"\n', "the whole value of a property"],
  ["/ip/route/add comment=a{{x}}\n", "the whole value of a property"],
  ["/ip/route/add comment={{x}}a\n", "the whole value of a property"],
  ["/ip/{{x}}/add\n", "the whole value of a property"],
  ["/ip/route/add comment={{block x}}\n", "no form for nested data"],
  ["/ip/route/add comment={{comment x}}\n", "outside a comment"],
  ["# {{x}}\n", "only {{comment x}}"],
])("%j is refused", (source, reason) => {
  expect(() => compileTemplate("a.rsc", source)).toThrow(reason);
});

test.each(['"a"b"', '"$a"', "a b", '"a\\nb"'])("the reader takes no %j", (text) =>
  expect(() => valueOf(text)).toThrow(),
);
