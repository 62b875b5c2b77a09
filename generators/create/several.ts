/** Questions about what a network can be without: offered by the components themselves, none is an answer. */
import type { Catalog, Component } from "../../src/model/component.ts";
import type { SlotForSeveral } from "../../src/model/slot.ts";
import type { SpecPath } from "../../src/model/finding.ts";
import { suggest } from "../../src/model/suggest.ts";
import { valueAt, withValue, type Draft } from "./draft.ts";
import type { Around, Question, State } from "./question.ts";

const NONE = "none";

interface Offered {
  readonly value: string;
  readonly component: Component;
}

/** A set of things to choose from, and how a chosen one is written. */
interface Group extends Pick<Question, "flag" | "label" | "summary"> {
  readonly offered: readonly Offered[];
  readonly none: string;
  readonly most: "one" | "several";
  write(draft: Draft, value: string): Draft;
  /** The key a rule names when the choice cannot be made. */
  about(value: string): SpecPath;
  /** Where all of them stand. */
  readonly place: SpecPath;
}

/** A question for each slot for several, with the components that have an offer. */
export const severalQuestions = (catalog: Catalog): readonly Question[] =>
  catalog.slots
    .filter((slot) => slot.form !== "one")
    .map((slot) => ({ slot, offered: offeredIn(slot, catalog) }))
    .filter(({ offered }) => offered.length > 0)
    .map(({ slot, offered }) =>
      groupQuestion({
        flag: slot.id,
        label: slot.title,
        summary: slot.summary,
        offered,
        none: "the network does without; it can be added later",
        most: "several",
        write: (draft, value) => withValue(draft, `${slot.path}.${value}`, true),
        about: (value) => `${slot.path}.${value}`,
        place: slot.path,
      }),
    );

const offeredIn = (slot: SlotForSeveral, { components }: Catalog): readonly Offered[] =>
  components
    .filter((component) => component.slot === slot.id && component.offer !== undefined)
    .map((component) => ({ value: component.provider ?? component.id, component }));

const waysOffered = (components: Catalog["components"]): readonly Offered[] =>
  components
    .filter(({ wayIn, offer }) => wayIn !== undefined && offer !== undefined)
    .map((component) => ({ value: component.provider ?? component.id, component }));

/** A way in leads to a gateway of its own, so that what is for the house stays in the house. */
export function wayInQuestions({ components, slots }: Catalog): readonly Question[] {
  const offered = waysOffered(components);
  const place = slots.flatMap((slot) => {
    const entries = slot.form === "one" ? slot.entries : undefined;
    return entries?.wayIn === undefined ? [] : [{ gateways: `${slot.path}.${entries.key}`, word: entries.wayIn.key }];
  })[0];
  if (place === undefined || offered.length === 0) return [];
  const { gateways, word } = place;
  return [
    groupQuestion({
      flag: "internet",
      label: "Way in from the internet",
      summary: "what makes some apps reachable from outside, by a gateway of their own",
      offered,
      none: "only your LAN reaches the apps; it can be added later",
      most: "one",
      write: (draft, value) =>
        withValue(withValue(draft, `${gateways}.internal.default`, true), `${gateways}.external.${word}`, value),
      about: () => `${gateways}.external`,
      place: gateways,
    }),
  ];
}

function groupQuestion(group: Group): Question {
  const { flag, label, summary, offered, none } = group;
  const several = group.most === "several" && offered.length > 1;
  const values = offered.map(({ value }) => value);
  const refusal = ({ draft }: State, { refused }: Around, value: string): string | undefined =>
    refused(group.write(draft, value), group.about(value));
  return {
    flag,
    value: several ? "NAME,…" : "NAME",
    label,
    summary,
    unsaidIn: "file or preset",
    ...(several && { several }),
    isAnswered: ({ draft }) => valueAt(draft, group.place) !== undefined,
    propose: (state, around) => {
      const proposed = offered.flatMap(({ value, component: { offer } }) => {
        const plan = offer?.proposed && around.plan(state.draft);
        const because = plan && offer?.proposed?.(plan);
        return because === undefined || refusal(state, around, value) !== undefined ? [] : [{ text: value, because }];
      });
      if (proposed.length === 0) return { text: NONE, because: none };
      return {
        text: proposed.map(({ text }) => text).join(","),
        because: proposed.map(({ because }) => because).join("; "),
      };
    },
    choices: (state, around) => [
      ...(several ? [] : [{ value: NONE, name: "None", description: none }]),
      ...offered.map(({ value, component }) => ({
        value,
        name: component.title,
        description: component.summary,
        disabled: refusal(state, around, value),
      })),
    ],
    check: (text, { draft }) => {
      if (namesIn(text).length === 0 && valueAt(draft, group.place) !== undefined) return stands(group.place);
      const wrong = namesIn(text).find((name) => !values.includes(name));
      if (wrong === undefined) return several || namesIn(text).length < 2 ? undefined : "one of them is enough";
      const near = suggest(wrong, [...values, NONE]);
      return near === undefined ? `one of ${[NONE, ...values].join(", ")}` : `did you mean ${near}?`;
    },
    apply: (text, state) => ({ ...state, draft: namesIn(text).reduce(group.write, state.draft) }),
  };
}

/** A flag adds to the network it starts from; what stands there is taken out where it stands. */
export const stands = (path: SpecPath): string => `${path} stands in the network it starts from; take it out there`;

const namesIn = (text: string): readonly string[] =>
  text.split(/[\s,]+/).filter((name) => name !== "" && name !== NONE);

/** What can be said at these questions, by flag. */
export const severalNames = (catalog: Catalog, flag: string): readonly string[] => {
  const ways = waysOffered(catalog.components).map(({ value }) => value);
  const slot = catalog.slots.find(({ id, form }) => id === flag && form !== "one") as SlotForSeveral | undefined;
  const names =
    flag === "internet" ? ways : slot === undefined ? [] : offeredIn(slot, catalog).map(({ value }) => value);
  return names.length === 0 ? [] : [NONE, ...names];
};
