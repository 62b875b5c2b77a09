/** Hostile texts in every place of homelab.yaml: refused in one clear line, or written so that they are text and nothing else. */
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments, stringify } from "yaml";
import { presetNames } from "../../generators/create/start.ts";
import { compose } from "../../src/compose/compose.ts";
import type { Plan } from "../../src/model/plan.ts";
import { errorsOf } from "../../src/rules/check.ts";
import { rules } from "../../src/rules/index.ts";
import { assessSpec } from "../../src/rules/planSpec.ts";
import { renderFindings } from "../../src/ui/findings.ts";
import { emittedCatalog as catalog } from "../fixtures/emitted.ts";

const HOSTILE: readonly string[] = [
  "x\ny: injected",
  "x\n---\nkind: Secret",
  "x: {y: [&a *a # !!js/function",
  "$(touch /tmp/x) `id` ${HOME} && id | sh",
  "\"; rm -rf / # '; rm -rf /",
  "x\r\nneighbor 1.2.3.4 remote-as 1\n! exit",
  "x] [y](javascript:alert(1)) <script>alert(1)</script> | ``` | --- |",
  "{{ .Values.x }} {% raw %} {{config_root}} ${{ secrets.X }}",
  "a\u202Egnp.exe\u2028\u0000\u001B[31m",
  "../../etc/passwd",
  "-rf",
  "__proto__",
  "\uD800",
  "a".repeat(50_000),
];

/** Texts are free here, and nowhere else. */
const FREE = /^(?:lan\.hosts\.[^.]+\.software(?:\.\d+)?|silence\.[A-Z0-9-]+)$/;

type Path = readonly (string | number)[];

function* leaves(value: unknown, path: Path = []): Generator<Path> {
  if (typeof value !== "object" || value === null) return yield path;
  for (const [key, item] of Object.entries(value))
    yield* leaves(item, [...path, Array.isArray(value) ? Number(key) : key]);
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  const copy: object = Array.isArray(value) ? [...value] : { ...(value as object) };
  const below: unknown = (value as Readonly<Record<string | number, unknown>>)[key];
  // As a key of its own, whatever it is called.
  return Object.defineProperty(copy, key, { value: replaced(below, rest, by), enumerable: true, writable: true });
}

const specs = presetNames(catalog).map((name) => parse(catalog.templates.render(`presets/${name}.yaml`, {})) as object);

/** Each place once, whichever preset has it. */
const places = [
  ...new Map(
    specs.flatMap((spec) =>
      [...leaves(spec)].map(
        (path) => [path.map((key) => (typeof key === "number" ? "0" : key)).join("."), { spec, path }] as const,
      ),
    ),
  ).values(),
];

const assess = (spec: unknown) => assessSpec(stringify(spec), "homelab.yaml", catalog, rules);

const treeOf = (plan: Plan, spec: unknown) =>
  compose(plan, catalog, { specText: stringify(spec), version: "0.0.0" }).tree;

/** What structure a file has, apart from what its texts say. */
function shapeOf(path: string, content: string): unknown {
  if (/\.ya?ml$/.test(path)) {
    const documents = parseAllDocuments(content).map((document) => {
      expect(document.errors, path).toEqual([]);
      return document.toJS() as unknown;
    });
    expect(parseAllDocuments(content, { version: "1.1" }), path).toHaveLength(documents.length);
    return documents.map((document) => [...leaves(document)].map((leaf) => leaf.join(".")));
  }
  // Prose is filled anew when a text is longer; what is code and what is a heading or a row stays.
  if (path.endsWith(".md"))
    return {
      structure: content.match(/^(?:#+ |\||```)/gm)?.length ?? 0,
      tags: content.match(/<(?!(?:br|sub|sup)\b)[a-z]+[ >]/g)?.length ?? 0,
      links: content.replaceAll(/^```[^]*?^```$/gm, "").match(/(?<!\\)\]\(javascript:/g)?.length ?? 0,
    };
  return content.split(/\r\n|[\r\n]/).length;
}

const nameOf = (path: Path): string => path.join(".");

describe.each(places.map(({ spec, path }) => ({ at: nameOf(path), spec, path })))("$at", ({ at, spec, path }) => {
  it("refuses a hostile text, or writes it as text", () => {
    for (const text of HOSTILE) {
      const changed = replaced(spec, path, text);
      const { plan, findings } = assess(changed);
      const errors = errorsOf(findings);
      const shown = renderFindings(findings);
      expect(shown).not.toMatch(/[^\P{Cc}\n]|[\u202A-\u202E\u2028\u2029]/u);
      for (const { message } of findings) expect(message.length).toBeLessThan(1000);
      if (plan === undefined || errors.length > 0) {
        expect(
          errors.every(({ message }) => !message.includes("\n")),
          shown,
        ).toBe(true);
        continue;
      }
      const tree = treeOf(plan, changed);
      // Where a name goes into names, files are called after it; a free text changes nothing but itself.
      if (!FREE.test(at)) expect(text, `${at} takes ${text.slice(0, 60)}`).toMatch(/^[\w.-]+$|^`id`$/);
      const harmless = replaced(spec, path, FREE.test(at) ? "a text" : text);
      const before = treeOf(assess(harmless).plan ?? plan, harmless);
      expect([...tree.keys()]).toEqual([...before.keys()]);
      for (const [file, { content }] of tree) {
        const old = before.get(file)?.content ?? "";
        if (content !== old) expect([file, shapeOf(file, content)]).toEqual([file, shapeOf(file, old)]);
        expect(content, file).not.toContain("\0");
      }
    }
  });
});

/** Maps whose keys people choose. */
const named = specs.flatMap((spec) =>
  [
    ["lan", "hosts"],
    ["networks"],
    ["cluster", "nodes"],
    ["loadBalancer", "pools"],
    ["ingress", "gateways"],
    ["bgp", "peers"],
  ].flatMap((path) => {
    const map = path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], spec);
    return map === undefined ? [] : [{ at: path.join("."), spec, path, map: map as Readonly<Record<string, unknown>> }];
  }),
);

describe.each([...new Map(named.map((one) => [one.at, one])).values()])("names in $at", ({ spec, path, map }) => {
  it("are refused where they are hostile", () => {
    for (const text of [...HOSTILE, "constructor", "hasOwnProperty", "<<"]) {
      const [first] = Object.values(map);
      const keys = Object.defineProperty({ ...map }, text, { value: first, enumerable: true });
      const { findings } = assess(replaced(spec, path, keys));
      expect(errorsOf(findings).length, text.slice(0, 40)).toBeGreaterThan(0);
      expect(renderFindings(findings)).not.toMatch(/[^\P{Cc}\n]|[\u202A-\u202E\u2028\u2029]/u);
    }
  });
});
