/** Secrets that have no file yet, where they stand in the repository, and files that nobody opens any more. Nothing is opened: that takes a key. */
import type { Session } from "../../../../generators/generator.ts";
import { leftFiles, missingKeys, standingSecrets } from "../../../../generators/secrets/standing.ts";
import { toFinding } from "../../../audit/audit.ts";
import type { Finding } from "../../../model/finding.ts";
import type { Plan } from "../../../model/plan.ts";
import { leftSecret, missingSecret } from "./audits.ts";

interface Repository {
  readonly root: string;
  readonly text: string;
  readonly plan: Plan;
}

export const secretsOnDisk = async (repository: Repository, session: Session): Promise<readonly Finding[]> => [
  ...(await missingSecrets(repository, session)),
  ...(await leftSecrets(repository, session)),
];

/** Of a provider that is not in use any more: an engine would apply them as they are. */
async function leftSecrets(repository: Repository, session: Session): Promise<readonly Finding[]> {
  const paths = await leftFiles(repository, session);
  return paths.map((path) =>
    toFinding(leftSecret, {
      message: `${path} is a file of the provider of secrets before, and nobody opens it any more`,
      places: [],
      fix: "once its values are where they belong now (gen secrets), take it out of the list beside it and delete it",
    }),
  );
}

async function missingSecrets(repository: Repository, session: Session): Promise<readonly Finding[]> {
  const standing = await standingSecrets(repository, [], session);
  return standing
    .filter((one) => missingKeys(one).length > 0)
    .map(({ need, path }) =>
      toFinding(missingSecret, {
        message: `${need.name} in namespace ${need.namespace} has no value: there is no ${path}`,
        places: [],
        fix: `gen secrets ${need.name}`,
      }),
    );
}
