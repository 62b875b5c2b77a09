/** Changes of a repository by commands, and what is left of them when they are undone. */
import { expect } from "vitest";
import { gen } from "./repository.ts";
import { snapshotTree } from "./workspace.ts";

/** A worker for the usual network. */
export const WORKER = [
  "add-node",
  "talos-worker-2",
  "--ip",
  "172.16.1.54",
  "--role",
  "worker",
  "--proxmox-host",
  "pve1",
];

export const yes = (folder: string, ...args: readonly string[]) => gen(folder, ...args, "--yes");

/** @returns what was told */
export async function ok(folder: string, ...args: readonly string[]): Promise<string> {
  const { code, stderr } = await yes(folder, ...args);
  expect(code, stderr).toBe(0);
  return stderr;
}

/** Without texts that were generated once: they stay for the next merge. */
export const filesOf = (folder: string) =>
  Object.fromEntries(
    Object.entries(snapshotTree(folder)).filter(([path]) => !path.startsWith(".homelab-net/objects/")),
  );
