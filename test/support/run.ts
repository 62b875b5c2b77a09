/** Child processes for tests: no shell, a deadline, and the output in every message. */
import { spawn } from "node:child_process";

export interface RunOptions {
  readonly cwd?: string;
  /** The whole environment; the one of this process when absent. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Text on standard input, which is closed after it. */
  readonly input?: string;
  /** Milliseconds until the child is killed. */
  readonly timeout?: number;
}

export interface RunResult {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Rejects when the command cannot be started or overruns its deadline; any exit code resolves. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const { cwd, env = process.env, input = "", timeout = 60_000 } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...env }, stdio: "pipe" });
    let stdout = "";
    let stderr = "";
    let late = false;
    const deadline = setTimeout(() => {
      late = true;
      child.kill("SIGKILL");
    }, timeout);
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    // A child that ends without reading its input closes the pipe: not a fault of the test.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
    child.on("error", (cause) => {
      clearTimeout(deadline);
      reject(new Error(`could not start ${command}: ${cause.message}`, { cause }));
    });
    child.on("close", (code, signal) => {
      clearTimeout(deadline);
      if (late) reject(new Error(`${spell(command, args)} did not end within ${timeout} ms\n${stdout}${stderr}`));
      else resolve({ code, signal, stdout, stderr });
    });
  });
}

/** Standard output of a command that must succeed. */
export async function output(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, signal, stdout, stderr } = await run(command, args, options);
  if (code === 0) return stdout;
  throw new Error(`${spell(command, args)} ended with ${signal ?? code}\n${stderr}${stdout}`);
}

const spell = (command: string, args: readonly string[]): string => [command, ...args].join(" ");
