/** Who hosts the repository, as far as its address tells: each kind of host reads jobs from a file of its own. */
import type { Plan } from "../model/plan.ts";

export type GitHost = "github" | "gitlab" | "forgejo" | "gitea";

const HOSTS: readonly (readonly [GitHost, RegExp])[] = [
  ["github", /^github\./],
  ["gitlab", /^gitlab\./],
  ["forgejo", /^(codeberg|forgejo)\./],
  ["gitea", /^gitea\./],
];

/** `https://github.com/me/homelab.git`, `ssh://git@…`, `git@github.com:me/homelab` → host and path. */
const ADDRESS = /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([^:/]+)(?::\d+)?[:/]+(.+?)(?:\.git)?\/*$/i;

export function gitHostOf({ repository }: Pick<Plan, "repository">): GitHost | undefined {
  const host = (ADDRESS.exec(repository.url)?.[1] ?? "").toLowerCase();
  return HOSTS.find(([, pattern]) => pattern.test(host))?.[0];
}

/** `github.com`. */
export const hostNameOf = ({ repository }: Pick<Plan, "repository">): string =>
  ADDRESS.exec(repository.url)?.[1] ?? repository.url;

/** `me/homelab`. */
export const repositoryNameOf = ({ repository }: Pick<Plan, "repository">): string =>
  ADDRESS.exec(repository.url)?.[2] ?? repository.url;
