/** What an update must not start from. */
import { UserError } from "../../src/model/errors.ts";
import type { Plan } from "../../src/model/plan.ts";
import { compareVersions } from "../../src/tree/version.ts";

/** An older program would take back what a newer one brought, and call it an update. */
export function refuseOlder(from: string, now: string): void {
  if ((compareVersions(from, now) ?? 0) <= 0) return;
  throw new UserError(
    `this repository was written by create-homelab-net ${from}, and this is ${now}`,
    `npx create-homelab-net@${from} gen …, or mise install, which brings the version of the repository`,
  );
}

/** A repository that lies elsewhere than homelab.yaml says: everything written for the other place would be wrong. */
export function refuseMoved(root: string, { root: said }: Pick<Plan, "root">): void {
  const folder = root.replaceAll("\\", "/");
  if (said === "" || folder.endsWith(`/${said}`)) return;
  throw new UserError(
    `homelab.yaml says repository.path: ${said}, and lies in ${folder}`,
    `move the files to ${said} with git mv first, or correct repository.path: the engine reads that folder`,
  );
}
