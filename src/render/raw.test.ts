import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** Every use of {{raw …}}, which escapes nothing, with the reason why nothing can go wrong there. */
const JUSTIFIED: Readonly<Record<string, string>> = {};

const folder = join(import.meta.dirname, "../../templates");

function usesOfRaw(): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".hbs"));
  return files.flatMap((file) => {
    const calls = readFileSync(join(folder, file), "utf8").match(/\{\{\s*raw\s+[^}]+\}\}/g) ?? [];
    return calls.map((call) => `${file.replaceAll("\\", "/")} ${call}`);
  });
}

test("text that is written unescaped is listed here, and nothing else is", () => {
  expect([...usesOfRaw()].sort()).toEqual(Object.keys(JUSTIFIED).sort());
});
