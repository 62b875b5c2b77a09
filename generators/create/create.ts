/** `create-homelab-net`: from answers to a repository. */
import { join, resolve } from "node:path";
import { compose } from "../../src/compose/compose.ts";
import { secretNeeds } from "../../src/compose/secretNeeds.ts";
import type { Catalog } from "../../src/model/component.ts";
import { createRepository, refuseTaken } from "../../src/repo/create.ts";
import { recordOf } from "../../src/repo/record.ts";
import { emptyState, stateWrites } from "../../src/repo/state.ts";
import type { FileWrite } from "../../src/repo/writes.ts";
import { planSpec } from "../../src/rules/planSpec.ts";
import { compare } from "../../src/tree/compare.ts";
import { networkTable } from "../../src/ui/networkTable.ts";
import { shellPath } from "../../src/ui/shellWord.ts";
import { belowRoot } from "../belowRoot.ts";
import { isOn, WRITING, type Applied, type Generator, type Prepared, type Session } from "../generator.ts";
import { collect, type CreateInput } from "./collect.ts";
import { nextSteps } from "./nextSteps.ts";
import { PROBE, probed } from "./probe.ts";
import { questionFlags } from "./questions.ts";
import { presetNames } from "./start.ts";

export const createGenerator = (catalog: Catalog): Generator<CreateInput> => ({
  name: "create",
  summary: "Asks what you have, checks that the network can work, and writes the repository.",
  argument: "[dir]",
  argumentSummary: "folder of the new repository",
  flags: [
    ...questionFlags(catalog),
    { name: "preset", value: "NAME", summary: "start from a complete network", choices: presetNames(catalog) },
    { name: "config", value: "FILE", summary: "start from a homelab.yaml, or - for standard input" },
    {
      name: "set",
      value: "PATH=VALUE",
      summary: "any other key of homelab.yaml; may stand more than once",
      repeated: true,
    },
    PROBE,
    { name: "no-git", summary: "make no git repository" },
    { name: "force", summary: "overwrite files of ours that stand in the folder; never removes others" },
    ...WRITING,
  ],
  examples: ["create-homelab-net my-homelab", "create-homelab-net my-homelab --preset talos-cilium-envoy --yes"],
  collect,
  prepare,
  rerender: (_, { plan, catalog: current, specText, version }) => ({
    tree: belowRoot(compose(plan, current, { specText, version }).tree, plan),
  }),
});

async function prepare(input: CreateInput, session: Session): Promise<Prepared> {
  const checked = planSpec(input.text, input.file, session.catalog, session.rules);
  const { plan } = checked;
  const composed = compose(plan, session.catalog, { specText: input.text, version: session.version });
  const tree = belowRoot(composed.tree, plan);
  const changes = compare({ tree, disk: new Map(), base: new Map() });
  const folder = resolve(session.cwd, input.directory);
  // Looked at before anything is written: a git that is missing is said now, and what is somebody's repository stays theirs.
  const makesGit = !isOn(session, "no-git") && !isOn(session, "dry-run");
  const git = makesGit ? await import("../../src/tools/git.ts") : undefined;
  const commits = git !== undefined && !(await git.isInsideRepository(folder));

  const { record, texts } = recordOf({
    generator: "create",
    instance: "network",
    version: session.version,
    inputs: {},
    tree,
  });
  const files = [...tree].map(([path, { content, executable }]): FileWrite => ({
    path,
    content,
    ...(executable && { executable }),
  }));
  const writes = [...files, ...stateWrites(emptyState, record, texts)];
  const root = resolve(folder, plan.root);
  const options = { force: isOn(session, "force"), cwd: session.cwd };
  // Before anybody says yes to it, and for a dry run too.
  await refuseTaken(root, writes, options);
  const findings = [...checked.findings, ...(await probed(checked, session))];

  const apply = async (): Promise<Applied> => {
    const created = await createRepository(root, writes, options);
    const made = created.interrupted
      ? undefined
      : await git?.initialCommit(folder, {
          message: `Describe the network of ${plan.name}`,
          branch: plan.repository.branch,
          paths: writes.map(({ path }) => (plan.root === "" ? path : `${plan.root}/${path}`)),
        });
    return {
      done: [`${tree.size} files in ${input.directory}`, ...(made === undefined ? [] : [made.summary])],
      nextSteps: nextSteps({ plan, secrets: secretNeeds(composed.units).length, shown: input.directory, git: made }),
      again: `npx create-homelab-net@${session.version} NEW-FOLDER --config ${shellPath(join(input.directory, plan.root, "homelab.yaml"))} --yes`,
    };
  };
  return {
    command: "create",
    changes,
    findings,
    preview: `\n${networkTable(plan, session.output.width)}\n`,
    question: `Write ${tree.size} files to ${input.directory}${commits ? " and make the first commit" : ""}?`,
    nothingToDo: "Nothing to write.",
    apply,
  };
}
