/**
 * Is there a cluster, and is it this network's? Only kubectl can tell, because its credentials are those of one
 * cluster; a port that answers proves nothing.
 */
import type { Audit } from "../audit/audit.ts";
import { apiUrl } from "../model/apiUrl.ts";
import type { Plan } from "../model/plan.ts";
import { numbersOf } from "../model/version.ts";
import { isOpen, presenceAt, questionAbout } from "./presence.ts";
import { fine, unknown, wrong, type Probe, type Verdict } from "./probe.ts";
import { isUntold, type Answers, type ProgramQuestion, type Question } from "./question.ts";

export const otherCluster: Audit = {
  id: "DOCTOR-CLUSTER-OTHER",
  severity: "warning",
  title: "kubectl leads to another cluster than this network's.",
  because: "What you do with kubectl happens there. The scripts of this repository refuse to run.",
  source: "bootstrap/ of the repository: each script compares the same two addresses",
};

export const silentCluster: Audit = {
  id: "DOCTOR-CLUSTER-SILENT",
  severity: "error",
  title: "kubectl has access to this network, and its API does not answer.",
  because: "Nothing can be looked at or changed, and nodes that restart cannot join, until it answers.",
  source: "kubectl version",
};

export const kubectlSkew: Audit = {
  id: "DOCTOR-CLUSTER-SKEW",
  severity: "warning",
  title: "kubectl and the API server are more than one minor version apart.",
  because: "kubectl is supported within one minor version of the API server; beyond that calls fail or lose fields.",
  source: "Kubernetes documentation, Version Skew Policy, kubectl",
};

export const otherKubernetes: Audit = {
  id: "DOCTOR-CLUSTER-VERSION",
  severity: "warning",
  title: "The cluster runs another Kubernetes than the repository is made for.",
  because: "Components are pinned for the versions of Kubernetes around theirs, and may not start on others.",
  source: "Kubernetes documentation, Version Skew Policy; .mise/config.toml of the repository",
};

/** `up`: it answered. `silent`: there is access and no answer. `unproven`: somebody answers. `absent`: nobody does. */
export type ClusterState =
  | { readonly is: "up" | "silent" | "unproven" | "absent" }
  | { readonly is: "untold"; readonly because: string };

const kubectl = (...args: readonly string[]): ProgramQuestion => ({ kind: "program", command: "kubectl", args });

const SERVER = kubectl("config", "view", "--minify", "--output", "jsonpath={.clusters[0].cluster.server}");

/** Asked of the cluster only where kubectl leads to this network: credentials of another one stay where they are. */
export const askCluster = (plan: Plan, ...args: readonly string[]): ProgramQuestion => ({
  ...kubectl(...args, "--request-timeout=5s"),
  given: { question: SERVER, prints: apiUrl(plan) },
});

const versionOf = (plan: Plan): ProgramQuestion => askCluster(plan, "version", "--output", "json");

const apiOf = ({ cluster: { api } }: Plan) => questionAbout(api.address, [api.port]);

/** What has to be asked for `stateOf`. */
export const stateQuestions = (plan: Plan): readonly Question[] => [
  SERVER,
  versionOf(plan),
  apiOf(plan),
  { kind: "machine" },
];

export function stateOf(plan: Plan, answers: Answers): ClusterState {
  const version = answers.to(versionOf(plan));
  if (!isUntold(version)) return { is: serverVersion(version.stdout) === undefined ? "silent" : "up" };
  if (version.how === "silent") return { is: "silent" };
  const { address, port } = plan.cluster.api;
  if (isOpen(answers.to(apiOf(plan)), port)) return { is: "unproven" };
  const presence = presenceAt(apiOf(plan), plan, answers);
  return presence.is === "unknown"
    ? { is: "untold", because: `whether an API answers at ${address} cannot be told: ${presence.because}` }
    : { is: "absent" };
}

/** `kubernetes` is the version of kubectl the repository has, which is that of its cluster. */
export const clusterProbe = (plan: Plan, kubernetes: string): Probe => ({
  area: "cluster",
  questions: stateQuestions(plan),
  judge: (answers) => [...judgeAccess(plan, answers), ...judgeVersions(plan, kubernetes, answers)],
});

