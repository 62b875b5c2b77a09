import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitrarySpec } from "../../test/fixtures/arbitrarySpec.ts";
import { madeUpCatalog } from "../../test/fixtures/catalog.ts";
import { LARGE_SPEC } from "../../test/fixtures/specs.ts";
import { print } from "../yaml/print.ts";
import { loadSpec } from "./load.ts";

const catalog = madeUpCatalog();
const load = (text: string) => loadSpec(text, "homelab.yaml", catalog);

describe("whatever stands in the file", () => {
  /** Every path of a value, with what stands there. */
  const paths = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
    typeof value === "object" && value !== null
      ? [path, ...Object.entries(value).flatMap(([key, item]) => paths(item, [...path, key]))]
      : [path];

  function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
    if (key === undefined) return by;
    const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
    return Object.assign(copy, { [key]: replaced((value as Record<string, unknown>)[key], rest, by) });
  }

  const something = fc.oneof(
    fc.constantFrom(
      null,
      "",
      0,
      -1,
      1.5,
      true,
      [],
      {},
      "fd00::1",
      "10.0.0.1/8",
      "https://me:s3cret@example.com/a",
      "none",
      "vip",
    ),
    fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown),
  );

  it("is read or explained, each finding at its place and on one line", () => {
    fc.assert(
      fc.property(arbitrarySpec, fc.nat(), something, (value, seed, other) => {
        const all = paths(value);
        const text = print(replaced(value, all[seed % all.length] ?? [], other));
        const { spec, findings } = load(text);
        expect(spec === undefined).toBe(findings.length > 0);
        for (const {
          message,
          fix = "",
          places,
          id,
          paths: [path = ""],
        } of findings) {
          expect(`${message}${fix}`).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u);
          expect(`${message}${fix}`).not.toContain("s3cret");
          expect(id).toMatch(/^(SPEC|YAML)-[A-Z-]+$/);
          // What is missing in a group that is missing too stands nowhere.
          if (id !== "SPEC-MISSING" && path !== "") expect(places).toHaveLength(1);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("is read or explained when lines are lost", () => {
    const lines = LARGE_SPEC.split("\n");
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: lines.length - 1 }), { maxLength: 4 }), (lost) => {
        const { spec, findings } = load(lines.filter((_, index) => !lost.includes(index)).join("\n"));
        expect(spec === undefined).toBe(findings.length > 0);
      }),
    );
  });
});
