/** The domains as the internet sees them: who is asked for their names, and who may sign for them. */
import type { Audit } from "../audit/audit.ts";
import type { Expectation } from "../model/expectation.ts";
import type { Plan } from "../model/plan.ts";
import { stateOf, stateQuestions, type ClusterState } from "./cluster.ts";
import { fine, unknown, wrong, type Probe, type Verdict } from "./probe.ts";
import { isUntold, type DnsAnswer, type DnsQuestion, type DnsType, type Untold } from "./question.ts";

export const otherHost: Audit = {
  id: "DOCTOR-DOMAIN-HOST",
  severity: "error",
  title: "The internet asks somebody else for the names of a domain.",
  because: "Records that are written where nobody asks are never seen: no certificate is issued, no name is found.",
  source: "RFC 1034 section 4.2.1; Cloudflare documentation, DNS: Nameserver options",
};

export const forbiddenAuthority: Audit = {
  id: "DOCTOR-DOMAIN-CAA",
  severity: "error",
  title: "The domain forbids its certificate authority to issue certificates.",
  because: "The authority refuses every order, and cert-manager goes on trying.",
  source: "RFC 8659; Let's Encrypt documentation, Certificate Authority Authorization (CAA)",
};

export const unpublished: Audit = {
  id: "DOCTOR-DOMAIN-NAME",
  severity: "warning",
  title: "The cluster runs, and the internet does not know a name that it needs.",
  because: "Nobody outside the house finds what is published there.",
  source: "docs/dns.md of the repository",
};

export const elsewhere: Audit = {
  id: "DOCTOR-HOME-ADDRESS",
  severity: "warning",
  title: "The record of the house leads to another address than the house has.",
  because: "Requests from the internet end at whoever has that address now.",
  source: "docs/port-forward.md of the repository; OpenDNS, myip.opendns.com",
};

type Delegated = Extract<Expectation, { readonly kind: "delegated" }>;
type MayIssue = Extract<Expectation, { readonly kind: "may-issue" }>;
type Home = Extract<Expectation, { readonly kind: "home" }>;
type Public = Extract<Expectation, { readonly kind: "public" }>;

// A resolver of the internet: those of the house answer the domain with what stands in the house. The one cert-manager
// of this repository asks too.
const INTERNET = "1.1.1.1";

// Answers with the address that the question comes from (OpenDNS). It has to be asked itself.
const OWN_ADDRESS: DnsQuestion = { kind: "dns", server: "208.67.222.222", name: "myip.opendns.com", type: "A" };

const ask = (name: string, type: DnsType): DnsQuestion => ({ kind: "dns", server: INTERNET, name, type });

/** `home.ragas.cc`, `ragas.cc`: a zone may begin at any of them, a top-level domain is nobody's. */
function withParents(name: string): readonly string[] {
  const labels = name.split(".");
  return labels.slice(0, Math.max(1, labels.length - 1)).map((_, index) => labels.slice(index).join("."));
}

export function domainProbes(plan: Plan, expectations: readonly Expectation[]): readonly Probe[] {
  const of = <Kind extends Expectation["kind"]>(kind: Kind) =>
    expectations.filter((one): one is Extract<Expectation, { readonly kind: Kind }> => one.kind === kind);
  return [
    ...joined(of("delegated")).map((one): Probe => {
      const questions = withParents(one.domain).map((name) => ask(name, "NS"));
      const judge: Probe["judge"] = (answers) => [
        judgeDelegation(
          one,
          questions.map((question) => answers.to(question)),
        ),
      ];
      return { area: "domains", questions, judge };
    }),
    ...of("may-issue").map((one): Probe => {
      const questions = withParents(one.domain).map((name) => ask(name, "CAA"));
      const judge: Probe["judge"] = (answers) => [
        judgeAuthority(
          one,
          questions.map((question) => answers.to(question)),
        ),
      ];
      return { area: "domains", questions, judge };
    }),
    ...of("home").map((one): Probe => {
      const [house, record] = [OWN_ADDRESS, ask(one.name, "A")];
      return {
        area: "domains",
        questions: [house, record],
        judge: (answers) => judgeHome(one, answers.to(house), answers.to(record)),
      };
    }),
    ...of("public").map((one): Probe => {
      const question = ask(one.name, "A");
      return {
        area: "domains",
        questions: [...stateQuestions(plan), question],
        judge: (answers) => [judgePublic(one, answers.to(question), stateOf(plan, answers))],
      };
    }),
  ];
}

/** Several components expect the same of one domain. */
function joined(all: readonly Delegated[]): readonly Delegated[] {
  const byDomain = new Map<string, Delegated>();
  for (const one of all) {
    const key = `${one.domain} ${one.servers.source}`;
    const before = byDomain.get(key);
    byDomain.set(key, before === undefined ? one : { ...one, by: `${before.by}, ${one.by}` });
  }
  return [...byDomain.values()];
}

