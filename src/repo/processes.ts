/** Whether a process of this machine runs. One that belongs to somebody else runs too. */
import { codeOf } from "./failure.ts";

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** A process id as text, undefined when it is none. */
export function parsePid(text: string): number | undefined {
  return /^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined;
}