function judgeAccess(plan: Plan, answers: Answers): readonly Verdict[] {
  const server = answers.to(SERVER);
  if (isUntold(server)) return [unknown("what kubectl leads to", server.untold), ...withoutAccess(plan, answers)];
  const [found, expected] = [server.stdout.trim(), apiUrl(plan)];
  if (found === "") return withoutAccess(plan, answers);
  if (found === expected) return [fine(`kubectl leads to ${expected}`)];
  return [
    wrong(otherCluster, {
      message: `kubectl leads to ${withoutUser(found)}, and the API of this network is ${expected}`,
      fix: "mise sets KUBECONFIG in this repository; without it: export KUBECONFIG=$PWD/kubeconfig",
    }),
    ...withoutAccess(plan, answers),
  ];
}

function withoutAccess(plan: Plan, answers: Answers): readonly Verdict[] {
  const url = apiUrl(plan);
  const state = stateOf(plan, answers);
  if (state.is === "absent")
    return [fine(`no cluster yet: kubectl has no access to ${url}, and nothing answers there`)];
  if (state.is === "untold") return [unknown(`whether there is a cluster at ${url}`, state.because)];
  return [
    unknown(
      `whose API it is that answers at ${url}`,
      "kubectl has no access to it; docs/bootstrap.md says how it gets some",
    ),
  ];
}

function judgeVersions(plan: Plan, kubernetes: string, answers: Answers): readonly Verdict[] {
  const answer = answers.to(versionOf(plan));
  if (isUntold(answer) && answer.how !== "silent") return [];
  const server = isUntold(answer) ? undefined : serverVersion(answer.stdout);
  if (server === undefined) {
    const why = isUntold(answer) ? answer.untold : lastLine(answer.stderr);
    return [
      wrong(silentCluster, {
        message: `the API of this network, ${apiUrl(plan)}, does not answer kubectl${why === "" ? "" : `: ${why}`}`,
        paths: ["cluster.api"],
        fix: "docs/troubleshooting.md, `kubectl` cannot connect",
      }),
    ];
  }
  const client = isUntold(answer) ? undefined : clientVersion(answer.stdout);
  return [
    fine(`the API answers: Kubernetes ${server}`),
    ...(client !== undefined && minorsApart(client, server) > 1
      ? [
          wrong(kubectlSkew, {
            message: `kubectl is ${client} and the API server ${server}`,
            fix: `install a kubectl of the minor version of ${server}`,
          }),
        ]
      : []),
    ...(minorsApart(kubernetes, server) > 1
      ? [
          wrong(otherKubernetes, {
            message: `the cluster runs Kubernetes ${server}, and this repository is made for ${kubernetes}`,
            fix: "docs/operations.md, the versions on the machines; one minor version at a time",
          }),
        ]
      : []),
  ];
}

function minorsApart(a: string, b: string): number {
  const [major = 0, minor = 0] = numbersOf(a);
  const [otherMajor = 0, otherMinor = 0] = numbersOf(b);
  return major === otherMajor ? Math.abs(minor - otherMinor) : Number.POSITIVE_INFINITY;
}

const serverVersion = (json: string): string | undefined => gitVersion(json, "serverVersion");
const clientVersion = (json: string): string | undefined => gitVersion(json, "clientVersion");

/** kubectl prints its own version, and that of the server where it answers. */
function gitVersion(json: string, of: string): string | undefined {
  try {
    const version = (JSON.parse(json) as Readonly<Record<string, { readonly gitVersion?: unknown } | undefined>>)[of];
    return typeof version?.gitVersion === "string" ? version.gitVersion : undefined;
  } catch {
    return undefined;
  }
}

/** A URL may carry a password. */
const withoutUser = (url: string): string => url.replace(/\/\/[^/@]*@/, "//");

const lastLine = (text: string): string => text.trim().split("\n").at(-1)?.slice(0, 200) ?? "";
