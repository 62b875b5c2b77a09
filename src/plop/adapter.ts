/**
 * The generators as plop sees them: the only importer of node-plop. plop keeps the registry and runs the pipeline
 * (questions, then actions); what an action does is ours, because its built-in ones escape HTML into YAML, write
 * outside the destination and report success when nothing matched.
 */
import type { NodePlopAPI } from "node-plop";
import { finish } from "../../generators/finish.ts";
import type { Generator, Outcome, Prepared, Session } from "../../generators/generator.ts";

const PREPARE = "homelab-net:prepare";
const FINISH = "homelab-net:finish";

/** What a run left behind; plop itself passes on strings only. */
export interface Run {
  outcome?: Outcome;
  error?: unknown;
}

export function register(
  plop: NodePlopAPI,
  generators: readonly Generator[],
  session: () => Session | Promise<Session>,
): Run {
  const run: Run & { prepared?: Prepared } = {};
  plop.setActionType(
    PREPARE,
    remembering(run, async (answers) => {
      const { generator, input } = answers as unknown as { generator: Generator; input: unknown };
      run.prepared = await generator.prepare(input, await session());
      return `${run.prepared.changes.changes.length} files`;
    }),
  );
  plop.setActionType(
    FINISH,
    remembering(run, async () => {
      if (run.prepared === undefined) throw new Error("finish ran before prepare");
      run.outcome = await finish(run.prepared, await session());
      return run.outcome.applied === undefined ? "nothing written" : "written";
    }),
  );
  for (const generator of generators) {
    plop.setGenerator(generator.name, {
      description: generator.summary,
      // Handed a function plop asks nothing itself, and hands over an inquirer nobody needs.
      prompts: async () => ({ generator, input: await keep(run, async () => generator.collect(await session())) }),
      actions: [{ type: PREPARE }, { type: FINISH }] as never,
    });
  }
  return run;
}

/** Runs one generator through plop and gives back its outcome, or throws what it threw, class and all. */
export async function runGenerator(name: string, generators: readonly Generator[], session: Session): Promise<Outcome> {
  const { default: nodePlop } = await import("node-plop");
  const plop = await nodePlop("", { destBasePath: session.cwd, force: false });
  const run = register(plop, generators, () => session);
  try {
    const generator = plop.getGenerator(name);
    const answers = await generator.runPrompts([]);
    await generator.runActions(answers);
  } catch (error) {
    throw run.error ?? error;
  }
  if (run.error !== undefined) throw run.error;
  if (run.outcome === undefined) throw new Error(`plop ran ${name} and neither finished nor failed`);
  return run.outcome;
}

type Action = Parameters<NodePlopAPI["setActionType"]>[1];

// plop turns what an action throws into a string; the error itself is kept beside it.
const remembering =
  (run: Run, action: Action): Action =>
  (answers, config, plop) =>
    keep(run, async () => action(answers, config, plop)) as ReturnType<Action>;

async function keep<Value>(run: Run, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    run.error ??= error;
    throw error;
  }
}
