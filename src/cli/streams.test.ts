import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { heedStreams } from "./streams.ts";

function heeded() {
  const said: string[] = [];
  const failed: true[] = [];
  const stdout = new EventEmitter();
  const stderr = Object.assign(new EventEmitter(), { write: (text: string) => said.push(text) > 0 });
  heedStreams({ stdout, stderr }, () => void failed.push(true));
  return { stdout, stderr, said, failed };
}

const systemError = (code: string): Error => Object.assign(new Error(`write ${code}`), { code });

describe("output that cannot be written", () => {
  it("is no failure when its reader has had enough, nor for talk", () => {
    const { stdout, stderr, said, failed } = heeded();
    stdout.emit("error", systemError("EPIPE"));
    stderr.emit("error", systemError("EPIPE"));
    stderr.emit("error", systemError("ENOSPC"));
    expect([said, failed]).toEqual([[], []]);
  });
  it.each([
    ["ENOSPC", "error: cannot write to standard output: the disk is full\n"],
    ["EIO", "error: cannot write to standard output: write EIO\n"],
  ])("is one for data with %s", (code, message) => {
    const { stdout, said, failed } = heeded();
    stdout.emit("error", systemError(code));
    expect([said, failed]).toEqual([[message], [true]]);
  });
});
