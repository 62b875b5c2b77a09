/** How each way of ending badly ends: exit code, words, JSON. */
import { describe, expect, it } from "vitest";
import { reportFailure } from "../../src/cli/failure.ts";
import { CancelledError, EnvironmentError, FindingsError, NeedsUserError, UserError } from "../../src/model/errors.ts";
import { fakeHost } from "../support/host.ts";

function report(error: unknown, json = false): { code: number; stdout: string; stderr: string } {
  const host = fakeHost({ cwd: process.cwd() });
  return { code: reportFailure(error, json, host), ...host.printed };
}

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
    expect(report(error)).toMatchObject({ code, stdout: "" });
    const asJson = report(error, true);
    expect([asJson.code, asJson.stderr]).toEqual([code, ""]);
    expect(JSON.parse(asJson.stdout)).toMatchObject({ ok: false, exitCode: code });
  });
  it("says what and what to do, without a stack, for an expected error", () => {
    const { stderr } = report(new UserError("there is no preset x", "did you mean y?"));
    expect(stderr).toBe("error: there is no preset x\n  did you mean y?\n");
  });
  it("shows the stack and a prefilled report for a bug, without naming folders", () => {
    const { stderr } = report(new Error(`broken at ${process.cwd()}/secret`));
    expect(stderr).toContain("This is a bug of create-homelab-net");
    expect(stderr).toMatch(/issues\/new\?title=broken/);
    expect(stderr).not.toContain(process.cwd());
    expect(stderr).not.toContain(encodeURIComponent(process.cwd()));
  });
});
