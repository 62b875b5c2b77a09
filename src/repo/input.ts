/** Text a user names on the command line: a file, or `-` for standard input. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { UserError } from "../model/errors.ts";

export async function readInput(name: string, cwd: string): Promise<string> {
  if (name === "-") return readStandardInput();
  try {
    return await readFile(resolve(cwd, name), "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why =
      code === "ENOENT"
        ? "there is no such file"
        : code === "EISDIR"
          ? "it is a folder"
          : `it cannot be read (${code})`;
    throw new UserError(`${name}: ${why}`, "a homelab.yaml, or - for standard input", { cause: error });
  }
}

async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
