/** The short path, in the order people think. Everything else is `--set`, and `homelab.yaml` afterwards. */
import type { Catalog } from "../../src/model/component.ts";
import { parseLabel } from "../../src/model/names.ts";
import { propose } from "../../src/plan/propose.ts";
import type { Flag } from "../generator.ts";
import { bgpQuestions } from "./bgp.ts";
import { choiceQuestions, slotQuestions } from "./choices.ts";
import { specOf, valueAt, withValue, type Draft } from "./draft.ts";
import { houseNames, houseQuestions } from "./house.ts";
import { lanQuestions } from "./lan.ts";
import { machineQuestions } from "./machines.ts";
import { optionNames, optionQuestions } from "./options.ts";
import { platformQuestions } from "./platforms.ts";
import { keyQuestion, type Question } from "./question.ts";
import { severalNames, severalQuestions, wayInQuestions } from "./several.ts";

const domain = keyQuestion(
  "domains",
  {
    flag: "domain",
    value: "DOMAIN",
    label: "Domain",
    summary: "your domain, such as ragas.cc; apps become app.DOMAIN",
    required: true,
  },
  (text) => `[${text}]`,
);

const repository = keyQuestion("repository.url", {
  flag: "repository",
  value: "URL",
  label: "Git repository",
  summary: "where the repository is pushed to and the cluster reads it: an https or ssh URL",
  required: true,
  machine: async (facts, directory) => {
    const url = await facts.remote(directory);
    return url === undefined ? undefined : { text: url, because: "the remote origin of this folder" };
  },
});

/** A public repository over https is read without a secret; over ssh it always takes a key. */
const visibility: Question = {
  flag: "visibility",
  value: "NAME",
  label: "The repository is",
  summary: "whether the Git host shows it to everybody; a private one is read with a token",
  unsaidIn: "file",
  isAnswered: ({ draft }) =>
    valueAt(draft, "repository.private") !== undefined || String(valueAt(draft, "repository.url")).startsWith("ssh:"),
  propose: () => ({ text: "public", because: "what is public needs no secret to be read" }),
  choices: () => [
    { value: "public", name: "Public", description: "the cluster reads it without a secret; it shows your addresses" },
    { value: "private", name: "Private", description: "the cluster needs a token that may read it" },
  ],
  check: (text) => (VISIBILITIES.includes(text) ? undefined : `one of ${VISIBILITIES.join(", ")}`),
  apply: (text, state) =>
    text === "private" || valueAt(state.draft, "repository.private") !== undefined
      ? { ...state, draft: withValue(state.draft, "repository.private", text === "private") }
      : state,
};

const VISIBILITIES: readonly string[] = ["public", "private"];

const apiAddress = proposedQuestion("cluster.api.address", {
  flag: "api-address",
  value: "IP",
  label: "Address of the Kubernetes API",
  summary: "free address that moves between the control planes",
});

const pool = proposedQuestion("loadBalancer.pools.lan", {
  flag: "pool",
  value: "FIRST-LAST",
  label: "LoadBalancer pool",
  summary: "free addresses of the LAN for Services",
});

/** An address of the plan: proposed from what is free, skipped where the choices need none. */
function proposedQuestion(path: string, simple: Pick<Question, "flag" | "value" | "label" | "summary">): Question {
  const question = keyQuestion(path, {
    ...simple,
    propose: ({ draft }, { catalog }) => {
      const spec = specOf(draft, catalog);
      const found =
        spec && propose(spec).find((proposal) => proposal.path === path || path.startsWith(`${proposal.path}.`));
      if (found === undefined) return undefined;
      const text =
        typeof found.value === "string"
          ? found.value
          : String((found.value as Draft)[path.slice(found.path.length + 1)]);
      return { text, because: found.because };
    },
  });
  return question;
}

/** The cluster is called as the folder is, when that is a name. */
const nameQuestion = (directory: string): Question =>
  keyQuestion("name", {
    flag: "name",
    value: "NAME",
    label: "Cluster name",
    summary: "name of the cluster",
    propose: () => ({ text: parseLabel(directory) ?? "homelab", because: "the name of the folder" }),
  });

export function questionsFor(catalog: Catalog, directory = "homelab"): readonly Question[] {
  return [
    nameQuestion(directory),
    domain,
    repository,
    visibility,
    ...choiceQuestions(catalog),
    ...lanQuestions,
    ...machineQuestions,
    ...platformQuestions(catalog),
    ...slotQuestions(catalog),
    ...optionQuestions(catalog),
    ...bgpQuestions,
    ...wayInQuestions(catalog),
    ...severalQuestions(catalog),
    ...houseQuestions(catalog),
    apiAddress,
    pool,
  ];
}

export const questionFlags = (catalog: Catalog): readonly Flag[] =>
  questionsFor(catalog).map(({ flag, value, summary, optional }) => {
    const choices = namesFor(flag, catalog);
    const empty = optional && { mayBeEmpty: true as const };
    return { name: flag, value, summary, ...empty, ...(choices.length > 0 && { choices }) };
  });

/** What can be said at a question that chooses. */
const namesFor = (flag: string, catalog: Catalog): readonly string[] => {
  const { components, platforms, slots } = catalog;
  return [
    ...(flag === visibility.flag ? VISIBILITIES : []),
    ...severalNames(catalog, flag),
    ...houseNames(catalog, flag),
    ...optionNames(catalog, flag),
    ...platforms.filter(({ role }) => role === flag).map(({ id }) => id),
    ...components
      .filter(({ slot }) => slot === flag && slots.some(({ id, form }) => id === flag && form === "one"))
      .map((component) => component.provider ?? component.id),
  ];
};
