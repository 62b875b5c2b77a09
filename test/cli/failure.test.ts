/** How each way of ending badly ends: exit code, words, JSON. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { reportFailure } from "../../src/cli/failure.ts";
import { CancelledError, EnvironmentError, FindingsError, NeedsUserError, UserError } from "../../src/model/errors.ts";

const printed: { stdout: string; stderr: string } = { stdout: "", stderr: "" };

function report(error: unknown, json = false): number {
  printed.stdout = "";
  printed.stderr = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((printed.stdout += String(text)), true));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => ((printed.stderr += String(text)), true));
  return reportFailure(error, json);
}

afterEach(() => vi.restoreAllMocks());

describe("the end of a run", () => {
  it.each([
    [new UserError("a", "b"), 2],
    [new FindingsError([{ id: "X-1", severity: "error", message: "m", paths: ["a"] }]), 2],
    [new NeedsUserError("a"), 3],
    [new EnvironmentError("a"), 4],
    [new CancelledError(), 130],
    [new Error("a"), 1],
    ["a string", 1],
  ])("%s ends with %i", (error, code) => {
    expect(report(error)).toBe(code);
    expect(printed.stdout).toBe("");
    expect(report(error, true)).toBe(code);
    expect(JSON.parse(printed.stdout)).toMatchObject({ ok: false, exitCode: code });
  });
  it("says what and what to do, without a stack, for an expected error", () => {
    report(new UserError("there is no preset x", "did you mean y?"));
    expect(printed.stderr).toBe("error: there is no preset x\n  did you mean y?\n");
  });
  it("shows the stack and a prefilled report for a bug, without naming folders", () => {
    report(new Error(`broken at ${process.cwd()}/secret`));
    expect(printed.stderr).toContain("This is a bug of create-homelab-net");
    expect(printed.stderr).toMatch(/issues\/new\?title=broken/);
    expect(printed.stderr).not.toContain(process.cwd());
    expect(printed.stderr).not.toContain(encodeURIComponent(process.cwd()));
  });
});
