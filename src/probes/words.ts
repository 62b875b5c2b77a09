/** Probes in words, for people to read before anything is asked. */
import { parseIp, shortRange, rangeOf, offset, toNumber, type Ip } from "../model/address.ts";
import type { Area, Probe } from "./probe.ts";
import { keyOf, type AddressQuestion, type Question } from "./question.ts";

export interface Announced {
  readonly area: Area;
  readonly asks: string;
}

/** Each question once, at the first area that has it; addresses that are asked the same in one line. */
export function announced(probes: readonly Probe[]): readonly Announced[] {
  const said = new Set<string>();
  const areas = [...new Set(probes.map(({ area }) => area))];
  return areas.flatMap((area) => {
    const questions = probes
      .filter((probe) => probe.area === area)
      .flatMap((probe) => probe.questions)
      .filter((question) => {
        const isNew = !said.has(keyOf(question));
        said.add(keyOf(question));
        return isNew;
      });
    const addresses = questions.filter((question) => question.kind === "address");
    const others = questions.filter((question) => question.kind !== "address");
    return [...others.map(wordsOf), ...addressWords(addresses)].map((asks) => ({ area, asks }));
  });
}

function wordsOf(question: Exclude<Question, AddressQuestion>): string {
  switch (question.kind) {
    case "dns":
      return `DNS: ${question.type} of ${question.name} at ${question.server}`;
    case "program": {
      const words = [
        question.command,
        ...question.args.map((arg) => (arg.startsWith("jsonpath=") ? "jsonpath=…" : arg)),
      ];
      const only = question.given === undefined ? "" : ", only when it leads to this network";
      return `${words.join(" ")}${only}`;
    }
    case "machine":
      return "this machine: its own addresses, router and resolvers";
    case "time":
      return `NTP: the time at ${question.server}`;
  }
}

/** `TCP 22, 53, 80, 443, 445 at 172.16.1.60-69`. */
function addressWords(questions: readonly AddressQuestion[]): readonly string[] {
  const byPorts = new Map<string, Ip[]>();
  for (const { address, ports } of questions) {
    const key = ports.join(", ");
    byPorts.set(key, [...(byPorts.get(key) ?? []), ...[parseIp(address) ?? []].flat()]);
  }
  return [...byPorts].map(([ports, ips]) => `TCP ${ports} at ${addressList(ips)}`);
}

/** Addresses that follow each other as one range. */
export function addressList(ips: readonly Ip[]): string {
  const sorted = [...new Set(ips)].sort((a, b) => (toNumber(a) < toNumber(b) ? -1 : 1));
  const runs: { first: Ip; last: Ip }[] = [];
  for (const ip of sorted) {
    const run = runs.at(-1);
    if (run !== undefined && offset(run.last, 1) === ip) run.last = ip;
    else runs.push({ first: ip, last: ip });
  }
  return runs
    .map(({ first, last }) => {
      const range = rangeOf(first, last);
      return range === undefined ? `${first}, ${last}` : shortRange(range);
    })
    .join(", ");
}
