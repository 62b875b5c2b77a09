/** A repository that lies elsewhere than homelab.yaml says: everything written for the other place would be wrong. */
import { UserError } from "../../src/model/errors.ts";
import type { Plan } from "../../src/model/plan.ts";

export function refuseMoved(root: string, { root: said }: Pick<Plan, "root">): void {
  const folder = root.replaceAll("\\", "/");
  if (said === "" || folder.endsWith(`/${said}`)) return;
  throw new UserError(
    `homelab.yaml says repository.path: ${said}, and lies in ${folder}`,
    `move the files to ${said} with git mv first, or correct repository.path: the engine reads that folder`,
  );
}
