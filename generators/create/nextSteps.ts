/** At most six steps, only those still needed, in the order they are done. */
import { speakingNodes } from "../../src/model/bgp.ts";
import { wayOf } from "../../src/catalog/publishing.ts";
import { keptSecrets } from "../../src/model/keptSecrets.ts";
import type { Plan } from "../../src/model/plan.ts";
import { toldAddresses } from "../../src/model/told.ts";
import { toldServer } from "../../src/model/toldServer.ts";
import type { InitialCommit } from "../../src/tools/git.ts";
import { plural } from "../../src/ui/plural.ts";
import { shellPath } from "../../src/ui/shellWord.ts";

export interface Done {
  readonly plan: Plan;
  /** How many Secrets people have to fill in. */
  readonly secrets: number;
  /** The folder as the user would type it. */
  readonly shown: string;
  /** What git did; absent when it was not asked. */
  readonly git: InitialCommit | undefined;
}

export function nextSteps({ plan, secrets, shown, git }: Done): readonly string[] {
  const { url, branch } = plan.repository;
  const page = (path: string): string => (plan.root === "" ? path : `${plan.root}/${path}`);
  const commit = {
    committed: [],
    existing: ["git add and commit what is new"],
    staged: git?.outcome === "staged" && git.commands.length > 0 ? [git.commands.join(" && ")] : [],
    // --no-git, or Ctrl-C when the files were in place.
    absent: [`git init -b ${branch} && git add -A && git commit, or make it part of a repository of yours`],
  }[git?.outcome ?? "absent"];
  const routers = toldRouters(plan, page);
  // Machines join by an address that nobody finds without them.
  const first = toldAddresses(plan).length > 0;
  const toFill = plural(secrets, "secret");
  const kept = keptSecrets(plan) !== undefined;
  return [
    ...(/^(\.\/*)+$/.test(shown) ? [] : [`cd ${shellPath(shown)}`]),
    ...commit,
    // They are pushed with the rest.
    ...(kept && secrets > 0 ? [`fill in ${toFill} and commit them:  gen secrets`] : []),
    `${git?.outcome === "existing" ? "" : `git remote add origin ${url} && `}git push -u origin ${branch}:  the cluster reads the remote`,
    `${first ? routers.map((told) => `${told}; then `).join("") : ""}make the machines a cluster:  ${page("docs/bootstrap.md")}`,
    ...(secrets === 0 || kept ? [] : [`fill in ${toFill}:  ${page("bootstrap/secrets.sh")}`]),
    ...last(plan, first ? [] : routers, page),
  ];
}

/** What is done outside the cluster stands in one step: there are no more than six. */
function last(plan: Plan, routers: readonly string[], page: (path: string) => string): readonly string[] {
  const told = [
    ...routers,
    ...waysIn(plan, page),
    ...(toldServer(plan) === undefined
      ? []
      : [`tell your resolver about ${plan.domains.join(", ")}:  ${page("docs/dns.md")}, one line`]),
  ];
  return told.length === 0 ? [] : [told.join("; then ")];
}

/** What lets the internet in and stands in no file of the cluster. */
const waysIn = (plan: Plan, page: (path: string) => string): readonly string[] =>
  plan.gateways.flatMap((gateway) => {
    const way = wayOf(gateway, plan);
    const what = way?.wayIn?.outside?.(gateway, plan);
    return what === undefined ? [] : [`${what}:  ${page(way?.docs?.page?.path ?? "docs/components.md")}`];
  });

/** Routers that wait for the nodes. */
function toldRouters(plan: Plan, page: (path: string) => string): readonly string[] {
  const peers = speakingNodes(plan).length === 0 ? [] : (plan.bgp?.peers ?? []);
  const pages = peers.map(({ name }) => page(`routers/${name}/README.md`));
  return pages.length === 0
    ? []
    : [`tell ${peers.map(({ name }) => name).join(", ")} about the nodes:  ${pages.join(", ")}`];
}
