/** Asked where addresses are announced to routers: which one, and the numbers both sides know each other by. */
import type { SpecPath } from "../../src/model/finding.ts";
import { isMap } from "../../src/model/unknown.ts";
import { PRIVATE_NUMBERS, propose } from "../../src/plan/propose.ts";
import { parseSetting } from "../../src/spec/setting.ts";
import { specOf, textAt, valueAt, withValue, type Draft } from "./draft.ts";
import type { Around, Question } from "./question.ts";

const PEERS = "bgp.peers";

/** A name of the machine with this address, or what a router is called. */
function nameOf(address: string, draft: Draft): string {
  const hosts = Object.entries((valueAt(draft, "lan.hosts") ?? {}) as Draft);
  const found = hosts.find(([, host]) => [isMap(host) ? host["ip"] : host].flat().includes(address));
  return found?.[0] ?? "router";
}

const router: Question = {
  flag: "bgp-router",
  value: "IP",
  label: "Router that is told the way",
  summary: "address of the router that speaks BGP with the nodes",
  path: PEERS,
  isAnswered: ({ draft }) => valueAt(draft, PEERS) !== undefined,
  propose: ({ draft }, { catalog }) => {
    const spec = specOf(draft, catalog);
    const isOpen = spec !== undefined && propose(spec).some(({ path }) => path === "bgp");
    return isOpen
      ? { text: textAt(draft, "lan.gateway") || spec.lan.cidr[0].text, because: "the router of the LAN" }
      : undefined;
  },
  check: (text, { draft }, { catalog }) => {
    if (valueAt(draft, PEERS) !== undefined) return `${PEERS} stands in the network it starts from; change it there`;
    const setting = parseSetting(`${PEERS}.router.address`, text, catalog);
    return "finding" in setting ? setting.finding.message : undefined;
  },
  apply: (text, state) => {
    const name = nameOf(text, state.draft);
    const peer = name in ((valueAt(state.draft, "lan.hosts") ?? {}) as Draft) ? {} : { address: text };
    return { ...state, draft: withValue(state.draft, `${PEERS}.${name}`, peer) };
  },
};

/** Paths of the numbers that are open: of each router, or of the nodes. */
const openNumbers = (draft: Draft, of: keyof typeof PRIVATE_NUMBERS): readonly SpecPath[] => {
  const paths =
    of === "nodes"
      ? ["bgp.asn"]
      : Object.keys((valueAt(draft, PEERS) ?? {}) as Draft).map((name) => `${PEERS}.${name}.asn`);
  return valueAt(draft, "bgp") === undefined ? [] : paths.filter((path) => valueAt(draft, path) === undefined);
};

const numberQuestion = (
  of: keyof typeof PRIVATE_NUMBERS,
  simple: Pick<Question, "flag" | "label" | "summary">,
): Question => ({
  ...simple,
  value: "NUMBER",
  isAnswered: ({ draft }) => openNumbers(draft, of).length === 0,
  propose: ({ draft }) =>
    openNumbers(draft, of).length === 0
      ? undefined
      : { text: String(PRIVATE_NUMBERS[of]), because: "one of those for private use" },
  check: (text, { draft }, around) =>
    openNumbers(draft, of).length === 0
      ? `it goes with --bgp-router, where addresses are announced by BGP`
      : wrongNumber(text, around),
  apply: (text, state, { catalog }) => ({
    ...state,
    draft: openNumbers(state.draft, of).reduce((draft, path) => {
      const setting = parseSetting("bgp.asn", text, catalog);
      if ("finding" in setting) throw new Error(`an answer was applied that its check refuses: --${simple.flag}`);
      return withValue(draft, path, setting.value);
    }, state.draft),
  }),
});

function wrongNumber(text: string, { catalog }: Around): string | undefined {
  const setting = parseSetting("bgp.asn", text, catalog);
  return "finding" in setting ? setting.finding.message : undefined;
}

export const bgpQuestions: readonly Question[] = [
  router,
  numberQuestion("router", {
    flag: "bgp-router-asn",
    label: "Number of the router (ASN)",
    summary: "autonomous system number of the router, as it is configured there",
  }),
  numberQuestion("nodes", {
    flag: "bgp-asn",
    label: "Number of the nodes (ASN)",
    summary: "autonomous system number of the nodes, another one than the router's",
  }),
];
