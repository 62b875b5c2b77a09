/**
 * Addresses of the network that nobody may have yet, and that somebody must have later: the API's, those of the pools,
 * those of the machines. Which of the two it is depends on whether the cluster is there.
 */
import type { Audit } from "../audit/audit.ts";
import { firstIp, offset, size, toNumber, type Ip } from "../model/address.ts";
import type { SpecPath } from "../model/finding.ts";
import type { Plan } from "../model/plan.ts";
import { askCluster, stateOf, stateQuestions, type ClusterState } from "./cluster.ts";
import { presenceAt, questionAbout, type Presence } from "./presence.ts";
import { fine, unknown, wrong, type Probe, type Verdict } from "./probe.ts";
import { addressList } from "./words.ts";
import { isUntold, type Answers, type ProgramQuestion } from "./question.ts";

export const takenAddress: Audit = {
  id: "DOCTOR-ADDRESS-TAKEN",
  severity: "error",
  title: "Somebody else has an address of the network.",
  because: "Two devices answer for one address, and connections to it fail or reach the wrong one at random.",
  source: "RFC 5227, IPv4 Address Conflict Detection, section 1",
};

export const silentAddress: Audit = {
  id: "DOCTOR-ADDRESS-SILENT",
  severity: "warning",
  title: "The cluster runs, and nobody has an address that a Service of it should have.",
  because: "What stands behind the address cannot be reached from the LAN.",
  source: "kubectl get services",
};

export interface Subject {
  readonly ip: Ip;
  /** `envoy-internal`; for an address of a pool that the plan gives to nobody, the pool. */
  readonly owner: string;
  readonly path: SpecPath;
  /** An address that the plan gives to a Service, one of a pool that is free, the API's own, or of a node that carries a Service. */
  readonly kind: "service" | "free" | "api" | "node";
}

// A pool of a home has tens of addresses; those beyond are not asked, and the report says so.
const MOST_OF_A_POOL = 64;

export function subjectsOf(plan: Plan): { readonly subjects: readonly Subject[]; readonly left: readonly string[] } {
  const claimed = plan.addresses.claims.filter(({ sameAs }) => !sameAs);
  const own = claimed.flatMap(({ ip, owner, path, role, fromPool, onNode }): readonly Subject[] =>
    fromPool || onNode
      ? [{ ip, owner, path, kind: onNode ? "node" : "service" }]
      : role === "api" && !plan.nodes.some((node) => node.ip === ip)
        ? [{ ip, owner, path, kind: "api" }]
        : [],
  );
  const taken = new Set(claimed.map(({ ip }) => ip));
  const free = plan.pools.flatMap(({ name, range }) => {
    const count = Math.min(Number(size(range)), MOST_OF_A_POOL);
    return Array.from({ length: count }, (_, step) => offset(firstIp(range), step))
      .filter((ip) => !taken.has(ip))
      .map((ip): Subject => ({ ip, owner: `pool ${name}`, path: `loadBalancer.pools.${name}`, kind: "free" }));
  });
  return {
    subjects: [...own, ...free].sort((a, b) => (toNumber(a.ip) < toNumber(b.ip) ? -1 : 1)),
    left: plan.pools
      .filter(({ range }) => size(range) > MOST_OF_A_POOL)
      .map(({ name, range }) => `${size(range) - BigInt(MOST_OF_A_POOL)} addresses of pool ${name}`),
  };
}

const servicesOf = (plan: Plan): ProgramQuestion =>
  askCluster(
    plan,
    "get",
    "services",
    "--all-namespaces",
    "--output",
    'jsonpath={range .items[*]}{.metadata.namespace}/{.metadata.name}{"\\t"}{.status.loadBalancer.ingress[*].ip}{"\\n"}{end}',
  );

/** Address → `network/envoy-internal`; undefined when the cluster did not say. */
function servedAddresses(plan: Plan, answers: Answers): ReadonlyMap<string, string> | undefined {
  const answer = answers.to(servicesOf(plan));
  if (isUntold(answer) || answer.exitCode !== 0) return undefined;
  return new Map(
    answer.stdout.split("\n").flatMap((line) => {
      const [service = "", ips = ""] = line.split("\t");
      return ips
        .split(" ")
        .filter((ip) => ip !== "")
        .map((ip) => [ip, service] as const);
    }),
  );
}

export const aboutSubject = ({ ip, kind }: Subject, { cluster: { api } }: Plan) =>
  questionAbout(ip, kind === "api" ? [api.port] : []);

