/** Files that are no text of ours: read for letters in them, never to be written. */
import { lstat, readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import { diskFailure, isMissing } from "./failure.ts";
import { legible } from "./text.ts";

/** Text that people and programs edit is smaller. */
export const LARGEST_READ = 5_000_000;

export interface Strange {
  readonly texts: ReadonlyMap<string, string>;
  /** Larger than what is read. */
  readonly large: readonly string[];
}

/** A name of any bytes on one line. */
export const shownName = (name: Uint8Array): string =>
  Buffer.from(name)
    .toString("utf8")
    .replace(/\p{Cc}/gu, "\u{FFFD}");

/** `names` as bytes, since a name need not be text either. Links lead to files that have names of their own. */
export async function readStrange(root: string, names: readonly Uint8Array[]): Promise<Strange> {
  const top = Buffer.from(join(await realpath(root), "/"));
  const [texts, large] = [new Map<string, string>(), [] as string[]];
  for (const name of names) {
    const [path, shown] = [Buffer.concat([top, name]), shownName(name)];
    try {
      const stats = await lstat(path);
      if (!stats.isFile()) continue;
      if (stats.size > LARGEST_READ) large.push(shown);
      else texts.set(shown, legible(await readFile(path)));
    } catch (error) {
      if (!isMissing(error)) throw diskFailure(error, `read ${shown}`, "Nothing was changed.");
    }
  }
  return { texts, large };
}
