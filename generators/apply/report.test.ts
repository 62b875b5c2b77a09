import { describe, expect, it } from "vitest";
import { repoPath } from "../../src/model/names.ts";
import type { Change } from "../../src/model/tree.ts";
import { SAME_LINES } from "../../src/tree/compare.ts";
import { report } from "./report.ts";
import type { Update } from "./update.ts";

const update = (changes: readonly Change[], more: Partial<Update> = {}): Update => ({
  root: "/home",
  specText: "",
  findings: [],
  edits: [],
  changes,
  pins: [],
  tree: new Map(),
  left: [],
  outdated: [],
  from: "1.0.0",
  memory: [],
  ...more,
});

const created = (count: number): readonly Change[] =>
  Array.from({ length: count }, (_, index) => ({ kind: "create", path: repoPath(`docs/${index}.md`), after: "" }));

describe("a report", () => {
  it("names few files, and counts many", () => {
    expect(report(update(created(6)), "1.0.0", false).match(/docs\//g)).toHaveLength(6);
    const many = report(update(created(8)), "1.0.0", false);
    expect(many).toMatch(/added +8/);
    expect(many.match(/docs\//g)).toHaveLength(5);
    expect(many).toContain("… and 3 more");
  });
  it("names all of them where it is asked for the whole", () => {
    expect(report(update(created(8)), "1.0.0", true).match(/docs\//g)).toHaveLength(8);
  });
  it("says why something is a conflict where it is not the usual reason", () => {
    const conflict = (name: string, reason: string): Change => ({
      kind: "conflict",
      path: repoPath(name),
      before: "",
      after: "",
      reason,
      lines: [7],
    });
    const text = report(update([conflict("a.yaml", SAME_LINES), conflict("b.yaml", "it was lost")]), "1.1.0", false);
    expect(text).toMatch(/^ +a\.yaml:7$/m);
    expect(text).toMatch(/^ +b\.yaml:7 +it was lost$/m);
    expect(text).toContain("create-homelab-net 1.0.0 → 1.1.0        0 files, 2 changed by you");
  });
  it("tells what becomes of a version that was moved", () => {
    const pin = { pin: "cilium", path: repoPath("a"), base: "1.0.0", ours: "1.1.0", theirs: "1.2.0" } as const;
    const text = report(
      update(created(1), {
        pins: [
          { ...pin, taken: "theirs", because: "newer" },
          { ...pin, pin: "echo", ours: "0.9.0", taken: "ours", because: "held" },
        ],
      }),
      "1.0.0",
      false,
    );
    expect(text).toContain("cilium  1.1.0 becomes 1.2.0");
    expect(text).toContain("echo    0.9.0 stays, set by hand; this version brings 1.2.0");
  });
  it("fits a hundred columns", () => {
    const edits = [{ path: "ingress.gateways.external.address", value: "172.16.1.62", because: "free ".repeat(30) }];
    const lines = report(update(created(8), { edits }), "1.0.0", true).split("\n");
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  });
});
