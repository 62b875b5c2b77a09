/** What is to be written, as plain facts: the last thing before the disk. */
import type { RepoPath } from "../model/names.ts";
import type { ChangeSet } from "../model/tree.ts";

export interface FileWrite {
  readonly path: RepoPath;
  readonly content: string | Uint8Array;
  readonly executable?: true;
  /** The text that was read. Absent: no file may be there. The write is refused when the disk says otherwise. */
  readonly before?: string | undefined;
  /** Whatever is there may be replaced: `--force` for listed files, objects of the state. */
  readonly overwrite?: true;
}

export interface FileRemoval {
  readonly path: RepoPath;
  readonly remove: true;
  readonly before: string;
}

export type Write = FileWrite | FileRemoval;

/** The writes of a change set; what is kept is not among them. */
export function writesOf({ changes }: ChangeSet): readonly Write[] {
  return changes.flatMap((change): readonly Write[] => {
    switch (change.kind) {
      case "keep":
        return [];
      case "delete":
        return [{ path: change.path, remove: true, before: change.before }];
      case "create":
        return [{ path: change.path, content: change.after, ...executable(change) }];
      case "update":
      case "merge":
      case "conflict":
        return [{ path: change.path, content: change.after, before: change.before, ...executable(change) }];
    }
  });
}

const executable = (change: { readonly executable?: true } | object): { readonly executable?: true } =>
  "executable" in change && change.executable ? { executable: true } : {};
