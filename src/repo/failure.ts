/** Errors of the disk, told as what could not be done and what to do about it. */
import { EnvironmentError, ExpectedError } from "../model/errors.ts";

const REASONS: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  ENOSPC: ["the disk is full", "make room and run the command again"],
  EDQUOT: ["your disk quota is used up", "make room and run the command again"],
  EACCES: ["your user may not do that there", "look at the owner and mode of the folder, then run the command again"],
  EPERM: ["the system does not permit it", "look at the owner and the flags of the file, then run the command again"],
  EROFS: ["the file system is mounted read-only", "mount it writable and run the command again"],
  EIO: ["the disk reports an error", "look at the disk, then run the command again"],
  EBUSY: ["another program is using it", "close that program and run the command again"],
  EMFILE: ["too many files are open", "close other programs and run the command again"],
  ENFILE: ["too many files are open", "close other programs and run the command again"],
  ENAMETOOLONG: ["the name is too long for this file system", "use a shorter folder and run the command again"],
  EXDEV: ["part of the folder lies on another file system", "keep the repository on one file system"],
  ENOTDIR: ["a file stands where a folder should be", "move that file and run the command again"],
  ELOOP: ["a symbolic link leads back to itself", "remove that link and run the command again"],
};

export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

/** Not there, or below something that is no folder. */
export const isMissing = (error: unknown): boolean => ["ENOENT", "ENOTDIR"].includes(codeOf(error) ?? "");

/**
 * The error to throw for `error`: `cannot write docs/dns.md: the disk is full`. What is no fault of the disk comes
 * back as it is. `state` is a sentence that says in what state things were left.
 */
export function diskFailure(error: unknown, doing: string, state = ""): unknown {
  if (error instanceof ExpectedError) return error;
  const known = REASONS[codeOf(error) ?? ""];
  if (known === undefined) return error;
  const [reason, hint] = known;
  return new EnvironmentError(`cannot ${doing}: ${reason}${state === "" ? "" : `. ${state}`}`, hint, { cause: error });
}
