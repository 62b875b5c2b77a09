/** The repository a command runs in: found, read, its spec planned. */
import type { Plan } from "../src/model/plan.ts";
import type { Finding } from "../src/model/finding.ts";
import { UserError } from "../src/model/errors.ts";
import { repoPath } from "../src/model/names.ts";
import { readFiles } from "../src/repo/disk.ts";
import { findRepository } from "../src/repo/location.ts";
import { planSpec } from "../src/rules/planSpec.ts";
import type { Loaded } from "../src/spec/spec.ts";
import type { Session } from "./generator.ts";

export const SPEC_FILE = repoPath("homelab.yaml");

export interface OpenRepository {
  /** Folder of homelab.yaml. */
  readonly root: string;
  readonly plan: Plan;
  readonly findings: readonly Finding[];
  readonly loaded: Loaded;
}

/** Folder of homelab.yaml. */
export function locate({ cwd, version }: Pick<Session, "cwd" | "version">): string {
  const found = findRepository(cwd);
  if (found !== undefined) return found.root;
  throw new UserError(
    "this is no repository of create-homelab-net: no homelab.yaml with a .homelab-net beside it, here or in a folder above",
    `change into one, or make one: npx create-homelab-net@${version} my-homelab`,
  );
}

export async function openRepository(session: Session): Promise<OpenRepository> {
  const root = locate(session);
  return { root, ...planSpec(await specText(root), SPEC_FILE, session.catalog, session.rules) };
}

export const specText = async (root: string): Promise<string> =>
  (await readFiles(root, [SPEC_FILE])).get(SPEC_FILE) ?? "";
