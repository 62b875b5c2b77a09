/** A repository in memory, and what applying it to a disk would do. */
import type { RepoPath } from "./names.ts";

/**
 * How long a file stays ours.
 * - `managed`: brought up to date by three-way merge.
 * - `seeded`: written once, from then on the user's.
 */
export type Kept = "managed" | "seeded";

export interface File {
  /** Text with `\n` line ends and a final newline. */
  readonly content: string;
  readonly kept: Kept;
  readonly executable?: true;
  /** Who asked for it, for messages and `gen explain`: a unit id, `platform talos`, `engine flux`. */
  readonly by: string;
}

export type Tree = ReadonlyMap<RepoPath, File>;

/** What happens to one path. `before` and `after` are the whole text on disk. */
export type Change =
  | { readonly kind: "create"; readonly path: RepoPath; readonly after: string; readonly executable?: true }
  | {
      readonly kind: "update";
      readonly path: RepoPath;
      readonly before: string;
      readonly after: string;
      readonly executable?: true;
    }
  | {
      readonly kind: "merge";
      readonly path: RepoPath;
      readonly before: string;
      readonly after: string;
      readonly executable?: true;
    }
  | { readonly kind: "delete"; readonly path: RepoPath; readonly before: string }
  /** Written with conflict markers, for the user to resolve. */
  | {
      readonly kind: "conflict";
      readonly path: RepoPath;
      readonly before: string;
      readonly after: string;
      readonly reason: string;
      /** Where in `before` the sides part, 1-based; the line a conflict stands before where it has none of its own. */
      readonly lines: readonly number[];
    }
  /** Left as it is on disk. */
  | {
      readonly kind: "keep";
      readonly path: RepoPath;
      readonly reason: "same" | "yours" | "seeded" | "deleted-by-you" | "orphaned";
    };

export interface ChangeSet {
  /** In path order. */
  readonly changes: readonly Change[];
}
