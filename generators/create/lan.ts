/** Questions about the LAN: what is there already, and what of it nobody may take. */
import { contains, fromNumber, nth, parseCidr, parseIp, type Cidr } from "../../src/model/address.ts";
import { RESOLVERS, runsResolver } from "../../src/compose/docs/resolvers.ts";
import { valueAt, withValue, type Draft } from "./draft.ts";
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

const taken = keyQuestion(
  "lan.hosts",
  {
    flag: "taken",
    value: "NAME=IP,…",
    label: "Addresses already taken  (nas=.20, pve1-3=.2-.4; empty if none)",
    summary: "machines with fixed addresses: nas=172.16.1.20,printer=172.16.1.30; nas=.20 and pve1-3=.2-.4 will do",
    optional: true,
  },
  (text, { draft }) =>
    `{ ${text
      .split(",")
      .flatMap(pairsIn)
      .flatMap(([name, address]) => spelledOut(name, address, cidrOf(draft)))
      .join(", ")} }`,
);

type Pair = readonly [name: string, address: string | undefined];

/** `nas=.20 printer=.30`, or `nas .20`. */
function pairsIn(entry: string): readonly Pair[] {
  const words = entry.split(/\s+/).filter((word) => word !== "");
  const [first = "", second] = words;
  if (words.length === 2 && second !== undefined && !entry.includes("=")) return [[first, second]];
  return words.map((word): Pair => {
    const [name = "", ...address] = word.split("=");
    return [name, address.length === 0 ? undefined : address.join("=")];
  });
}

const NUMBERED = /^(.*?)(\d+)-(\d+)$/;

/** `pve1-3=.2-.4` is three machines. What cannot be read stays as it is, for the schema to say what is wrong. */
function spelledOut(name: string, address: string | undefined, cidr: Cidr | undefined): readonly string[] {
  if (address === undefined) return [name];
  const [, stem = "", from = "", to = ""] = NUMBERED.exec(name) ?? [];
  const [first, last, ...more] = address.split("-").map((part) => inLan(part, cidr));
  const start = first === undefined ? undefined : parseIp(first);
  const end = last === undefined ? undefined : parseIp(last);
  if (from === "" || start === undefined || end === undefined || more.length > 0 || cidr === undefined)
    return [`${name}: ${inLan(address, cidr)}`];
  const count = Number(to) - Number(from) + 1;
  const addresses = stepsFrom(start, end);
  if (addresses.length !== count) return [`${name}: ${address}`];
  return addresses.map((ip, index) => `${stem}${Number(from) + index}: ${ip}`);
}

function stepsFrom(start: string, end: string): readonly string[] {
  const [a, b] = [parseCidr(`${start}/32`), parseCidr(`${end}/32`)];
  if (a === undefined || b === undefined || b.first < a.first || b.first - a.first > 255n) return [];
  return Array.from({ length: Number(b.first - a.first) + 1 }, (_, step) => fromNumber(a.first + BigInt(step), 4));
}

/** `.20` in the LAN 172.16.1.0/24 is 172.16.1.20. In a wider one it would be a guess. */
function inLan(text: string, cidr: Cidr | undefined): string {
  const [, number] = /^\.(\d{1,3})$/.exec(text) ?? [];
  if (number === undefined || cidr === undefined) return text;
  const ip = nth(cidr, Number(number) - Number(cidr.first % 256n));
  return cidr.last - cidr.first < 256n && Number(number) < 256 && contains(cidr, ip) ? ip : text;
}

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

const cidrOf = (draft: Draft): Cidr | undefined => parseCidr(String(valueAt(draft, "lan.cidr")));

export const lanQuestions: readonly Question[] = [lan, router, dhcp, taken, resolver, software];
