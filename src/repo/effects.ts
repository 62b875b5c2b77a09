/**
 * Every way the disk is changed. Hooks see each step before it happens, which lets tests count, fail or kill at any
 * of them. Errors of the disk become messages where they are caught, with what was being done.
 *
 * The calls themselves are synchronous: with hundreds of small files a promise for each costs several times the work.
 */
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { codeOf } from "./failure.ts";

export type Action = "access" | "make-folder" | "write" | "rename" | "remove" | "remove-folder";

export interface Hooks {
  /** Called with the absolute path before each step. What it throws happens in place of the step. */
  before?(action: Action, path: string): void | Promise<void>;
}

export interface Effects {
  /** Tells the hooks of a step that its caller does. */
  announce(action: Action, path: string): Promise<void>;
  /** Throws when nothing can be created in or removed from the folder. */
  mayChange(folder: string): Promise<void>;
  /** With its parents; fine when it exists. */
  makeFolder(path: string): Promise<void>;
  /** A new file, on the disk and not only in memory when it returns. `mode` replaces what the umask would give. */
  write(
    path: string,
    content: Uint8Array,
    options?: { readonly executable?: boolean; readonly mode?: number | undefined; readonly durable?: boolean },
  ): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** A file; fine when it is gone. */
  remove(path: string): Promise<void>;
  /** With everything in it; fine when it is gone. */
  removeAll(path: string): Promise<void>;
  /** False when something is in it. Fine when it is gone. */
  removeEmptyFolder(path: string): Promise<boolean>;
  /** Makes renames within the folder survive a power cut, where the system can do that. */
  settle(folder: string): void;
}

export function effects({ before }: Hooks = {}): Effects {
  const step = async (action: Action, path: string) => before?.(action, path);
  return {
    announce: step,
    async mayChange(folder) {
      await step("access", folder);
      accessSync(folder, constants.W_OK | constants.X_OK);
    },
    async makeFolder(path) {
      await step("make-folder", path);
      mkdirSync(path, { recursive: true });
    },
    async write(path, content, { executable = false, mode, durable = false } = {}) {
      await step("write", path);
      const file = openSync(path, "w", executable ? 0o777 : 0o666);
      try {
        writeFileSync(file, content);
        if (durable) fsyncSync(file);
      } finally {
        closeSync(file);
      }
      if (mode !== undefined) chmodSync(path, mode);
    },
    async rename(from, to) {
      await step("rename", to);
      renameSync(from, to);
    },
    async remove(path) {
      await step("remove", path);
      rmSync(path, { force: true });
    },
    async removeAll(path) {
      await step("remove", path);
      rmSync(path, { recursive: true, force: true });
    },
    async removeEmptyFolder(path) {
      await step("remove-folder", path);
      try {
        rmdirSync(path);
        return true;
      } catch (error) {
        return codeOf(error) === "ENOENT";
      }
    },
    settle(folder) {
      let handle: number | undefined;
      try {
        handle = openSync(folder, "r");
        fsyncSync(handle);
      } catch {
        // Windows cannot open a folder, and some network file systems cannot sync one.
      } finally {
        if (handle !== undefined) closeSync(handle);
      }
    },
  };
}
