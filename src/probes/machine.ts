/** This machine as a device of the LAN: what it was given is what the others are given. */
import type { Audit } from "../audit/audit.ts";
import { contains, type Ip } from "../model/address.ts";
import type { Plan } from "../model/plan.ts";
import { fine, unknown, wrong, type Probe, type Verdict } from "./probe.ts";
import { isUntold, type MachineAnswer, type MachineQuestion, type OwnAddress, type Untold } from "./question.ts";

export const otherPrefix: Audit = {
  id: "DOCTOR-LAN-PREFIX",
  severity: "warning",
  title: "This machine has another size of the LAN than homelab.yaml.",
  because: "Machines that disagree about who is a neighbour reach some addresses and not others.",
  source: "RFC 1122 section 3.3.1.1, local or remote decision",
};

export const otherRouter: Audit = {
  id: "DOCTOR-LAN-ROUTER",
  severity: "warning",
  title: "This machine sends what leaves the LAN to another router than homelab.yaml names.",
  because: "Nodes that are given a router which is none reach nothing outside the LAN, and fetch no image.",
  source: "homelab.yaml: lan.gateway",
};

export const otherResolver: Audit = {
  id: "DOCTOR-LAN-RESOLVER",
  severity: "warning",
  title: "This machine asks other resolvers than those of lan.dns.",
  because: "The resolvers of homelab.yaml are told where the names of the network are; others do not find them.",
  source: "RFC 2132 section 3.8, the DNS servers that DHCP hands out",
};

export const otherLease: Audit = {
  id: "DOCTOR-LAN-DHCP",
  severity: "warning",
  title: "DHCP gave this machine an address outside the range of lan.dhcp.",
  because:
    "The range that DHCP hands out is larger than homelab.yaml believes, or this is a fixed lease; in the first case it may give away an address of the network.",
  source: "RFC 2131 section 4.3.1",
};

const QUESTION: MachineQuestion = { kind: "machine" };

export const machineProbe = (plan: Plan): Probe => ({
  area: "machine",
  questions: [QUESTION],
  judge: (answers) => [
    ...judgeMachine(plan, answers.to(QUESTION)),
    unknown(
      "what the DHCP server hands out to others",
      "asking it takes packets that only the administrator of a machine may send, and gen is not run as one",
    ),
  ],
});

function judgeMachine(plan: Plan, answer: MachineAnswer | Untold): readonly Verdict[] {
  const { lan } = plan;
  const because = isUntold(answer) ? answer.untold : `it has no address in ${lan.cidr.text}`;
  const own = isUntold(answer) ? undefined : answer.addresses.find(({ ip }) => contains(lan.cidr, ip));
  if (own === undefined || isUntold(answer)) return [unknown("what this machine was given on the LAN", because)];
  return [
    judgePrefix(plan, own),
    judgeLease(plan, own),
    judgeRouter(plan, answer.routers),
    ...judgeResolvers(plan, answer.resolvers),
  ];
}

function judgePrefix({ lan: { cidr } }: Plan, { ip, prefix, interfaceName }: OwnAddress): Verdict {
  const what = `this machine is ${ip}/${prefix} on ${interfaceName}`;
  return prefix === cidr.prefix
    ? fine(`${what}, in ${cidr.text}`)
    : wrong(otherPrefix, {
        message: `${what}, and the LAN of homelab.yaml is ${cidr.text}`,
        paths: ["lan.cidr"],
        fix: "look at the router which of the two is right",
      });
}

function judgeLease({ lan: { dhcp } }: Plan, { ip, leased }: OwnAddress): Verdict {
  if (leased === undefined) return unknown(`whether DHCP gave ${ip} to this machine`, "the system does not say");
  if (!leased) return fine(`${ip} was set by hand, or is kept for this machine: DHCP had no part in it`);
  if (dhcp === undefined) return unknown(`whether ${ip} lies in the range of DHCP`, "lan.dhcp is not in homelab.yaml");
  return contains(dhcp, ip)
    ? fine(`DHCP gave it ${ip}, inside ${dhcp.text}`)
    : wrong(otherLease, {
        message: `DHCP gave this machine ${ip}, which lies outside ${dhcp.text}`,
        paths: ["lan.dhcp"],
        fix: "look at the router which range it hands out; where it is a fixed lease, all is well",
      });
}

function judgeRouter({ lan: { gateway } }: Plan, routers: readonly string[] | undefined): Verdict {
  if (routers === undefined) return unknown("which router this machine uses", "the system does not say");
  return routers.includes(gateway)
    ? fine(`its router is ${gateway}`)
    : wrong(otherRouter, {
        message: `the router of this machine is ${routers.join(", ") || "none"}, and that of homelab.yaml ${gateway}`,
        paths: ["lan.gateway"],
        fix: "look at the router which of them is right; a VPN on this machine may explain it",
      });
}

/** Loopback and link-local: a resolver on the machine itself, which asks others. */
const isLocal = (ip: string): boolean => /^(127\.|::1$|169\.254\.|fe80:)/.test(ip);

function judgeResolvers({ lan: { dns } }: Plan, resolvers: readonly string[]): readonly Verdict[] {
  if (dns.length === 0) return [];
  const others = resolvers.filter((ip) => !isLocal(ip));
  if (others.length === 0)
    return [
      unknown("whom this machine asks for names", "a program on it is asked first, and does not say whom it asks"),
    ];
  const foreign = others.filter((ip) => !dns.includes(ip as Ip));
  if (foreign.length === 0) return [fine(`it asks ${others.join(", ")} for names, as lan.dns says`)];
  return [
    wrong(otherResolver, {
      message: `this machine asks ${foreign.join(", ")} for names, which lan.dns does not name (${dns.join(", ")})`,
      paths: ["lan.dns"],
      fix: "let the DHCP server of the LAN hand out the resolvers of lan.dns and no others",
    }),
  ];
}