type Heard = readonly (DnsAnswer | Untold)[];

/** Answers for the domain and each name above it: the nearest that has records counts. */
function nearest(heard: Heard): DnsAnswer | Untold | undefined {
  return heard.find(
    (answer) => isUntold(answer) || (answer.status === "found" && answer.values.length > 0) || isOdd(answer),
  );
}

/** Neither records nor their absence. */
const isOdd = ({ status }: DnsAnswer): boolean => status === "refused" || status === "failed";

const why = (answer: DnsAnswer | Untold, server = INTERNET): string =>
  isUntold(answer) ? answer.untold : `${server} says: ${answer.status}`;

function judgeDelegation({ domain, host, servers, by }: Delegated, heard: Heard): Verdict {
  const answer = nearest(heard);
  const fix = `at whom you bought the domain, name the servers that ${host} shows for it`;
  if (answer === undefined)
    return wrong(otherHost, {
      message: `the internet knows no name server for ${domain}, which is needed at ${host} by ${by}`,
      paths: ["domains"],
      fix,
    });
  if (isUntold(answer) || answer.status !== "found")
    return unknown(`whom the internet asks for ${domain}`, why(answer));
  const found = answer.values.map((name) => name.toLowerCase().replace(/\.$/, "")).sort();
  if (found.every((name) => servers.test(name)))
    return fine(`the internet asks ${host} for ${domain}: ${found.join(", ")}`);
  // Split DNS names itself, where a router takes every question about names for its own.
  if (found.every((name) => name.endsWith(`.${domain}`)))
    return unknown(`whom the internet asks for ${domain}`, `something in the house answers in place of ${INTERNET}`);
  return wrong(otherHost, {
    message: `the internet asks ${found.join(", ")} for ${domain}, which is needed at ${host} by ${by}`,
    paths: ["domains"],
    fix,
  });
}

/** Certificates for `*.domain` go by `issuewild` where there is any, else by `issue` (RFC 8659 section 4.3). */
function judgeAuthority({ domain, authority, title }: MayIssue, heard: Heard): Verdict {
  const answer = nearest(heard);
  const allowed = fine(`${title} may issue certificates for ${domain}`);
  if (answer === undefined) return allowed;
  if (isUntold(answer) || answer.status !== "found")
    return unknown(`who may issue certificates for ${domain}`, why(answer));
  const named = (tag: string): readonly string[] =>
    answer.values.flatMap((value) =>
      value.startsWith(`${tag} `)
        ? [
            value
              .slice(tag.length + 1)
              .split(";")[0]
              ?.trim() ?? "",
          ]
        : [],
    );
  const [issue, wild] = [named("issue"), named("issuewild")];
  const missing = [
    ...(issue.length > 0 && !issue.includes(authority) ? ["issue"] : []),
    ...(wild.length > 0 && !wild.includes(authority) ? ["issuewild"] : []),
  ];
  if (missing.length === 0) return allowed;
  return wrong(forbiddenAuthority, {
    message: `CAA records of ${domain} let ${[...new Set([...issue, ...wild])].filter((name) => name !== "").join(", ") || "nobody"} issue certificates, and not ${title}`,
    paths: ["domains"],
    fix: `add CAA records: ${missing.map((tag) => `0 ${tag} "${authority}"`).join(", ")}`,
  });
}

/** Nothing is said where the name has no record: that is another finding. */
function judgeHome({ name }: Home, house: DnsAnswer | Untold, record: DnsAnswer | Untold): readonly Verdict[] {
  if (!isUntold(record) && !isOdd(record) && record.status !== "found") return [];
  const says = `whether ${name} leads to this house`;
  if (isUntold(record) || isOdd(record)) return [unknown(says, why(record))];
  if (isUntold(house) || house.status !== "found") return [unknown(says, why(house, OWN_ADDRESS.server))];
  const [seen, told] = [house.values, record.values];
  if (seen.some((ip) => told.includes(ip))) return [fine(`${name} leads to this house, ${seen.join(", ")}`)];
  return [
    wrong(elsewhere, {
      message: `${name} leads to ${told.join(", ")}, and the internet sees this machine at ${seen.join(", ")}`,
      fix: "at home and without a VPN: docs/port-forward.md; elsewhere it says nothing",
    }),
  ];
}

function judgePublic({ name, by }: Public, answer: DnsAnswer | Untold, state: ClusterState): Verdict {
  if (isUntold(answer) || isOdd(answer)) return unknown(`whether the internet knows ${name}`, why(answer));
  if (answer.status === "found") return fine(`the internet knows ${name}`);
  if (state.is !== "up")
    return unknown(`whether the internet will know ${name}`, "its record is made once the cluster runs");
  return wrong(unpublished, {
    message: `the internet does not know ${name}, and ${by} needs it`,
    fix: "docs/troubleshooting.md, a name is missing on the internet",
  });
}
