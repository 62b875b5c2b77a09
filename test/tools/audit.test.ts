import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { checkout } from "../support/paths.ts";

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly notes: readonly string[];
}

let judgeAudit: (text: string) => Count;
beforeAll(async () => {
  const url = pathToFileURL(join(checkout, "scripts/audit.mjs")).href;
  ({ judgeAudit } = (await import(url)) as { judgeAudit: (text: string) => Count });
});

const answer = (vulnerabilities: object) => JSON.stringify({ vulnerabilities, metadata: { vulnerabilities: {} } });

test("a dependency with a serious hole fails, and is named", () => {
  const bad = answer({ left: { name: "left", severity: "critical", range: "<1.3.0" } });
  expect(judgeAudit(bad)).toMatchObject({ passed: 0, failed: 1, notes: ["left: critical, <1.3.0"] });
  const minor = answer({ left: { name: "left", severity: "low", range: "<1.3.0" } });
  expect(judgeAudit(minor)).toMatchObject({ passed: 1, failed: 0, notes: [] });
});

test.each([
  '{ "message": "405 Method Not Allowed" }',
  '{ "error": { "code": "ENOTFOUND", "summary": "" } }',
  "nothing",
  "null",
])("a registry that does not answer proves nothing, and that is said: %s", (text) => {
  expect(judgeAudit(text)).toMatchObject({ passed: 0, failed: 0, notes: [expect.stringMatching(/^not run: /)] });
});
