/** Whatever people do to generated files and to homelab.yaml: no line they wrote is lost. */
import fc from "fast-check";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { assembleCatalog } from "../../src/cli/catalog.ts";
import { readState } from "../../src/repo/state.ts";
import { runGenerator } from "../../src/plop/adapter.ts";
import { REFERENCE_FILE, reference } from "../../test/fixtures/reference.ts";
import { recordedSession } from "../../test/support/session.ts";
import { temporaryFolder } from "../../test/support/workspace.ts";
import { generators } from "../index.ts";

const catalog = assembleCatalog();
const all = generators(catalog);

let template = "";
let managed: readonly string[] = [];

const run = (name: string, cwd: string, flags: Readonly<Record<string, string | true>>, argument?: string) =>
  runGenerator(
    name,
    all,
    recordedSession({
      cwd,
      catalog,
      flags: { yes: true, ...flags },
      readInput: () => Promise.resolve(reference),
      ...(argument !== undefined && { argument }),
    }),
  );

beforeAll(async () => {
  const folder = temporaryFolder("template");
  await run("create", folder, { config: REFERENCE_FILE, "no-git": true }, "home");
  template = join(folder, "home");
  const files = readState(template).find("create", "network")?.files ?? new Map();
  managed = [...files].flatMap(([path, { kept }]) => (kept === "managed" ? [path] : []));
});

/** Each changes other files, some of them the same lines as the edits. */
const SPEC_EDITS: readonly (readonly [from: string | RegExp, to: string])[] = [
  ["172.16.1.60-172.16.1.69", "172.16.1.60-172.16.1.68"],
  ["mode: dsr", "mode: snat"],
  [/^ {4}talos-worker-1: .*\n/m, ""],
  ["default: true }\n", "default: true }\n    external: {}\n"],
  ["host: pve2", "host: pve1"],
  ["domains: [ragas.cc]", "domains: [ragas.cc, example.org]"],
  ["10.42.0.0/16", "10.44.0.0/16"],
];

/** In thousandths of the file, so that one edit fits files of any length. */
const handEdit = fc.record({
  file: fc.nat(),
  at: fc.nat({ max: 999 }),
  how: fc.constantFrom("insert" as const, "replace" as const, "append" as const, "delete" as const),
  crlf: fc.boolean(),
});

function byHand(text: string, index: number, { at, how, crlf }: { at: number; how: string; crlf: boolean }): string {
  const lines = text.split(/\r?\n/).slice(0, -1);
  const place = Math.floor((at * lines.length) / 1000);
  const mine = `# mine ${index}`;
  if (how === "insert") lines.splice(place, 0, mine);
  if (how === "replace") lines.splice(place, 1, mine);
  if (how === "append") lines.push(mine);
  if (how === "delete") lines.splice(place, 1);
  return lines.map((line) => `${line}${crlf ? "\r\n" : "\n"}`).join("");
}

test("edits of files and of the spec, then apply: every line written by hand is there, and once is enough", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(handEdit, { minLength: 1, maxLength: 8 }),
      fc.uniqueArray(fc.nat({ max: SPEC_EDITS.length - 1 }), { maxLength: 3 }),
      async (edits, specEdits) => {
        const folder = temporaryFolder("edited");
        cpSync(template, folder, { recursive: true });
        const written = edits.map((edit, index) => {
          const path = join(folder, managed[edit.file % managed.length] ?? "");
          writeFileSync(path, byHand(readFileSync(path, "utf8"), index, edit));
          return path;
        });
        const own = new Map(written.map((path) => [path, readFileSync(path, "utf8").match(/# mine \d+/g) ?? []]));
        const spec = join(folder, "homelab.yaml");
        const before = specEdits.reduce(
          (text, index) => text.replace(SPEC_EDITS[index]?.[0] ?? "", () => SPEC_EDITS[index]?.[1] ?? ""),
          readFileSync(spec, "utf8"),
        );
        writeFileSync(spec, before);

        const first = await run("apply", folder, { conflicts: "mark" });
        for (const [path, lines] of own) {
          if (lines.length > 0) expect(existsSync(path)).toBe(true);
          if (lines.length > 0) expect(readFileSync(path, "utf8").match(/# mine \d+/g)).toEqual(lines);
        }
        for (const line of before.split("\n").filter((text) => !text.includes("external")))
          expect(readFileSync(spec, "utf8")).toContain(line);
        if (first.needsUser !== undefined) return;
        const second = await run("apply", folder, { conflicts: "mark" });
        expect(second.applied).toBeUndefined();
        expect(second.prepared.changes.changes.every(({ kind }) => kind === "keep")).toBe(true);
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);
