/** The short path, in the order people think. Everything else is `--set`, and `homelab.yaml` afterwards. */
import type { Catalog } from "../../src/model/component.ts";
import { nth, parseCidr } from "../../src/model/address.ts";
import { parseLabel } from "../../src/model/names.ts";
import { propose } from "../../src/plan/propose.ts";
import type { Flag } from "../generator.ts";
import { choiceQuestions, slotQuestions } from "./choices.ts";
import { specOf, valueAt } from "./draft.ts";
import { machineQuestions } from "./machines.ts";
import { platformQuestions } from "./platforms.ts";
import { keyQuestion, type Question } from "./question.ts";

const domain = keyQuestion(
  "domains",
  {
    flag: "domain",
    value: "DOMAIN",
    label: "Domain",
    summary: "your domain, such as ragas.cc; apps become app.DOMAIN",
    required: true,
  },
  (text) => `[${text}]`,
);

const repository = keyQuestion("repository.url", {
  flag: "repository",
  value: "URL",
  label: "Git repository",
  summary: "https URL of the repository Flux reads; it must be public",
  required: true,
  machine: async (facts, directory) => {
    const url = await facts.remote(directory);
    return url === undefined ? undefined : { text: url, because: "the remote origin of this folder" };
  },
});

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
    const cidr = parseCidr(String(valueAt(draft, "lan.cidr")));
    return cidr && { text: nth(cidr, 1), because: "most routers have the first address" };
  },
});

const dhcp = keyQuestion("lan.dhcp", {
  flag: "dhcp",
  value: "FIRST-LAST",
  label: "DHCP hands out (empty if unknown)",
  summary: "range the router hands out; never used for the cluster",
  optional: true,
});

const taken = keyQuestion(
  "lan.hosts",
  {
    flag: "taken",
    value: "NAME=IP,…",
    label: "Addresses already taken (NAME=IP, …)",
    summary: "machines with fixed addresses: nas=172.16.1.20,printer=172.16.1.30",
    optional: true,
  },
  (text) =>
    `{ ${text
      .split(/[\s,]+/)
      .filter((part) => part !== "")
      .map((part) => part.replace("=", ": "))
      .join(", ")} }`,
);

const resolver = keyQuestion(
  "lan.dns",
  {
    flag: "dns",
    value: "IP,…",
    label: "Resolver of the machines",
    summary: "resolvers the nodes use, by address or by a name of --taken",
    propose: ({ draft }) => {
      const address = valueAt(draft, "lan.gateway");
      return typeof address === "string" ? { text: address, because: "routers of homes resolve names" } : undefined;
    },
  },
  (text) => `[${text}]`,
);

const apiAddress = proposedQuestion("cluster.api.address", {
  flag: "api-address",
  value: "IP",
  label: "Address of the Kubernetes API",
  summary: "free address that moves between the control planes",
});

const pool = proposedQuestion("loadBalancer.pools.lan", {
  flag: "pool",
  value: "FIRST-LAST",
  label: "LoadBalancer pool",
  summary: "free addresses of the LAN for Services",
});

/** An address of the plan: proposed from what is free, skipped where the choices need none. */
function proposedQuestion(path: string, simple: Pick<Question, "flag" | "value" | "label" | "summary">): Question {
  const question = keyQuestion(path, {
    ...simple,
    propose: ({ draft }, { catalog }) => {
      const spec = specOf(draft, catalog);
      const found =
        spec && propose(spec).find((proposal) => proposal.path === path || path.startsWith(`${proposal.path}.`));
      if (found === undefined) return undefined;
      const text =
        typeof found.value === "string" ? found.value : String(found.value[path.slice(found.path.length + 1)]);
      return { text, because: found.because };
    },
  });
  return question;
}

/** The cluster is called as the folder is, when that is a name. */
const nameQuestion = (directory: string): Question =>
  keyQuestion("name", {
    flag: "name",
    value: "NAME",
    label: "Cluster name",
    summary: "name of the cluster",
    propose: () => ({ text: parseLabel(directory) ?? "homelab", because: "the name of the folder" }),
  });

export function questionsFor(catalog: Catalog, directory = "homelab"): readonly Question[] {
  return [
    nameQuestion(directory),
    domain,
    repository,
    ...choiceQuestions(catalog),
    lan,
    router,
    dhcp,
    taken,
    resolver,
    ...machineQuestions,
    ...platformQuestions(catalog),
    ...slotQuestions(catalog),
    apiAddress,
    pool,
  ];
}

export const questionFlags = (catalog: Catalog): readonly Flag[] =>
  questionsFor(catalog).map(({ flag, value, summary, optional }) => {
    const choices = namesFor(flag, catalog);
    const empty = optional && { mayBeEmpty: true as const };
    return { name: flag, value, summary, ...empty, ...(choices.length > 0 && { choices }) };
  });

/** What can be said at a question that chooses. */
const namesFor = (flag: string, { components, engines, platforms, slots }: Catalog): readonly string[] => [
  ...(flag === "gitops" ? engines : platforms.filter(({ role }) => role === flag)).map(({ id }) => id),
  ...components
    .filter(({ slot }) => slot === flag && slots.some(({ id }) => id === flag))
    .map((component) => component.provider ?? component.id),
];
