/** A world outside as a test wants it: what there is answers, all else is silent. */
import { parseIp } from "../../src/model/address.ts";
import {
  answersOf,
  keyOf,
  type AddressAnswer,
  type Answer,
  type DnsAnswer,
  type MachineAnswer,
  type Outside,
  type ProgramAnswer,
  type Question,
  type TimeAnswer,
  type Untold,
} from "../../src/probes/question.ts";

export interface World {
  /** By the first words of the command line, the longest that fits; a program without a word here is missing. */
  readonly programs: Readonly<Record<string, Partial<ProgramAnswer> | Untold>>;
  readonly addresses: Readonly<Record<string, Partial<AddressAnswer> | Untold>>;
  /** `SOA ragas.cc @172.16.1.60`; without the server, what all say who answer. */
  readonly names: Readonly<Record<string, DnsAnswer["status"] | readonly string[] | Untold>>;
  /** Name servers that are there. */
  readonly servers: readonly string[];
  readonly machine: MachineAnswer | Untold;
  readonly times: Readonly<Record<string, TimeAnswer | Untold>>;
}

export const silent = (untold: string): Untold => ({ untold, how: "silent" });
export const impossible = (untold: string): Untold => ({ untold, how: "impossible" });

export type Change = Partial<World>;

/** Parts of the one replace the same parts of the other, entry by entry. */
export const changed = (world: World, change: Change): World => ({
  programs: { ...world.programs, ...change.programs },
  addresses: { ...world.addresses, ...change.addresses },
  names: { ...world.names, ...change.names },
  servers: change.servers ?? world.servers,
  machine: change.machine ?? world.machine,
  times: { ...world.times, ...change.times },
});

export function outsideIn(world: World): Outside & { readonly asked: Question[] } {
  const asked: Question[] = [];
  return {
    asked,
    ask: (questions) => {
      asked.push(...questions);
      return Promise.resolve(
        answersOf(new Map(questions.map((question) => [keyOf(question), answer(question, world)]))),
      );
    },
  };
}

function answer(question: Question, world: World): Answer {
  switch (question.kind) {
    case "program":
      return programAnswer(question, world);
    case "address": {
      const said = world.addresses[question.address] ?? {};
      return "untold" in said ? said : { open: [], refused: [], neighbour: "nobody", ...said };
    }
    case "dns":
      return dnsAnswer(question, world);
    case "machine":
      return world.machine;
    case "time":
      return world.times[question.server] ?? silent(`${question.server} does not answer`);
  }
}

function programAnswer({ command, args, given }: Extract<Question, { kind: "program" }>, world: World): Answer {
  const before = given === undefined ? undefined : answer(given.question, world);
  if (given !== undefined && !(before !== undefined && "stdout" in before && before.stdout === given.prints))
    return { untold: "not asked", how: "unasked" };
  const line = [command, ...args].join(" ");
  const [, said] = Object.entries(world.programs)
    .filter(([words]) => line.startsWith(words))
    .sort(([a], [b]) => b.length - a.length)[0] ?? [undefined, undefined];
  if (said === undefined) return { untold: `${command} not found`, how: "missing" };
  return "untold" in said ? said : { exitCode: 0, stdout: "", stderr: "", ...said };
}

function dnsAnswer({ server, name, type }: Extract<Question, { kind: "dns" }>, world: World): Answer {
  if (!world.servers.includes(server)) return silent(`${server} does not answer questions about names`);
  const said = world.names[`${type} ${name} @${server}`] ?? world.names[`${type} ${name}`] ?? "no such name";
  if (typeof said === "string") return { status: said, values: [] };
  return "untold" in said ? said : { status: "found", values: said };
}

const NODES = ["talos-cp-1", "talos-cp-2", "talos-cp-3", "talos-worker-1"];

export const nodes = (...lines: readonly string[]): Change["programs"] & object => ({
  "kubectl get nodes": { stdout: lines.map((line) => `${line}\n`).join("") },
});

