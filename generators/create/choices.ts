/** Questions that choose: what there is one of is no question. */
import type { Catalog } from "../../src/model/component.ts";
import type { AnsweredOption } from "../../src/model/offer.ts";
import type { SlotForOne } from "../../src/model/slot.ts";
import { distributionsOf, type Platform } from "../../src/model/platform.ts";
import type { SpecPath } from "../../src/model/finding.ts";
import { choicesOf, fallbackOf, providerOf } from "../../src/spec/choices.ts";
import { valueAt, withValue, type Draft } from "./draft.ts";
import { keyQuestion, type Question, type State } from "./question.ts";
import { withProvider } from "./withProvider.ts";

/** A question for each slot for one that several components could stand in. */
export const slotQuestions = (catalog: Catalog): readonly Question[] =>
  catalog.slots
    .filter((slot) => slot.form === "one")
    .flatMap((slot) =>
      catalog.components.filter((component) => component.slot === slot.id).length > 1
        ? [slotQuestion(slot, catalog), ...neededQuestions(slot, catalog)]
        : [],
    );

/** What a component cannot be without, as soon as it stands in the slot. */
const neededQuestions = (slot: SlotForOne, catalog: Catalog): readonly Question[] =>
  catalog.components
    .filter((component) => component.slot === slot.id)
    .flatMap((component) =>
      (component.asks ?? []).map((option) =>
        askedWhere(option, slot, ({ draft }) => choicesOf(draft, catalog).components.get(slot.id) === component),
      ),
    );

/** A question about an option, where what it is asked for stands. */
export function askedWhere(
  { key, flag, value, label, summary, list, optional }: AnsweredOption,
  slot: SlotForOne,
  stands: (state: State) => boolean,
): Question {
  const question = keyQuestion(
    `${slot.path}.${key}`,
    { flag, value, label, summary, ...(optional === true ? { optional } : { required: true }) },
    list === true ? (text) => `[${text}]` : undefined,
  );
  return { ...question, isAnswered: (state) => !stands(state) || question.isAnswered(state) };
}

function slotQuestion(slot: SlotForOne, catalog: Catalog): Question {
  const components = catalog.components.filter((component) => component.slot === slot.id);
  const path = `${slot.path}.provider`;
  return {
    ...keyQuestion(path, {
      flag: slot.id,
      value: "NAME",
      label: slot.title,
      summary: slot.summary,
      ...(slot.silence !== undefined && { unsaidIn: "file or preset" }),
      propose: ({ draft }) => {
        const { component, because } = fallbackOf(slot, catalog, choicesOf(draft, catalog));
        return { text: providerOf(component), because };
      },
      choices: ({ draft }, { refused }) =>
        components.map((component) => {
          const value = providerOf(component);
          return {
            value,
            name: component.title,
            description: component.summary,
            disabled: refused(withProvider(draft, slot, component), slot.path),
          };
        }),
    }),
    apply: (text, state) => {
      const component = components.find((candidate) => providerOf(candidate) === text);
      return component === undefined ? state : { ...state, draft: withProvider(state.draft, slot, component) };
    },
    isAnswered: ({ draft }) => typeof valueAt(draft, slot.path) === "string" || valueAt(draft, path) !== undefined,
  };
}

interface Kind extends Pick<Question, "flag" | "label" | "summary"> {
  readonly path: SpecPath;
  readonly offered: readonly Pick<Platform, "id" | "title" | "summary" | "proposed" | "machines">[];
}

/** Distribution, hardware: a question as soon as there is more than one. */
export function choiceQuestions(catalog: Catalog): readonly Question[] {
  const platforms = (role: Platform["role"]) => catalog.platforms.filter((platform) => platform.role === role);
  const kinds: readonly Kind[] = [
    {
      path: "cluster.distribution",
      flag: "distribution",
      label: "Distribution",
      summary: "the Kubernetes the machines run",
      offered: platforms("distribution"),
    },
    {
      path: "cluster.hardware",
      flag: "hardware",
      label: "Hardware",
      summary: "what the machines are",
      offered: platforms("hardware"),
    },
  ];
  return kinds
    .filter(({ offered }) => offered.length > 1)
    .map(({ path, flag, label, summary, offered }) =>
      keyQuestion(path, {
        flag,
        value: "NAME",
        label,
        summary,
        required: true,
        propose: () => {
          const { id, proposed } = offered.find((one) => one.proposed !== undefined) ?? {};
          return id === undefined || proposed === undefined ? undefined : { text: id, because: proposed };
        },
        choices: ({ draft }, { refused }) =>
          offered.map(({ id, title, summary: description, ...one }) => ({
            value: id,
            name: title,
            description,
            disabled:
              onlyFor(distributionsOf(one, catalog.platforms), draft) ?? refused(withValue(draft, path, id), path),
          })),
      }),
    );
}

/** Asked before there is a network that rules could look at. */
function onlyFor(distributions: readonly string[] | undefined, draft: Draft): string | undefined {
  const chosen = valueAt(draft, "cluster.distribution");
  if (distributions === undefined || typeof chosen !== "string" || distributions.includes(chosen)) return undefined;
  return `only for ${distributions.join(", ")}`;
}
