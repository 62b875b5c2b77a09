/** What distribution and hardware ask about the machines, each where it is chosen. */
import type { Catalog } from "../../src/model/component.ts";
import type { Platform } from "../../src/model/platform.ts";
import type { SpecPath } from "../../src/model/finding.ts";
import type { MachineQuestion } from "../../src/model/machines.ts";
import { parseSetting } from "../../src/spec/setting.ts";
import { valueAt, withValue, type Draft } from "./draft.ts";
import { keyQuestion, shortLabel, type Question } from "./question.ts";

const NODES = "cluster.nodes";

export const chosenPlatforms = (draft: Draft, { platforms }: Catalog): readonly Platform[] =>
  platforms.filter(({ id, role }) => valueAt(draft, `cluster.${role}`) === id);

export const platformQuestions = (catalog: Catalog): readonly Question[] =>
  catalog.platforms.flatMap((platform) =>
    (platform.questions ?? []).map((question) => ({
      ...(question.inTurn ? questionInTurn(question) : questionForAll(question)),
      isAnswered: ({ draft, answers }) =>
        !chosenPlatforms(draft, catalog).includes(platform) ||
        chosenPlatforms(draft, catalog).some(({ machines }) => machines?.knows.includes(question.key)) ||
        valueAt(draft, placeOf(question)) !== undefined ||
        // Written for each node it is not missing for all of them.
        (question.of === undefined && !answers.has("control-planes") && valueAt(draft, NODES) !== undefined),
    })),
  );

/** One answer for all nodes stands where they find what they do not say themselves. */
export const placeOf = ({ key, of }: MachineQuestion): SpecPath =>
  of === "cluster" ? `cluster.${key}` : `cluster.nodeDefaults.${key}`;

function questionForAll(question: MachineQuestion): Question {
  const { flag, value, label, summary } = question;
  return keyQuestion(placeOf(question), { flag, value, label, summary, required: true });
}

const answersIn = (text: string): readonly string[] => text.split(/[\s,]+/).filter((part) => part !== "");

/** One answer for all nodes or one for each; fewer are dealt out from the start again. */
function questionInTurn({ key, flag, value, label, summary }: MachineQuestion): Question {
  const namesOf = (draft: Draft): readonly string[] => Object.keys((valueAt(draft, NODES) ?? {}) as Draft);
  return {
    flag,
    value,
    label,
    summary,
    required: true,
    path: NODES,
    isAnswered: () => false,
    check: (text, _state, { catalog }) => {
      const answers = answersIn(text);
      if (answers.length === 0) return `${shortLabel({ label })} is needed`;
      const wrong = answers
        .map((answer) => parseSetting(`cluster.nodeDefaults.${key}`, answer, catalog))
        .flatMap((setting) => ("finding" in setting ? [setting.finding.message] : []));
      return wrong[0];
    },
    apply: (text, state) => {
      const answers = answersIn(text);
      const draft = namesOf(state.draft).reduce(
        (current, name, index) => withValue(current, `${NODES}.${name}.${key}`, answers[index % answers.length]),
        state.draft,
      );
      return { ...state, draft };
    },
  };
}
