/** Changes that are cut short at every step, in a process of their own and in the test that looks at the result. */
import { join } from "node:path";
import { repoPath } from "../model/names.ts";
import { applyChanges } from "./apply.ts";
import { createRepository } from "./create.ts";
import type { Hooks } from "./effects.ts";
import { recover } from "./recover.ts";
import type { FileWrite, Write } from "./writes.ts";

export interface Scenario {
  /** Files below the folder the scenario gets, before it runs. */
  readonly before: Readonly<Record<string, string>>;
  /** Repository inside that folder. */
  readonly at: string;
  run(folder: string, hooks: Hooks): Promise<{ readonly interrupted: boolean }>;
}

const change: readonly Write[] = [
  { path: repoPath("new/folder/file.txt"), content: "new\n" },
  { path: repoPath("homelab.yaml"), content: "name: after\n", before: "name: before\n" },
  { path: repoPath("run.sh"), content: "#!/bin/sh\n", before: "#!/bin/sh\n", executable: true },
  { path: repoPath(".homelab-net/objects/ab/cd"), content: new Uint8Array([0, 1, 255]), overwrite: true },
  { path: repoPath("same.txt"), content: "same\n", before: "same\n" },
  { path: repoPath("old/folder/file.txt"), remove: true, before: "old\n" },
];

const repository: readonly FileWrite[] = [
  { path: repoPath(".homelab-net/.gitignore"), content: "journal/\n" },
  { path: repoPath("homelab.yaml"), content: "name: new\n" },
  { path: repoPath("bootstrap/run.sh"), content: "#!/bin/sh\n", executable: true },
];

const creating = (at: string, before: Scenario["before"]): Scenario => ({
  before,
  at,
  run: (folder, hooks) => createRepository(join(folder, at), repository, { hooks }),
});

export const scenarios = {
  apply: {
    before: {
      ".homelab-net/.gitignore": "journal/\n",
      "homelab.yaml": "name: before\n",
      "run.sh": "#!/bin/sh\n",
      "same.txt": "same\n",
      "old/folder/file.txt": "old\n",
      "mine/notes.txt": "mine\n",
    },
    at: ".",
    run: (folder, hooks) => applyChanges(folder, change, hooks),
  },
  "apply without a state folder": {
    before: { "mine.txt": "mine\n" },
    at: ".",
    run: (folder, hooks) => applyChanges(folder, [{ path: repoPath("a/b.txt"), content: "b\n" }], hooks),
  },
  "create where nothing is": creating("one/two", { "mine.txt": "mine\n" }),
  "create in an empty folder": creating("empty", {}),
  "create beside a README": creating("target", {
    "target/README.md": "mine\n",
    "target/.git/HEAD": "ref: refs/heads/main\n",
  }),
  recover: {
    before: {},
    at: ".",
    run: async (folder, hooks) => {
      await recover(folder, hooks);
      return { interrupted: false };
    },
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;
