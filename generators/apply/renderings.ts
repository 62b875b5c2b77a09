/** What every run that is remembered would write today, as one tree with one origin for each file. */
import type { RepoPath } from "../../src/model/names.ts";
import type { File, Tree } from "../../src/model/tree.ts";
import type { GeneratorRecord } from "../../src/repo/record.ts";
import { baseTexts, recordedExecutables, type State } from "../../src/repo/state.ts";
import { joinLists } from "../../src/tree/lists.ts";
import type { Generator, Named, Today } from "../generator.ts";

export interface Rendering {
  readonly record: GeneratorRecord;
  readonly tree: Tree;
  readonly named?: Named;
}

export interface Renderings {
  /** The network first. */
  readonly all: readonly Rendering[];
  /** Records that are left as they are, each with the reason. */
  readonly left: readonly { readonly record: GeneratorRecord; readonly because: string }[];
}

const NETWORK = { generator: "create", instance: "network" } as const;

export function renderAgain(state: State, generators: readonly Generator[], today: Today): Renderings {
  const network = state.find(NETWORK.generator, NETWORK.instance) ?? forgotten(today);
  const all: Rendering[] = [];
  const left: Renderings["left"][number][] = [];
  for (const record of [network, ...state.records.filter((other) => other !== network)]) {
    const rerendered = generators.find(({ name }) => name === record.generator)?.rerender?.(record, today);
    if (rerendered === undefined) continue;
    if ("because" in rerendered) left.push({ record, because: rerendered.because });
    else all.push({ record, ...rerendered });
  }
  return { all, left };
}

/** Where the record was removed, every file that is not as generated is the user's. */
const forgotten = ({ version }: Today): GeneratorRecord => ({ ...NETWORK, version, inputs: {}, files: new Map() });

/** What two runs both write is the first one's; a list they both make has the entries of both. */
export const wholeTree = ({ all }: Renderings): Tree =>
  together(
    all.map(({ tree }) => tree),
    (path, files: readonly [File, ...File[]]) => {
      const content = joinLists(
        path,
        files.map((file) => file.content),
      );
      return { ...files[0], ...(content !== undefined && { content }) };
    },
  );

/** The texts generated last, put together in the same way. */
export const wholeBase = (
  { all }: Renderings,
  state: State,
  sides: Parameters<typeof baseTexts>[2],
): ReadonlyMap<RepoPath, string | undefined> =>
  together(
    all.map(({ record }) => baseTexts(state, record, sides)),
    (path, texts) => {
      const known = texts.filter((text) => text !== undefined);
      return joinLists(path, known) ?? known[0];
    },
  );

function together<Value>(
  maps: readonly ReadonlyMap<RepoPath, Value>[],
  join: (path: RepoPath, values: readonly [Value, ...Value[]]) => Value,
): ReadonlyMap<RepoPath, Value> {
  const each = new Map<RepoPath, [Value, ...Value[]]>();
  for (const [path, value] of maps.flatMap((map) => [...map])) {
    const others = each.get(path);
    if (others === undefined) each.set(path, [value]);
    else others.push(value);
  }
  return new Map([...each].map(([path, values]) => [path, values.length === 1 ? values[0] : join(path, values)]));
}

export const recordedPaths = ({ all }: Renderings): readonly RepoPath[] =>
  all.flatMap(({ record }) => [...record.files.keys()]);

export const allSeeded = ({ all }: Renderings): ReadonlySet<RepoPath> =>
  new Set(
    all.flatMap(({ record }) => [...record.files].flatMap(([path, { kept }]) => (kept === "seeded" ? [path] : []))),
  );

export const allExecutables = ({ all }: Renderings): ReadonlySet<RepoPath> =>
  new Set(all.flatMap(({ record }) => [...recordedExecutables(record)]));