const GOOD_NODES = NODES.map((name, index) => `${name}\t172.16.1.5${index}\tTrue`);
const SERVED = { "172.16.1.60": "network/k8s-gateway", "172.16.1.61": "network/envoy-internal" };

export const services = (served: Readonly<Record<string, string>>): Change["programs"] & object => ({
  "kubectl get services": {
    stdout: ["default/kubernetes\t", ...Object.entries(served).map(([ip, name]) => `${name}\t${ip}`), ""].join("\n"),
  },
});

export const versions = (client: string, server: string | undefined): Change["programs"] & object => ({
  "kubectl version --output json": {
    exitCode: server === undefined ? 1 : 0,
    stdout: JSON.stringify({
      clientVersion: { gitVersion: client },
      ...(server !== undefined && { serverVersion: { gitVersion: server } }),
    }),
    stderr: server === undefined ? "E1 retry\nUnable to connect to the server: i/o timeout\n" : "",
  },
});

export const own = (
  address: string,
  more: Partial<MachineAnswer["addresses"][number]> = {},
): MachineAnswer["addresses"] => [
  { ip: parseIp(address) ?? never(address), prefix: 24, interfaceName: "eth0", leased: true, ...more },
];

function never(text: string): never {
  throw new Error(`a test is wrong: ${text}`);
}

const MAC = { neighbour: { mac: "bc:24:11:ac:10:01" } };

/** On the LAN, with the tools, before there is a cluster. */
export const before: World = {
  programs: {
    "talosctl version": { stdout: "Client v1.13.9\n" },
    "tofu version": { stdout: "OpenTofu v1.12.6\non linux_amd64\n" },
    "kubectl version --client": { stdout: "Client Version: v1.36.4\nKustomize Version: v5.7.1\n" },
    "kubectl config view": { exitCode: 1, stderr: "error: current-context must exist in order to minify\n" },
    "helm version": { stdout: "v4.2.4+g1234567\n" },
    "sops --version": { stdout: "sops 3.13.3\n" },
    "kubeconform -v": { stdout: "v0.8.0\n" },
    "cloudflared --version": { stdout: "cloudflared version 2026.8.2 (built 2026-08-20-1200 UTC)\n" },
  },
  addresses: {},
  names: {
    "NS ragas.cc": ["ada.ns.cloudflare.com", "bob.ns.cloudflare.com"],
    "CAA ragas.cc": "no such record",
    "SOA ragas.cc": ["ada.ns.cloudflare.com"],
  },
  servers: ["172.16.1.10", "172.16.1.11", "1.1.1.1"],
  machine: { addresses: own("172.16.1.123"), routers: ["172.16.1.1"], resolvers: ["172.16.1.11", "172.16.1.10"] },
  times: { "time.cloudflare.com": { ahead: 12 } },
};

/** The same with the cluster running. */
export const running: World = changed(before, {
  programs: {
    "kubectl config view": { stdout: "https://172.16.1.49:6443" },
    ...versions("v1.36.4", "v1.36.4"),
    ...services({ ...SERVED, "172.16.1.62": "network/envoy-external" }),
    ...nodes(...GOOD_NODES),
  },
  addresses: {
    "172.16.1.49": { open: [6443], ...MAC },
    "172.16.1.60": MAC,
    "172.16.1.61": { open: [80, 443], ...MAC },
    "172.16.1.62": { open: [80, 443], ...MAC },
    ...Object.fromEntries(NODES.map((_, index) => [`172.16.1.5${index}`, { open: [50_000], ...MAC }])),
  },
  names: {
    "SOA ragas.cc": ["ns1.dns1.kube-system.ragas.cc"],
    "A echo.ragas.cc": ["172.16.1.61"],
    "A external.ragas.cc @1.1.1.1": ["104.16.0.1"],
  },
  servers: [...before.servers, "172.16.1.60"],
});
