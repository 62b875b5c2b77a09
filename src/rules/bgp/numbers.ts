/** Numbers of autonomous systems. */
import type { Plan } from "../../model/plan.ts";
import type { Rule } from "../rule.ts";

interface Numbered {
  readonly who: string;
  readonly asn: number;
  readonly path: string;
}

const numbersOf = ({ bgp }: Plan): readonly Numbered[] =>
  bgp === undefined
    ? []
    : [
        { who: "the nodes", asn: bgp.asn, path: "bgp.asn" },
        ...bgp.peers.map(({ name, asn, path }) => ({ who: name, asn, path: `${path}.asn` })),
      ];

// RFC 7607, RFC 6793 §9, RFC 7300.
const NOBODYS = [0, 23_456, 65_535, 4_294_967_295];

export const usableNumber: Rule = {
  id: "BGP-NUMBER",
  severity: "error",
  title: "no side has a number that is set apart",
  because: "Programs refuse it, or take it for a placeholder, and no session comes up.",
  source: "RFC 7607, RFC 6793 §9, RFC 7300",
  *check(plan) {
    for (const { who, asn, path } of numbersOf(plan)) {
      if (!NOBODYS.includes(asn)) continue;
      yield {
        message: `${asn} (${who}) is set apart and nobody's number`,
        paths: [path],
        fix: "one of 64512 to 65534",
      };
    }
  },
};

export const twoNumbers: Rule = {
  id: "BGP-NUMBER-SAME",
  severity: "error",
  title: "nodes and routers have numbers of their own",
  because:
    "With one number both are one system inside: the router then keeps what nodes say from its other neighbours of that number, and the files for routers are written for two systems.",
  source: "RFC 4271 §9.2; RFC 4456 §1",
  unless: ["BGP-NUMBER"],
  *check(plan) {
    for (const { name, asn, path } of plan.bgp?.peers ?? []) {
      if (asn !== plan.bgp?.asn) continue;
      yield {
        message: `the nodes and ${name} both have the number ${asn}`,
        paths: ["bgp.asn", `${path}.asn`],
        fix: `bgp.asn: ${asn === 64_513 ? 64_514 : 64_513}`,
      };
    }
  },
};

// RFC 6996.
const isPrivate = (asn: number): boolean =>
  (asn >= 64_512 && asn <= 65_534) || (asn >= 4_200_000_000 && asn <= 4_294_967_294);
// RFC 5398.
const isForDocuments = (asn: number): boolean => (asn >= 64_496 && asn <= 64_511) || (asn >= 65_536 && asn <= 65_551);

export const privateNumber: Rule = {
  id: "BGP-NUMBER-PUBLIC",
  severity: "warning",
  title: "numbers are private ones",
  because:
    "It works inside the house; where a router also talks to a provider, routes with this number are dropped or lead elsewhere.",
  source: "RFC 6996: 64512 to 65534 and 4200000000 to 4294967294; RFC 5398: numbers for documents",
  unless: ["BGP-NUMBER"],
  *check(plan) {
    for (const { who, asn, path } of numbersOf(plan)) {
      if (isPrivate(asn) || NOBODYS.includes(asn)) continue;
      yield {
        message: `${asn} (${who}) is ${isForDocuments(asn) ? "a number for examples in documents" : "somebody's number on the internet"}`,
        paths: [path],
        fix: "one of 64512 to 65534, on both sides",
      };
    }
  },
};