export function addressProbe(plan: Plan): Probe {
  const { subjects, left } = subjectsOf(plan);
  return {
    area: "addresses",
    questions: [...stateQuestions(plan), servicesOf(plan), ...subjects.map((subject) => aboutSubject(subject, plan))],
    judge: (answers) => {
      const state = stateOf(plan, answers);
      const served = servedAddresses(plan, answers);
      return [
        ...inOneLine(
          subjects.flatMap((subject) => {
            const presence = presenceAt(aboutSubject(subject, plan), plan, answers);
            return judgeAddress(subject, presence, { state, served }).map((verdict) => ({ subject, verdict }));
          }),
        ),
        ...left.map((what) => unknown(what, "a pool is asked up to its first 64 addresses")),
      ];
    },
  };
}

/** Addresses that the same is said of. */
function inOneLine(all: readonly { readonly subject: Subject; readonly verdict: Verdict }[]): readonly Verdict[] {
  const groups = new Map<string, { readonly verdict: Verdict; readonly ips: Ip[] }>();
  for (const { subject, verdict } of all) {
    const words = JSON.stringify(verdict);
    // A finding is about one address: each has a device of its own to be looked for.
    const key = verdict.is === "wrong" ? words : words.replace(subject.ip, "");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { verdict, ips: [subject.ip] });
    else group.ips.push(subject.ip);
  }
  return [...groups.values()].map(({ verdict, ips: [first = "", ...others] }) =>
    verdict.is === "wrong" || others.length === 0
      ? verdict
      : { ...verdict, says: verdict.says.replace(first, addressList([first as Ip, ...others])) },
  );
}

export interface Around {
  readonly state: ClusterState;
  readonly served: ReadonlyMap<string, string> | undefined;
}

function judgeAddress(subject: Subject, presence: Presence, around: Around): readonly Verdict[] {
  const { ip, owner, kind } = subject;
  const { state } = around;
  const what = `${ip} (${owner})`;
  if (state.is === "up" && kind !== "api") return [judgeServed(subject, presence, around.served)];
  // That it answers has been told with the cluster. A machine has its address before there is any Service.
  if (state.is === "up" || kind === "node") return [];
  if (presence.is === "unknown") return [unknown(`whether somebody has ${what}`, presence.because)];
  if (state.is === "absent") return [presence.is === "nobody" ? fine(`${what} is free`) : taken(subject, presence.by)];
  return presence.is === "nobody" ? [fine(`${what} is free`)] : [undecided(what, state)];
}

const undecided = (what: string, state: ClusterState): Verdict =>
  unknown(
    `who answers at ${what}`,
    state.is === "silent"
      ? "the API of the cluster does not answer, and its Services may go on without it"
      : state.is === "untold"
        ? state.because
        : "an API answers that kubectl has no access to: it may be this network's own cluster",
  );

function judgeServed(subject: Subject, presence: Presence, served: ReadonlyMap<string, string> | undefined): Verdict {
  const { ip, owner, kind, path } = subject;
  const what = `${ip} (${owner})`;
  if (served === undefined) return unknown(`who should have ${what}`, "kubectl cannot list the Services");
  const service = served.get(ip);
  if (service === undefined) {
    const isNode = kind === "node";
    if (presence.is === "somebody" && !isNode) return taken(subject, presence.by);
    if (kind === "service" || isNode || presence.is === "somebody")
      return wrong(silentAddress, {
        message: `no Service of the cluster has ${what}`,
        paths: [path],
        fix: "kubectl get services --all-namespaces; docs/troubleshooting.md, an address of a pool does not answer",
      });
    return presence.is === "nobody"
      ? fine(`${what} is free`)
      : unknown(`whether somebody has ${what}`, presence.because);
  }
  if (presence.is === "somebody") return fine(`${ip} answers for ${service}`);
  if (presence.is === "unknown")
    return presence.open.length > 0
      ? fine(`${ip} answers for ${service}`)
      : unknown(`whether ${ip} answers for ${service}`, presence.because);
  return wrong(silentAddress, {
    message: `${ip} does not answer, and the cluster gave it to ${service}`,
    paths: [path],
    fix: "docs/troubleshooting.md, an address of a pool does not answer",
  });
}

const taken = ({ ip, owner, path, kind }: Subject, by: string): Verdict =>
  wrong(takenAddress, {
    message: `somebody has ${ip} already (${by}), and ${kind === "free" ? `it lies in ${owner}` : `the network has it for ${owner}`}`,
    paths: [path],
    fix: `find the device (its hardware address is in the table of your router) and move it, or change ${path}`,
  });
