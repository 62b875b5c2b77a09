/** The repository a command runs in: found, read, its spec planned. */
import type { Plan } from "../src/model/plan.ts";
import type { Finding } from "../src/model/finding.ts";
import { UserError } from "../src/model/errors.ts";
import { repoPath } from "../src/model/names.ts";
import { readFiles } from "../src/repo/disk.ts";
import { findRemains, findRepository } from "../src/repo/location.ts";
import { planSpec } from "../src/rules/planSpec.ts";
import type { Loaded } from "../src/spec/spec.ts";
import type { Session } from "./generator.ts";

export const SPEC_FILE = repoPath("homelab.yaml");

export interface OpenRepository {
  /** Folder of homelab.yaml. */
  readonly root: string;
  /** homelab.yaml as it stands. */
  readonly text: string;
  readonly plan: Plan;
  readonly findings: readonly Finding[];
  readonly loaded: Loaded;
}

/** Folder of homelab.yaml. */
function locate({ cwd, version }: Pick<Session, "cwd" | "version">): string {
  const found = findRepository(cwd);
  if (found !== undefined) return found.root;
  const remains = findRemains(cwd);
  if (remains?.lacks === SPEC_FILE)
    throw new UserError(
      `there is no file ${SPEC_FILE} in ${remains.folder}, and a .homelab-net stands there`,
      `restore it: git restore ${SPEC_FILE}`,
    );
  if (remains !== undefined)
    throw new UserError(
      `there is no folder .homelab-net in ${remains.folder}, and a ${SPEC_FILE} stands there`,
      `restore it, or make a repository of the file: npx create-homelab-net@${version} my-homelab --config ${SPEC_FILE}`,
    );
  throw new UserError(
    "this is no repository of create-homelab-net: no homelab.yaml with a .homelab-net beside it, here or in a folder above",
    `change into one, or make one: npx create-homelab-net@${version} my-homelab`,
  );
}

/** homelab.yaml as it stands, whatever it says. */
export async function readSpec(session: Pick<Session, "cwd" | "version">): Promise<{ root: string; text: string }> {
  const root = locate(session);
  return { root, text: (await readFiles(root, [SPEC_FILE])).get(SPEC_FILE) ?? "" };
}

export async function openRepository(session: Session): Promise<OpenRepository> {
  const { root, text } = await readSpec(session);
  return { root, text, ...planSpec(text, SPEC_FILE, session.catalog, session.rules) };
}
