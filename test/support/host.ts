/** What stands in for a process: a folder, an environment, input that ends, and output to look at. */
import { EventEmitter } from "node:events";
import type { Host } from "../../src/cli/host.ts";

export interface FakeHost extends Host {
  /** Everything written so far. */
  readonly printed: { stdout: string; stderr: string };
}

export interface FakeHostOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Without a terminal. */
export function fakeHost({ cwd, env = {}, input = "" }: FakeHostOptions): FakeHost {
  const printed = { stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr") =>
    Object.assign(new EventEmitter(), {
      write: (text: string) => {
        printed[name] += text;
        return true;
      },
    });
  return { cwd: () => cwd, env, stdin: inputOf(input), stdout: stream("stdout"), stderr: stream("stderr"), printed };
}

async function* inputOf(text: string): AsyncGenerator<Uint8Array> {
  if (text !== "") yield Buffer.from(text);
}
