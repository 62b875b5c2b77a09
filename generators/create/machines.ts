/** How many machines, with which addresses: three answers that become `cluster.nodes`. */
import {
  firstIp,
  nth,
  offset,
  parseCidr,
  parseIp,
  parseRange,
  size,
  type Ip,
  type IpRange,
} from "../../src/model/address.ts";
import { freeBlock } from "../../src/plan/free.ts";
import { isMap } from "../../src/model/unknown.ts";
import { textAt, valueAt, withValue, type Draft } from "./draft.ts";
import type { Question, State } from "./question.ts";

const MOST = 100;

const count = (state: State, flag: string): number => Number(state.answers.get(flag) ?? "0");

function countQuestion(flag: string, label: string, summary: string, least: number): Question {
  return {
    flag,
    value: "N",
    label,
    summary,
    ...(least > 0 && { required: true as const }),
    isAnswered: ({ draft }) => valueAt(draft, "cluster.nodes") !== undefined,
    ...(least === 0 && { propose: () => ({ text: "0", because: "control planes run apps as well" }) }),
    check: (text) => {
      const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
      if (!(number >= least && number <= MOST)) return `a number from ${least} to ${MOST}`;
      return least > 0 && number % 2 === 0
        ? `an odd number: etcd needs a majority, and of two members none may fail. ${number + 1} or ${number - 1}`
        : undefined;
    },
    apply: (text, state) => ({ ...state, answers: new Map([...state.answers, [flag, text]]) }),
  };
}

const controlPlanes = countQuestion(
  "control-planes",
  "Control planes",
  "machines that run the Kubernetes API: 1, 3 or 5",
  1,
);
const workers = countQuestion("workers", "Workers", "machines that only run apps", 0);

const nodeAddresses: Question = {
  flag: "node-addresses",
  value: "FIRST-LAST",
  label: "Their addresses",
  summary: "addresses of the machines, control planes first: a range or a list",
  path: "cluster.nodes",
  required: true,
  after: ["lan", "control-planes"],
  isAnswered: ({ draft }) => valueAt(draft, "cluster.nodes") !== undefined,
  propose: (state) => {
    const block = freeAddresses(state.draft, total(state));
    return block && { text: block.text, because: "the first free ones from the fiftieth on, outside DHCP" };
  },
  check: (text, state) => {
    const ips = addressesIn(text);
    if (ips === undefined) return `addresses such as 172.16.1.50-172.16.1.52, or a list with commas`;
    return ips.length === total(state) ? undefined : `${total(state)} addresses are needed and these are ${ips.length}`;
  },
  apply: (text, state) => ({
    ...state,
    draft: withValue(state.draft, "cluster.nodes", nodesOf(addressesIn(text) ?? [], state)),
  }),
};

const total = (state: State): number => count(state, "control-planes") + count(state, "workers");

/** `talos-cp-1`, `talos-worker-1`, as the field names them. */
function nodesOf(ips: readonly Ip[], state: State): Draft {
  const distribution = valueAt(state.draft, "cluster.distribution");
  const prefix = typeof distribution === "string" ? distribution : "talos";
  const planes = count(state, "control-planes");
  return Object.fromEntries(
    ips.map((ip, index) =>
      index < planes
        ? [`${prefix}-cp-${index + 1}`, { ip, role: "control-plane" }]
        : [`${prefix}-worker-${index - planes + 1}`, { ip, role: "worker" }],
    ),
  );
}

/** Read off the draft itself: it is no spec before it has machines. */
export function freeAddresses(draft: Draft, wanted: number): IpRange | undefined {
  const lan = parseCidr(textAt(draft, "lan.cidr"));
  const dhcp = parseRange(textAt(draft, "lan.dhcp"));
  const hosts = Object.values((valueAt(draft, "lan.hosts") ?? {}) as Draft).map((host) =>
    textAt({ address: isMap(host) ? host["ip"] : host }, "address"),
  );
  const ips = [...hosts, textAt(draft, "lan.gateway")].flatMap((text) => parseIp(text) ?? []);
  // The fiftieth address: low enough to be outside most routers' DHCP, high enough for what people number by hand.
  const from = lan && nth(lan, Math.min(50, Number(size(lan)) - 1));
  return lan && freeBlock(wanted, lan, { ips: new Set(ips), ranges: dhcp === undefined ? [] : [dhcp] }, from);
}

function addressesIn(text: string): readonly Ip[] | undefined {
  const parts = text.split(/[\s,]+/).filter((part) => part !== "");
  const ranges = parts.map((part) => parseRange(part));
  const found: Ip[] = [];
  for (const range of ranges) {
    if (range === undefined || size(range) > BigInt(MOST)) return undefined;
    for (let step = 0; step < Number(size(range)); step++) found.push(offset(firstIp(range), step));
  }
  return found.length === 0 ? undefined : found;
}

export const machineQuestions: readonly Question[] = [controlPlanes, workers, nodeAddresses];
