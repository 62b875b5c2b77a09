/** Where an app has to be named beside its own files. */
import type { RepoPath } from "./names.ts";

/** An entry of a list in a file that makes an app known: spliced where the file is, else the file begins with `head`. */
export interface Registration {
  readonly file: RepoPath;
  /** Key of the list. */
  readonly list: string;
  readonly item: string;
  /** The rest of the file. */
  readonly head: Readonly<Record<string, unknown>>;
}

/** An entry of a list in an object that may be the user's by now: it is left alone where file or object are gone. */
export interface Mention {
  readonly file: RepoPath;
  readonly object: { readonly kind: string; readonly name: string };
  /** Keys down to the list. */
  readonly list: readonly string[];
  readonly item: string | Readonly<Record<string, string>>;
  /** Key of the items that they are in order by, where they are maps. */
  readonly by?: string;
}
