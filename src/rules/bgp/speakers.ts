/** One speaker a node: a router has one session with an address, and one program takes a port. */
import { speakersOf, type Speaking } from "../../model/bgp.ts";
import type { Plan } from "../../model/plan.ts";
import type { Rule } from "../rule.ts";

interface Pair {
  readonly one: Speaking;
  readonly other: Speaking;
  /** The first node both are on. */
  readonly node: string;
}

function* pairs(plan: Plan, counts: (speaker: Speaking) => boolean): Iterable<Pair> {
  const speakers = speakersOf(plan).filter(counts);
  for (const [index, other] of speakers.entries()) {
    for (const one of speakers.slice(0, index)) {
      const node = one.nodes.find(({ name }) => other.nodes.some((candidate) => candidate.name === name));
      if (node !== undefined) yield { one, other, node: node.name };
    }
  }
}

const titles = ({ one, other }: Pair): string => `${one.chosen.component.title} and ${other.chosen.component.title}`;
const paths = ({ one, other }: Pair): readonly string[] => [other, one].map(({ chosen }) => chosen.path ?? "bgp");

export const oneSpeaker: Rule = {
  id: "BGP-SPEAKER",
  severity: "error",
  title: "one part of a node speaks with a router",
  because: "A router has one session with an address and refuses the second, so one of the two is heard by chance.",
  source: "RFC 4271 §6.8; MetalLB documentation, Issues with Calico",
  *check(plan) {
    for (const pair of pairs(plan, ({ toRouters }) => toRouters)) {
      yield {
        message: `${titles(pair)} both speak BGP with the routers of bgp, on ${pair.node} and others`,
        paths: paths(pair),
        fix: "let one of them announce, or the other one work without BGP",
      };
    }
  },
};

export const onePort: Rule = {
  id: "BGP-PORT",
  severity: "error",
  title: "one program of a node takes port 179",
  because: "The second one finds the port taken and does not start, or nobody connects to it.",
  source: "RFC 4271 §8.2.1: speakers listen on TCP port 179",
  unless: ["BGP-SPEAKER"],
  *check(plan) {
    for (const pair of pairs(plan, ({ listens }) => listens)) {
      yield {
        message: `${titles(pair)} both take connections at port 179 of ${pair.node} and others`,
        paths: paths(pair),
        fix: "let one of them work without BGP",
      };
    }
  },
};
