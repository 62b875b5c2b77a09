/** Machines with fixed addresses, as people list them: `nas=172.16.1.20`, `nas .20`, `pve1-3=.2-.4`. */
import { readIp } from "../../src/fields/readAddress.ts";
import { readLabel } from "../../src/fields/readName.ts";
import {
  contains,
  firstIp,
  nth,
  offset,
  parseCidr,
  parseIp,
  rangeOf,
  size,
  type Cidr,
} from "../../src/model/address.ts";
import { textAt, type Draft } from "./draft.ts";
import { keyQuestion, type Question } from "./question.ts";

const question = keyQuestion(
  "lan.hosts",
  {
    flag: "taken",
    value: "NAME=IP,…",
    label: "Addresses already taken  (nas=.20, pve1-3=.2-.4; empty if none)",
    summary: "machines with fixed addresses: nas=172.16.1.20,printer=172.16.1.30; nas=.20 and pve1-3=.2-.4 will do",
    optional: true,
  },
  (text, { draft }) =>
    `{ ${machinesIn(text, draft)
      .map(({ name, address }) => `${name}: ${address}`)
      .join(", ")} }`,
);

/** A map of names is not judged before the rest of the file is there, so each machine is. */
export const taken: Question = {
  ...question,
  check: (text, state, around) => {
    if (text === "" || text === "none") return undefined;
    const machines = machinesIn(text, state.draft);
    for (const [index, { name, address }] of machines.entries()) {
      if (address === "") return `${name} has no address: NAME=IP, with commas between them`;
      for (const reading of [readLabel(name, 63), readIp(address)])
        if ("refusal" in reading) return reading.refusal.message;
      if (machines.findIndex((machine) => machine.name === name) < index) return `${name} stands here twice`;
    }
    return question.check(text, state, around);
  },
};

interface Written {
  readonly name: string;
  /** Empty when there is none. */
  readonly address: string;
}

const machinesIn = (text: string, draft: Draft): readonly Written[] =>
  text
    .split(",")
    .flatMap(pairsIn)
    .flatMap((written) => spelledOut(written, cidrOf(draft)));

/** `nas=.20 printer=.30`, or `nas .20`. */
function pairsIn(entry: string): readonly Written[] {
  const words = entry.split(/\s+/).filter((word) => word !== "");
  const [name = "", address = ""] = words;
  if (words.length === 2 && !entry.includes("=")) return [{ name, address }];
  return words.map((word) => {
    const [first = "", ...rest] = word.split("=");
    return { name: first, address: rest.join("=") };
  });
}

const NUMBERED = /^(.*?)(\d+)-(\d+)$/;

/** `pve1-3=.2-.4` is three machines. What cannot be read so stays as it is, to be refused in its own words. */
function spelledOut({ name, address }: Written, cidr: Cidr | undefined): readonly Written[] {
  const [, stem = "", from, to] = NUMBERED.exec(name) ?? [];
  const [first, last] = address.split("-").map((part) => parseIp(inLan(part, cidr)));
  const range = first === undefined || last === undefined ? undefined : rangeOf(first, last);
  const isCounted = range !== undefined && size(range) === BigInt(Number(to) - Number(from) + 1 || 0);
  if (range === undefined || !isCounted) return [{ name, address: inLan(address, cidr) }];
  return Array.from({ length: Number(size(range)) }, (_, step) => ({
    name: `${stem}${Number(from) + step}`,
    address: offset(firstIp(range), step),
  }));
}

/** `.20` in the LAN 172.16.1.0/24 is 172.16.1.20. In a wider one it would be a guess. */
function inLan(text: string, cidr: Cidr | undefined): string {
  const [, number] = /^\.(\d{1,3})$/.exec(text) ?? [];
  if (number === undefined || cidr === undefined || size(cidr) > 256n) return text;
  const step = Number(number) - Number(cidr.first % 256n);
  return step >= 0 && contains(cidr, nth(cidr, step)) ? nth(cidr, step) : text;
}

export const cidrOf = (draft: Draft): Cidr | undefined => parseCidr(textAt(draft, "lan.cidr"));
