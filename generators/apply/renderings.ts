/** What every run that is remembered would write today, as one tree with one origin for each file. */
import type { RepoPath } from "../../src/model/names.ts";
import type { File, Tree } from "../../src/model/tree.ts";
import type { GeneratorRecord } from "../../src/repo/record.ts";
import { recordedExecutables, type State } from "../../src/repo/state.ts";
import type { Generator, Today } from "../generator.ts";

export interface Rendering {
  readonly record: GeneratorRecord;
  readonly tree: Tree;
}

export interface Renderings {
  readonly all: readonly Rendering[];
  /** Records that are left as they are, each with the reason. */
  readonly left: readonly { readonly record: GeneratorRecord; readonly because: string }[];
}

const NETWORK = { generator: "create", instance: "network" } as const;

/** The network first: a path that two records claim is the first one's. */
export function renderAgain(state: State, generators: readonly Generator[], today: Today): Renderings {
  const network = state.find(NETWORK.generator, NETWORK.instance) ?? forgotten(today);
  const all: Rendering[] = [];
  const left: Renderings["left"][number][] = [];
  const taken = new Set<RepoPath>();
  for (const record of [network, ...state.records.filter((other) => other !== network)]) {
    const rerendered = generators.find(({ name }) => name === record.generator)?.rerender?.(record, today);
    if (rerendered === undefined) continue;
    if ("because" in rerendered) {
      left.push({ record, because: rerendered.because });
      continue;
    }
    const tree = new Map([...rerendered.tree].filter(([path]) => !taken.has(path)));
    for (const path of tree.keys()) taken.add(path);
    all.push({ record, tree });
  }
  return { all, left };
}

/** Where the record was removed, every file that is not as generated is the user's. */
const forgotten = ({ version }: Today): GeneratorRecord => ({ ...NETWORK, version, inputs: {}, files: new Map() });

export const wholeTree = ({ all }: Renderings): ReadonlyMap<RepoPath, File> =>
  new Map(all.flatMap(({ tree }) => [...tree]));

export const recordedPaths = ({ all }: Renderings): readonly RepoPath[] =>
  all.flatMap(({ record }) => [...record.files.keys()]);

export const allExecutables = ({ all }: Renderings): ReadonlySet<RepoPath> =>
  new Set(all.flatMap(({ record }) => [...recordedExecutables(record)]));
