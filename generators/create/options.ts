/** Questions of components about their own options, each where the component stands. */
import type { Catalog, Component, SlotForOne } from "../../src/model/component.ts";
import type { OptionQuestion } from "../../src/model/offer.ts";
import { choicesOf, providerOf } from "../../src/spec/choices.ts";
import { valueAt, withValue, type Draft } from "./draft.ts";
import type { Question } from "./question.ts";
import { stands } from "./several.ts";

export const optionQuestions = (catalog: Catalog): readonly Question[] =>
  catalog.slots
    .filter((slot) => slot.form === "one")
    .flatMap((slot) =>
      catalog.components
        .filter((component) => component.slot === slot.id)
        .flatMap((component) =>
          (component.questions ?? []).map((question) => optionQuestion(question, slot, component, catalog)),
        ),
    );

function optionQuestion(question: OptionQuestion, slot: SlotForOne, component: Component, catalog: Catalog): Question {
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
    isAnswered: ({ draft }) => {
      const isThere = choicesOf(draft, catalog).components.get(slot.id) === component;
      return !isThere || [...keys].some((key) => valueAt(draft, `${slot.path}.${key}`) !== undefined);
    },
    propose: () => ({ text: answers[0].value, because }),
    choices: ({ draft }, { refused }) =>
      answers.map(({ value, title, summary: description }) => ({
        value,
        name: title,
        description,
        disabled: refused(write(draft, value), slot.path),
      })),
    check: (text, { draft }) => {
      if (!answers.some(({ value }) => value === text)) return `one of ${answers.map(({ value }) => value).join(", ")}`;
      const said = [...keys].map((key) => `${slot.path}.${key}`).find((path) => valueAt(draft, path) !== undefined);
      return said !== undefined && text === answers[0].value ? stands(said) : undefined;
    },
    apply: (text, state) => ({ ...state, draft: write(state.draft, text) }),
  };
}

/** What can be said at one of these questions. */
export const optionNames = ({ components }: Catalog, flag: string): readonly string[] =>
  components
    .flatMap(({ questions = [] }) => questions)
    .filter((question) => question.flag === flag)
    .flatMap(({ answers }) => answers.map(({ value }) => value));
