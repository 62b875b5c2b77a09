/**
 * From flags, environment, file, preset and answers to one homelab.yaml. A terminal run and the same run by flags end
 * in the same text, because both fill the same draft through the same questions.
 */
import { basename, resolve } from "node:path";
import type { Platform } from "../../src/model/platform.ts";
import { ExpectedError, FindingsError } from "../../src/model/errors.ts";
import type { Finding, SpecPath } from "../../src/model/finding.ts";
import { folderForNew } from "../../src/repo/site.ts";
import { loadSpec } from "../../src/spec/load.ts";
import { isMap } from "../../src/model/unknown.ts";
import { newSpec } from "../../src/spec/newSpec.ts";
import { setInSpec } from "../../src/spec/setInSpec.ts";
import { unsetInSpec } from "../../src/spec/unsetInSpec.ts";
import type { Choice } from "../../src/ui/ask.ts";
import { given, isOn, type Session } from "../generator.ts";
import { valueAt, withProposals, withValue, type Draft } from "./draft.ts";
import { missingAnswers } from "./missing.ts";
import { questionsFor } from "./questions.ts";
import type { Around, Proposed, Question, State } from "./question.ts";
import { answering, saidBy, settingsOf, withSettings, wrongValue, type Setting } from "./settings.ts";
import { NOTHING, startOf, type Start } from "./start.ts";
import { askStart, isSame, withRangesOf } from "./startFrom.ts";
import { refused, triedPlan } from "./trial.ts";

export interface CreateInput {
  readonly directory: string;
  readonly text: string;
  /** What to call the text in messages. */
  readonly file: string;
}

export async function collect(session: Session): Promise<CreateInput> {
  const said = await startOf(session);
  const settings = settingsOf(session);
  const asking = session.interactive && !isOn(session, "yes");
  if (asking) session.output.talk(greeting(session));
  const start = said ?? (asking ? await askStart(session) : NOTHING);
  const directory = await directoryOf(session, asking);
  const around: Around = {
    catalog: session.catalog,
    refused: (draft, about) => refused(draft, about, session),
    plan: (draft) => triedPlan(draft, session.catalog),
  };
  const questions = questionsFor(session.catalog, basename(resolve(session.cwd, directory ?? "")));

  const started = withoutReplaced(withOnlyChoices(start.draft, session), session);
  let state: State = { draft: withSettings(started, answering(settings)), answers: new Map() };
  // Whoever answers a dozen questions is told beforehand what no answer can mend.
  if (asking) refuseWrong(start, settings, questions, session);
  const problems: Finding[] = [];
  const missing: Question[] = [];
  for (const question of questions) {
    const flag = given(session, question.flag);
    const wrong = flag === undefined ? undefined : question.check(flag, state, around);
    if (wrong !== undefined) problems.push(wrongValue(saidBy(question.flag, session), flag ?? "", wrong));
    else if (flag !== undefined) state = question.apply(flag, state, around);
    else if (question.isAnswered(state) || isUnsaid(question, start)) continue;
    else if (asking) state = await ask(question, state, around, session, directory ?? ".");
    else {
      const proposed = question.propose?.(state, around);
      if (proposed !== undefined) state = question.apply(proposed.text, state, around);
      else if (question.required && !missing.some(({ flag: open }) => question.after?.includes(open)))
        missing.push(question);
    }
  }
  if (problems.length > 0) throw new FindingsError(problems);
  if (missing.length > 0) refuseWrong(start, settings, questions, session);
  if (missing.length > 0 || directory === undefined) throw missingAnswers(missing, directory, session);

  const answered = withRangesOf(start, withSettings(state.draft, settings));
  const draft = withProposals(answered, session.catalog);
  return { directory, file: start.file, text: textOf(start, draft, session) };
}

/** What a text leaves out on purpose. */
const isUnsaid = ({ unsaidIn }: Question, { text, preset }: Start): boolean =>
  (unsaidIn !== undefined && text !== undefined) || (unsaidIn === "file or preset" && preset !== undefined);

/** What is wrong with the text a run starts from, apart from what it leaves out and what a flag says instead. */
function refuseWrong(
  start: Start,
  settings: readonly Setting[],
  questions: readonly Question[],
  session: Session,
): void {
  if (start.text === undefined) return;
  const text = textOf(start, withSettings(start.draft, answering(settings)), session);
  const { findings } = loadSpec(text, start.file, session.catalog);
  const replaced = questions.filter(({ flag }) => given(session, flag) !== undefined).map(({ path }) => path);
  const wrong = findings.filter(
    ({ id, severity, paths: [path] }) =>
      severity === "error" && id !== "SPEC-MISSING" && (path === undefined || !replaced.includes(path)),
  );
  if (wrong.length > 0) throw new FindingsError(wrong);
}

const greeting = ({ version }: Session): string =>
  `\n  create-homelab-net ${version}   a GitOps repository for your home network\n  Nothing is written before you have seen the plan. Ctrl-C leaves no trace.\n`;

