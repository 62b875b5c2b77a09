/** Where no server in the cluster answers: which one of the house has the names written into it, and where it is. */
import type { Catalog, Component } from "../../src/model/component.ts";
import type { SlotForOne, SlotForSeveral } from "../../src/model/slot.ts";
import { asMap } from "../../src/model/unknown.ts";
import { choicesOf } from "../../src/spec/choices.ts";
import { parseSetting } from "../../src/spec/setting.ts";
import { suggest } from "../../src/model/suggest.ts";
import { valueAt, withValue, type Draft } from "./draft.ts";
import type { Proposed, Question, State } from "./question.ts";
import { stands } from "./several.ts";

const SERVER = "house-dns";
const NONE = "none";

interface Server {
  readonly value: string;
  readonly component: Component;
  /** The option that says where it is. */
  readonly key: string;
}

/** Nothing in a catalog without servers of the house, or where nobody can do without one in the cluster. */
export function houseQuestions(catalog: Catalog): readonly Question[] {
  const servers = serversIn(catalog);
  const publish = catalog.slots.find(({ id }) => servers[0]?.component.slot === id) as SlotForSeveral | undefined;
  const leaving = catalog.components.find(({ leavesNames }) => leavesNames === true);
  const split = catalog.slots.find(({ id }) => leaving?.slot === id) as SlotForOne | undefined;
  if (publish === undefined || leaving === undefined || split === undefined) return [];

  const isLeft = (draft: Draft): boolean => choicesOf(draft, catalog).components.get(split.id) === leaving;
  const isSaid = (draft: Draft): boolean =>
    Object.entries(asMap(valueAt(draft, publish.path))).some(([name, values]) =>
      servers.some(({ value }) => value === (asMap(values)["provider"] ?? name)),
    );
  return [serverQuestion(servers, publish, isLeft, isSaid), placeQuestion(servers, publish, isSaid)];
}

const serversIn = ({ components }: Catalog): readonly Server[] =>
  components.flatMap((component) => {
    const { publishes } = component;
    return publishes?.reach === "lan"
      ? [{ value: component.provider ?? component.id, component, key: publishes.serverKey }]
      : [];
  });

/** What can be said at the first question. */
export const houseNames = (catalog: Catalog, flag: string): readonly string[] =>
  flag === SERVER ? [NONE, ...serversIn(catalog).map(({ value }) => value)] : [];

function serverQuestion(
  servers: readonly Server[],
  publish: SlotForSeveral,
  isLeft: (draft: Draft) => boolean,
  isSaid: (draft: Draft) => boolean,
): Question {
  const names = [NONE, ...servers.map(({ value }) => value)];
  return {
    flag: SERVER,
    value: "NAME",
    label: "Names are written into",
    summary: "with --split-dns none, the DNS server of the house that gets a record for each name of a route",
    unsaidIn: "file or preset",
    isAnswered: ({ draft }) => !isLeft(draft) || isSaid(draft),
    propose: ({ draft }) =>
      fromSoftware(draft, servers) ?? { text: NONE, because: "you write each name into your resolver by hand" },
    choices: () => [
      { value: NONE, name: "None", description: "you write each name into your resolver by hand" },
      ...servers.map(({ value, component }) => ({ value, name: component.title, description: component.summary })),
    ],
    check: (text, { draft }) => {
      if (text !== NONE && isSaid(draft)) return stands(publish.path);
      if (text !== NONE && !isLeft(draft))
        return "a server in the cluster answers for the same names: --split-dns none";
      if (names.includes(text)) return undefined;
      const near = suggest(text, names);
      return near === undefined ? `one of ${names.join(", ")}` : `did you mean ${near}?`;
    },
    apply: (text, state) => ({ ...state, answers: new Map([...state.answers, [SERVER, text]]) }),
  };
}

/** A machine of the LAN that is known to run one of them. */
function fromSoftware(draft: Draft, servers: readonly Server[]): Proposed | undefined {
  for (const [name, host] of Object.entries(asMap(valueAt(draft, "lan.hosts")))) {
    const software = [asMap(host)["software"] ?? []].flat();
    const server = servers.find(({ value }) => software.includes(value));
    if (server !== undefined) return { text: server.value, because: `it runs on ${name}` };
  }
  return undefined;
}

/** Nobody but its owner knows its port, so nothing is proposed. */
function placeQuestion(
  servers: readonly Server[],
  publish: SlotForSeveral,
  isSaid: (draft: Draft) => boolean,
): Question {
  const chosen = ({ answers }: State): Server | undefined => servers.find(({ value }) => value === answers.get(SERVER));
  const pathFor = ({ value, key }: Server): string => `${publish.path}.${value}.${key}`;
  return {
    flag: `${SERVER}-at`,
    value: "URL|IP",
    label: "Where it is  (as in http://172.16.1.11:3000; of a name server its address)",
    summary:
      "where the server of --house-dns is: the beginning of the address of its pages, or of a name server its IP",
    required: true,
    isAnswered: (state) => chosen(state) === undefined || isSaid(state.draft),
    check: (text, state, { catalog }) => {
      const server = chosen(state);
      if (server === undefined) return "there is no server it could be of: --house-dns";
      const setting = parseSetting(pathFor(server), text, catalog);
      return "finding" in setting ? setting.finding.message : undefined;
    },
    apply: (text, state) => {
      const server = chosen(state);
      return server === undefined ? state : { ...state, draft: withValue(state.draft, pathFor(server), text) };
    },
  };
}
