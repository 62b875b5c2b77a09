/** The resolvers of the LAN: do they answer, and do they know the names of this network? */
import type { Audit } from "../audit/audit.ts";
import type { Ip } from "../model/address.ts";
import type { Expectation } from "../model/expectation.ts";
import type { Plan } from "../model/plan.ts";
import { stateOf, stateQuestions } from "./cluster.ts";
import { fine, unknown, wrong, type Probe, type Verdict } from "./probe.ts";
import { isUntold, type Answers, type DnsAnswer, type DnsQuestion, type DnsType, type Untold } from "./question.ts";

export const silentResolver: Audit = {
  id: "DOCTOR-RESOLVER-SILENT",
  severity: "error",
  title: "A resolver of lan.dns does not answer.",
  because: "Machines that ask it wait for seconds at every name, or find none: the nodes cannot fetch an image.",
  source: "homelab.yaml: lan.dns",
};

export const silentServer: Audit = {
  id: "DOCTOR-RESOLVER-SERVER",
  severity: "error",
  title: "The cluster runs, and its DNS server does not answer.",
  because: "No device of the LAN finds a name of the network.",
  source: "docs/dns.md of the repository",
};

export const unforwarded: Audit = {
  id: "DOCTOR-RESOLVER-FORWARD",
  severity: "error",
  title: "A resolver of the LAN does not ask the network's DNS server about its domain.",
  because: "Devices that ask that resolver get the answer of the internet, or none, and do not find the gateways.",
  source: "docs/dns.md of the repository",
};

export const rebindProtection: Audit = {
  id: "DOCTOR-RESOLVER-REBIND",
  severity: "error",
  title: "A resolver of the LAN drops the answers, because they are private addresses.",
  because: "Protection against DNS rebinding takes every name that points into the LAN for an attack.",
  source: "dnsmasq manual, stop-dns-rebind and rebind-domain-ok; Unbound manual, private-address and private-domain",
};

export type Serves = Extract<Expectation, { readonly kind: "serves" }>;

const ask = (server: string, name: string, type: DnsType): DnsQuestion => ({ kind: "dns", server, name, type });

/** `names` are those that the network answers for. */
export function resolverProbes(plan: Plan, serves: readonly Serves[], names: readonly string[]): readonly Probe[] {
  const anything = plan.lan.resolvers.flatMap(({ ip, path }) =>
    ip === undefined ? [] : [{ ip, path, question: ask(ip, plan.domains[0] ?? ".", "SOA") }],
  );
  const alive: Probe = {
    area: "resolvers",
    questions: anything.map(({ question }) => question),
    judge: (answers) => anything.flatMap(({ ip, path, question }) => judgeResolver(ip, path, answers.to(question))),
  };
  return [alive, ...serves.map((expected) => servingProbe(plan, expected, names))];
}

function judgeResolver(ip: Ip, path: string, answer: DnsAnswer | Untold): readonly Verdict[] {
  if (!isUntold(answer)) return [fine(`resolver ${ip} answers`)];
  if (answer.how !== "silent") return [unknown(`whether resolver ${ip} answers`, answer.untold)];
  return [
    wrong(silentResolver, {
      message: `resolver ${ip} does not answer this machine`,
      paths: [path],
      fix: "see whether it runs, and whom it answers; or name another one in lan.dns",
    }),
  ];
}

function servingProbe(plan: Plan, expected: Serves, names: readonly string[]): Probe {
  const { domain, server } = expected;
  const example = names.find((name) => name.endsWith(`.${domain}`));
  const zoneAt = (who: string): DnsQuestion => ask(who, domain, "SOA");
  const exampleAt = (who: string): readonly DnsQuestion[] => (example === undefined ? [] : [ask(who, example, "A")]);
  const asked = [server, ...plan.lan.dns];
  return {
    area: "resolvers",
    questions: [...stateQuestions(plan), ...asked.flatMap((who) => [zoneAt(who), ...exampleAt(who)])],
    judge: (answers) => {
      const own = answers.to(zoneAt(server));
      if (isUntold(own) || own.status !== "found") return [withoutServer(plan, expected, own, answers)];
      const [question] = exampleAt(server);
      const ownExample = question && answers.to(question);
      return [
        fine(`${expected.title} answers for ${domain} at ${server}`),
        ...plan.lan.dns.flatMap((ip) => {
          const [sameExample] = exampleAt(ip);
          return judgeForwarding(
            expected,
            ip,
            { zone: own, host: example, example: ownExample },
            { zone: answers.to(zoneAt(ip)), example: sameExample && answers.to(sameExample) },
          );
        }),
      ];
    },
  };
}

function withoutServer(
  plan: Plan,
  { title, server, domain }: Serves,
  answer: DnsAnswer | Untold,
  answers: Answers,
): Verdict {
  const why = isUntold(answer) ? answer.untold : `it says: ${answer.status}`;
  if (stateOf(plan, answers).is === "up")
    return wrong(silentServer, {
      message: `${title} at ${server} does not answer for ${domain}: ${why}`,
      fix: "docs/troubleshooting.md, a name has no address",
    });
  return unknown(`whether resolvers send questions about ${domain} to ${title}`, `${server} does not answer yet`);
}

interface Heard {
  readonly zone: DnsAnswer | Untold;
  readonly example: DnsAnswer | Untold | undefined;
}

/** What the server says itself is what a resolver that asks it has to say. */
function judgeForwarding(
  { domain, server, title }: Serves,
  resolver: Ip,
  own: {
    readonly zone: DnsAnswer;
    readonly host: string | undefined;
    readonly example: DnsAnswer | Untold | undefined;
  },
  heard: Heard,
): readonly Verdict[] {
  const { zone } = heard;
  // A resolver that does not answer at all has been told of.
  if (isUntold(zone)) return [unknown(`whether resolver ${resolver} asks ${title} about ${domain}`, zone.untold)];
  const fix = `docs/dns.md has the line for it: questions about ${domain} go to ${server}`;
  if (zone.status !== "found" || zone.values[0] !== own.zone.values[0]) {
    const said = zone.status === "found" ? `is told of ${zone.values[0]}` : `is told: ${zone.status}`;
    const message = `resolver ${resolver} does not ask ${server} about ${domain}: whoever asks for its SOA record ${said}`;
    return [wrong(unforwarded, { message, fix })];
  }
  const { host, example } = own;
  if (host === undefined || example === undefined || isUntold(example) || example.status !== "found")
    return [
      fine(`resolver ${resolver} asks ${title} about ${domain}`),
      unknown(`whether resolver ${resolver} drops private addresses`, "there is no name yet that could be asked for"),
    ];
  const same = heard.example;
  if (same === undefined || isUntold(same))
    return [unknown(`what resolver ${resolver} answers for ${host}`, same?.untold ?? "it was not asked")];
  if (same.status === "found" && same.values.some((value) => example.values.includes(value)))
    return [fine(`resolver ${resolver} answers ${host} with ${example.values.join(", ")}`)];
  if (same.status === "found")
    return [
      wrong(unforwarded, {
        message: `resolver ${resolver} answers ${host} with ${same.values.join(", ")}, and ${server} with ${example.values.join(", ")}`,
        fix: `take away what it has of its own about ${domain}: rewrites, zones, records`,
      }),
    ];
  return [
    wrong(rebindProtection, {
      message: `resolver ${resolver} asks ${server} about ${host} and keeps the answer ${example.values.join(", ")} to itself`,
      fix: `exempt ${domain} from its protection against DNS rebinding; docs/dns.md`,
    }),
  ];
}