async function ask(
  question: Question,
  state: State,
  around: Around,
  session: Session,
  directory: string,
): Promise<State> {
  const offered = (await question.machine?.(session.facts, directory)) ?? question.propose?.(state, around);
  // A proposal is absent where the choices so far need no such answer; what nobody asks for stays out.
  if (offered === undefined && !question.required && !question.optional) return state;
  const choices = question.choices?.(state, around);
  const message = `${question.label}${reason(offered, choices)}`;
  if (choices !== undefined && question.several) {
    // Nothing marked is none.
    const marked = (offered?.text.split(",") ?? []).filter((value) => choices.some((choice) => choice.value === value));
    const chosen = await session.asker.several(message, choices, marked);
    return question.apply(chosen.join(","), state, around);
  }
  if (choices !== undefined)
    return question.apply(await session.asker.choose(message, choices, offered?.text), state, around);
  const text = await session.asker.text({
    message,
    default: offered?.text,
    check: (answer) => question.check(answer, state, around) ?? forbidden(answer, question, state, around),
  });
  return question.apply(text, state, around);
}

/** Why something is offered, unless the choice itself says it. */
function reason(offered: Proposed | undefined, choices: readonly Choice[] = []): string {
  const isSaid = choices.some(({ value, description }) => value === offered?.text && description === offered.because);
  return offered === undefined || offered.because === "" || isSaid ? "" : `  (${offered.because})`;
}

/** What the rules say of an answer that is well-formed: better now than after the last question. */
function forbidden(answer: string, question: Question, state: State, around: Around): string | undefined {
  return question.path && around.refused(question.apply(answer, state, around).draft, question.path);
}

async function directoryOf(session: Session, asking: boolean): Promise<string | undefined> {
  if (session.argument !== undefined) await folderForNew(resolve(session.cwd, session.argument));
  if (session.argument !== undefined || !asking) return session.argument;
  return session.asker.text({
    message: "Folder of the new repository",
    default: "my-homelab",
    check: async (text) => {
      if (text === "") return "a folder is needed";
      try {
        await folderForNew(resolve(session.cwd, text));
        return undefined;
      } catch (error) {
        if (error instanceof ExpectedError) return error.message;
        throw error;
      }
    },
  });
}

/** What there is one of is no question. */
function withOnlyChoices(draft: Draft, { catalog }: Session): Draft {
  const only =
    (path: SpecPath, names: readonly string[]) =>
    (current: Draft): Draft =>
      names.length === 1 && valueAt(current, path) === undefined ? withValue(current, path, names[0]) : current;
  const platforms = (role: Platform["role"]) =>
    catalog.platforms.filter((platform) => platform.role === role).map(({ id }) => id);
  const additions: readonly ((current: Draft) => Draft)[] = [
    (current) => (valueAt(current, "version") === undefined ? { version: 1, ...current } : current),
    only("cluster.distribution", platforms("distribution")),
    only("cluster.hardware", platforms("hardware")),
  ];
  return additions.reduce((current, add) => add(current), draft);
}

/** Machines by flag replace the machines of the file; half of each would be neither. */
function withoutReplaced(draft: Draft, session: Session): Draft {
  const flags = ["control-planes", "workers", "node-addresses"];
  return flags.some((flag) => given(session, flag) !== undefined) && valueAt(draft, "cluster.nodes") !== undefined
    ? withValue(draft, "cluster.nodes", undefined)
    : draft;
}

/**
 * The text people wrote stays as it is, comments and all; only what changed is set in it. A preset with other addresses
 * is another network, and what its comments say is not true of that one.
 */
function textOf(start: Start, draft: Draft, { catalog }: Session): string {
  const { preset, file } = start;
  const isPreset = preset !== undefined && isSame(draft, withProposals(preset.draft, catalog));
  const { text, draft: before } = isPreset ? preset : start;
  if (text === undefined) return newSpec(draft, catalog);
  const kept = missingIn(before, draft).reduce(
    (current, path) => unsetInSpec(current, file, path, catalog) ?? current,
    text,
  );
  return differences(before, draft).reduce(
    (current, [path, value]) => setInSpec(current, file, path, value, catalog),
    kept,
  );
}

/** Keys of maps that are still there without them: options of a component that another one took the place of. */
function missingIn(before: unknown, after: unknown, path: readonly string[] = []): readonly SpecPath[] {
  if (!isMap(before) || !isMap(after)) return [];
  return Object.keys(before).flatMap((key) =>
    after[key] === undefined ? [[...path, key].join(".")] : missingIn(before[key], after[key], [...path, key]),
  );
}

function differences(
  before: unknown,
  after: unknown,
  path: readonly string[] = [],
): readonly (readonly [SpecPath, unknown])[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isMap(before) || !isMap(after)) return [[path.join("."), after]];
  return Object.keys(after).flatMap((key) => differences(before[key], after[key], [...path, key]));
}
