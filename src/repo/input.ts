/** Text a user names on the command line: a file, or `-` for standard input. */
import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { ExpectedError, UserError } from "../model/errors.ts";
import { codeOf, diskFailure, isMissing } from "./failure.ts";
import { decode, isUtf16, undecodableLine } from "./text.ts";

/** Far above any homelab.yaml; a device or the wrong file must not fill the memory. */
const LARGEST = 16 * 1024 * 1024;
const HINT = "a homelab.yaml, or - for standard input";

export interface InputOptions {
  /** Stands in for standard input. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** What a file is called in messages, where its name could be something else by mistake. */
  readonly shown?: string | undefined;
}

/** Throws UserError for what is no text, EnvironmentError when it may not be read. */
export async function readInput(
  name: string,
  cwd: string,
  { stdin = process.stdin, shown: called = name }: InputOptions = {},
): Promise<string> {
  const shown = name === "-" ? "standard input" : called;
  try {
    const bytes = await readAll(name === "-" ? stdin : createReadStream(resolve(cwd, name)), shown);
    if (name === "-" && bytes.length === 0)
      throw new UserError("standard input is empty", "pipe a homelab.yaml into the command, or name a file");
    return textOf(bytes, shown);
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    if (isMissing(error)) throw new UserError(`${shown}: there is no such file`, HINT, { cause: error });
    if (codeOf(error) === "EISDIR") throw new UserError(`${shown}: it is a folder`, HINT, { cause: error });
    throw diskFailure(error, `read ${shown}`, "Nothing was written.");
  }
}

async function readAll(source: AsyncIterable<Uint8Array>, shown: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > LARGEST) throw new UserError(`${shown} is larger than ${LARGEST / 1024 / 1024} MiB`, HINT);
  }
  return Buffer.concat(chunks);
}

function textOf(bytes: Uint8Array, shown: string): string {
  const text = decode(bytes);
  if (text !== undefined) return text;
  throw isUtf16(bytes)
    ? new UserError(
        `${shown} is UTF-16 text, and a homelab.yaml is UTF-8`,
        "save it as UTF-8 and run the command again",
      )
    : new UserError(
        `${shown}:${undecodableLine(bytes)}: this is no UTF-8 text`,
        "save the file as UTF-8 and run the command again",
      );
}
