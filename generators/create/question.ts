/** One question of the short path: asked on a terminal, a flag everywhere. The list is the one source of both. */
import type { Catalog } from "../../src/model/component.ts";
import type { Finding, SpecPath } from "../../src/model/finding.ts";
import type { Plan } from "../../src/model/plan.ts";
import { parseSetting } from "../../src/spec/setting.ts";
import type { Choice } from "../../src/ui/ask.ts";
import type { MachineFacts } from "../generator.ts";
import { valueAt, withValue, type Draft } from "./draft.ts";

/** Draft so far, and answers that are not a key of their own. */
export interface State {
  readonly draft: Draft;
  readonly answers: ReadonlyMap<string, string>;
}

export interface Around {
  readonly catalog: Catalog;
  /** Whether a network with this draft can work as far as it is known, or why not. */
  readonly refused: (draft: Draft, about: SpecPath) => string | undefined;
  /** The network so far, what is open stood in for; undefined while too little is known. */
  readonly plan: (draft: Draft) => Plan | undefined;
}

export interface Proposed {
  readonly text: string;
  readonly because: string;
}

export interface Question {
  readonly flag: string;
  readonly value: string;
  readonly label: string;
  readonly summary: string;
  /** The key it answers, where rules may have something to say about it. */
  readonly path?: SpecPath;
  /** Nothing can stand in for the answer. */
  readonly required?: true;
  /** Questions its proposal rests on: while one of them is open, it is not missed. */
  readonly after?: readonly string[];
  /** May be left empty. */
  readonly optional?: true;
  /** What says no word of it has answered it: a file people wrote, or a preset that was chosen as well. */
  readonly unsaidIn?: "file" | "file or preset";
  /** Takes several of its choices. */
  readonly several?: true;
  /** Already said by the spec the run started from. */
  isAnswered(state: State): boolean;
  /** Taken under --yes, offered on a terminal. */
  propose?(state: State, around: Around): Proposed | undefined;
  /** Offered on a terminal only. */
  machine?(facts: MachineFacts, directory: string): Promise<Proposed | undefined> | Proposed | undefined;
  choices?(state: State, around: Around): readonly Choice[];
  /** What is wrong with a text, or undefined. */
  check(text: string, state: State, around: Around): string | undefined;
  apply(text: string, state: State, around: Around): State;
}

type Simple = Pick<
  Question,
  "flag" | "value" | "label" | "summary" | "required" | "optional" | "unsaidIn" | "propose" | "machine" | "choices"
>;

/** A question that is a key of homelab.yaml: typed, checked and written by the schema. */
export function keyQuestion(
  path: SpecPath,
  simple: Simple,
  read: (text: string, state: State) => string = (text) => text,
): Question {
  const isNothing = (text: string): boolean => text === "" || (simple.optional === true && text === "none");
  return {
    ...simple,
    path,
    isAnswered: ({ draft }) => valueAt(draft, path) !== undefined,
    check: (text, state, { catalog }) => {
      if (isNothing(text)) return simple.optional ? undefined : `${shortLabel(simple)} is needed`;
      const setting = parseSetting(path, read(text, state), catalog);
      return "finding" in setting ? sentence(setting.finding, path) : undefined;
    },
    apply: (text, state, { catalog }) => {
      if (isNothing(text)) return state;
      const setting = parseSetting(path, read(text, state), catalog);
      if ("finding" in setting) throw new Error(`an answer was applied that its check refuses: --${simple.flag}`);
      return { ...state, draft: withValue(state.draft, path, setting.value) };
    },
  };
}

/** Without what helps to answer. */
export const shortLabel = ({ label }: Pick<Question, "label">): string => (label.split("  ")[0] ?? label).toLowerCase();

/** At a question the key is plain; a fix that only repeats it with the right value says nothing new. */
const sentence = ({ message, fix }: Pick<Finding, "message" | "fix">, path: SpecPath): string =>
  fix === undefined || fix.startsWith(`${path}:`) ? message : `${message}; ${fix}`;
