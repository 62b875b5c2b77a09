/** Jobs that check every proposed change, in the file the host of the repository reads; none for a host nobody knows. */
import type { Catalog } from "../model/component.ts";
import { at } from "../model/layout.ts";
import { pinOf } from "../model/pins.ts";
import type { Plan } from "../model/plan.ts";
import type { Pin, PinId, View } from "../model/unit.ts";
import type { Tree } from "../model/tree.ts";
import { createTree, type Entry } from "../tree/tree.ts";
import { gitHostOf, type GitHost } from "./gitHost.ts";

interface Jobs {
  readonly title: string;
  /** Template below repository/ci → file. The first is the one that pages name. */
  readonly files: readonly (readonly [template: string, path: string])[];
}

const workflows = (folder: string, template: string): Jobs["files"] =>
  ["check.yaml", "renovate.yaml"].map((name) => [`${template}/${name}`, `${folder}/workflows/${name}`]);

const JOBS: Readonly<Record<GitHost, Jobs>> = {
  github: { title: "GitHub", files: workflows(".github", "github") },
  gitlab: { title: "GitLab", files: [["gitlab-ci.yml", ".gitlab-ci.yml"]] },
  forgejo: { title: "Forgejo", files: workflows(".forgejo", "forgejo") },
  gitea: { title: "Gitea", files: workflows(".gitea", "forgejo") },
};

/** Versions that stand in those files. */
export const CI_PINS: readonly PinId[] = ["checkout", "mise-action", "mise", "node", "renovate"];

export function ciFiles(plan: Plan, catalog: Catalog): Tree {
  const host = gitHostOf(plan);
  if (host === undefined) return new Map();
  const view = jobsView(plan, host, catalog);
  // Below the top no configuration of Renovate's is read, so none has to be checked.
  const files = plan.root === "" ? JOBS[host].files : JOBS[host].files.slice(0, 1);
  return createTree(
    files.map(([template, path]): Entry => [
      at(plan, path),
      { content: catalog.templates.render(`repository/ci/${template}`, view), kept: "managed", by: "repository" },
    ]),
  );
}

function jobsView(plan: Plan, host: GitHost, { pins }: Catalog): View {
  const pin = (id: PinId): Pin => pinOf(pins, id);
  const versioned = ({ source, version, datasource, depName, digest = "" }: Pin): View => ({
    source,
    version,
    datasource,
    depName,
    digest,
  });
  return {
    branch: plan.repository.branch,
    root: plan.root === "" ? null : plan.root,
    // The label each project's own documentation starts with.
    runner: host === "gitea" ? "ubuntu-latest" : "docker",
    checkout: versioned(pin("checkout")),
    miseAction: versioned(pin("mise-action")),
    mise: versioned(pin("mise")),
    node: versioned(pin("node")),
    renovate: versioned(pin("renovate")),
  };
}

/** What docs/operations.md says of them. */
export function ciView(plan: Plan): View | null {
  const host = gitHostOf(plan);
  if (host === undefined) return null;
  const { title, files } = JOBS[host];
  const file = files[0]?.[1] ?? "";
  const folder = file.slice(0, file.lastIndexOf("/"));
  return { title, file, folder, included: host === "gitlab" };
}
