/** Questions about the LAN: what is there already, and what of it nobody may take. */
import { nth } from "../../src/model/address.ts";
import { RESOLVERS, runsResolver } from "../../src/catalog/resolvers.ts";
import { valueAt, withValue, type Draft } from "./draft.ts";
import { cidrOf, taken } from "./taken.ts";
import { keyQuestion, type Question, type State } from "./question.ts";

const lan = keyQuestion("lan.cidr", {
  flag: "lan",
  value: "CIDR",
  label: "Your LAN",
  summary: "the network of your home, such as 172.16.1.0/24",
  required: true,
  machine: (facts) => {
    const found = facts.lan();
    return found && { text: found.cidr, because: `found on ${found.interfaceName}` };
  },
});

const router = keyQuestion("lan.gateway", {
  flag: "router",
  value: "IP",
  label: "Router",
  summary: "address of the router",
  propose: ({ draft }) => {
    const cidr = cidrOf(draft);
    return cidr && { text: nth(cidr, 1), because: "most routers have the first address" };
  },
});

const dhcp = keyQuestion("lan.dhcp", {
  flag: "dhcp",
  value: "FIRST-LAST",
  label: "DHCP hands out  (a range; look at your router; empty if unknown)",
  summary: "range the router hands out; never used for the cluster",
  optional: true,
});

const resolver = keyQuestion(
  "lan.dns",
  {
    flag: "dns",
    value: "IP,…",
    label: "Resolvers of the machines",
    summary: "resolvers the nodes use, by address or by a name of --taken",
    propose: ({ draft }) => {
      const address = valueAt(draft, "lan.gateway");
      return typeof address === "string" ? { text: address, because: "routers of homes resolve names" } : undefined;
    },
  },
  (text) => `[${text}]`,
);

/** Resolvers of the LAN by name whose software nobody said: docs/dns.md has the steps for those it knows. */
function unknownResolvers(draft: Draft): readonly string[] {
  const names = valueAt(draft, "lan.dns");
  return (Array.isArray(names) ? names : []).filter(
    (name): name is string => typeof name === "string" && typeof valueAt(draft, `lan.hosts.${name}`) === "string",
  );
}

const softwareOf = (name: string): string | undefined =>
  RESOLVERS.find((candidate) => runsResolver(name.replace(/-?\d+$/, ""), candidate))?.id;

const SOFTWARE = RESOLVERS.map(({ id }) => id).join(", ");

const software: Question = {
  flag: "resolver-software",
  value: "NAME=SOFTWARE,…",
  label: "They run  (NAME=SOFTWARE, …)",
  summary: `what runs on resolvers of --taken, for its steps in docs/dns.md: ${SOFTWARE}`,
  unsaidIn: "file",
  optional: true,
  isAnswered: ({ draft }) => unknownResolvers(draft).length === 0,
  propose: ({ draft }) => {
    const known = unknownResolvers(draft).flatMap((name) => {
      const id = softwareOf(name);
      return id === undefined ? [] : [`${name}=${id}`];
    });
    return known.length === 0 ? undefined : { text: known.join(","), because: "by their names" };
  },
  check: (text, { draft }) => {
    for (const [name, id] of softwareIn(text)) {
      if (!unknownResolvers(draft).includes(name)) return `${name} is no name among the resolvers`;
      if (!RESOLVERS.some((candidate) => runsResolver(id, candidate))) return `${name} runs one of ${SOFTWARE}`;
    }
    return undefined;
  },
  apply: (text, state): State => ({
    ...state,
    draft: softwareIn(text).reduce(
      (draft, [name, id]) =>
        withValue(draft, `lan.hosts.${name}`, { ip: valueAt(draft, `lan.hosts.${name}`), software: id }),
      state.draft,
    ),
  }),
};

const softwareIn = (text: string): readonly (readonly [name: string, id: string])[] =>
  text
    .split(/[\s,]+/)
    .filter((part) => part !== "" && part !== "none")
    .map((part) => part.split("="))
    .map(([name = "", id = ""]) => [name, id]);

export const lanQuestions: readonly Question[] = [lan, router, dhcp, taken, resolver, software];
