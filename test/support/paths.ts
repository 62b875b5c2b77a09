/** Where the checkout, the built program and the caches of the tests are. */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { threadId } from "node:worker_threads";

export const checkout = resolve(import.meta.dirname, "../..");
export const dist = join(checkout, "dist");

/** A folder that survives runs and is gone after `npm ci`. */
export function cacheFolder(name: string): string {
  const folder = join(checkout, "node_modules/.cache/create-homelab-net", name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Appears as a whole or not at all, because test workers fill the caches at the same time. */
export function writeWhole(path: string, content: string | Uint8Array, mode = 0o644): void {
  const part = `${path}.${process.pid}-${threadId}`;
  writeFileSync(part, content, { mode });
  renameSync(part, path);
}
