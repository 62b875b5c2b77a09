/** Questions of components about their own options, each where the component stands. */
import type { Catalog, Component } from "../../src/model/component.ts";
import type { SlotForOne } from "../../src/model/slot.ts";
import type { AnsweredOption, OptionAnswer, OptionQuestion } from "../../src/model/offer.ts";
import { choicesOf, providerOf } from "../../src/spec/choices.ts";
import { askedWhere } from "./choices.ts";
import { valueAt, withValue, type Draft } from "./draft.ts";
import type { Question, State } from "./question.ts";
import { stands } from "./several.ts";

export const optionQuestions = (catalog: Catalog): readonly Question[] =>
  catalog.slots
    .filter((slot) => slot.form === "one")
    .flatMap((slot) => {
      const asking = catalog.components
        .filter((component) => component.slot === slot.id)
        .flatMap((component) =>
          (component.questions ?? []).map((question): Asking => ({
            question,
            slot,
            component,
            catalog,
          })),
        );
      const flags = [...new Set(asking.map(({ question }) => question.flag))];
      return flags.flatMap((flag) => {
        const same = asking.filter(({ question }) => question.flag === flag);
        return [oneOf(same), ...askedThen(same, slot)];
      });
    });

/** What an answer cannot be without, each flag once. */
function askedThen(asking: readonly Asking[], slot: SlotForOne): readonly Question[] {
  const options = asking.flatMap(({ question }) => question.answers.flatMap(({ asks = [] }) => asks));
  return [...new Map(options.map((option) => [option.flag, option])).values()].map((option) => ({
    ...askedWhere(option, slot, ({ draft }) =>
      asking.some((one) => standsIn(draft, one) && (answerIn(draft, one).asks ?? []).some(isFor(option.flag))),
    ),
    // Of a file a rule says what it lacks, with the place.
    unsaidIn: "file" as const,
  }));
}

const isFor =
  (flag: string) =>
  (option: AnsweredOption): boolean =>
    option.flag === flag;

interface Asking {
  readonly question: OptionQuestion;
  readonly slot: SlotForOne;
  readonly component: Component;
  readonly catalog: Catalog;
}

/** Components of a slot that ask the same: the one that stands there is asked, or the first. */
function oneOf(asking: readonly Asking[]): Question {
  const [first, ...others] = asking;
  if (first === undefined) throw new Error("a flag stands for a question");
  if (others.length === 0) return optionQuestion(first);
  const asked = ({ draft }: State): Question =>
    optionQuestion(asking.find((candidate) => standsIn(draft, candidate)) ?? first);
  return {
    ...optionQuestion(first),
    isAnswered: (state) => asked(state).isAnswered(state),
    propose: (state, around) => asked(state).propose?.(state, around),
    choices: (state, around) => asked(state).choices?.(state, around) ?? [],
    check: (text, state, around) => asked(state).check(text, state, around),
    apply: (text, state, around) => asked(state).apply(text, state, around),
  };
}

const standsIn = (draft: Draft, { slot, component, catalog }: Asking): boolean =>
  choicesOf(draft, catalog).components.get(slot.id) === component;

/** The one whose options stand there; what says nothing is the first. */
const answerIn = (draft: Draft, { question: { answers }, slot }: Asking): OptionAnswer =>
  answers.find(
    ({ options }) =>
      Object.keys(options).length > 0 &&
      Object.entries(options).every(([key, value]) => valueAt(draft, `${slot.path}.${key}`) === value),
  ) ?? answers[0];

function optionQuestion(asking: Asking): Question {
  const { question, slot, component } = asking;
  const { flag, label, summary, answers, because } = question;
  const keys = new Set(answers.flatMap(({ options }) => Object.keys(options)));
  const write = (draft: Draft, value: string): Draft =>
    Object.entries(answers.find((answer) => answer.value === value)?.options ?? {}).reduce(
      (current, [key, option]) => withValue(current, `${slot.path}.${key}`, option),
      // Written without its component the options would be anybody's who stands there next.
      value === answers[0].value ? draft : withValue(draft, `${slot.path}.provider`, providerOf(component)),
    );
  return {
    flag,
    value: "NAME",
    label,
    summary,
    path: slot.path,
    unsaidIn: "file or preset",
    isAnswered: ({ draft }) =>
      !standsIn(draft, asking) || [...keys].some((key) => valueAt(draft, `${slot.path}.${key}`) !== undefined),
    propose: () => ({ text: answers[0].value, because }),
    choices: ({ draft }, { refused }) =>
      answers.map(({ value, title, summary: description, asks = [] }) => ({
        value,
        name: title,
        description,
        disabled: refused(withStandIns(write(draft, value), slot, asks), slot.path),
      })),
    check: (text, { draft }) => {
      if (!answers.some(({ value }) => value === text)) return `one of ${answers.map(({ value }) => value).join(", ")}`;
      const said = [...keys].map((key) => `${slot.path}.${key}`).find((path) => valueAt(draft, path) !== undefined);
      return said !== undefined && text === answers[0].value ? stands(said) : undefined;
    },
    apply: (text, state) => ({ ...state, draft: write(state.draft, text) }),
  };
}

/** An answer is not refused for what is asked only then. */
const withStandIns = (draft: Draft, slot: SlotForOne, asks: readonly AnsweredOption[]): Draft =>
  asks.reduce((current, { key, standIn }) => {
    const path = `${slot.path}.${key}`;
    return standIn === undefined || valueAt(current, path) !== undefined ? current : withValue(current, path, standIn);
  }, draft);

/** What can be said at one of these questions. */
export const optionNames = ({ components }: Catalog, flag: string): readonly string[] => [
  ...new Set(
    components
      .flatMap(({ questions = [] }) => questions)
      .filter((question) => question.flag === flag)
      .flatMap(({ answers }) => answers.map(({ value }) => value)),
  ),
];
