/** Does anybody answer at an address? By TCP, and by what this machine then knows of its neighbours. */
import { connect } from "node:net";
import { keyOf, type AddressAnswer, type AddressQuestion, type Question, type Untold } from "../../probes/question.ts";
import type { inTurns } from "./inTurns.ts";
import type { Neighbours } from "./neighbours.ts";

export type AddressAsker = (question: AddressQuestion) => Promise<AddressAnswer | Untold>;

type Reply = "open" | "refused" | "silent" | "no way" | "forbidden";

// A neighbour answers within milliseconds; a machine that was idle, and wireless ones, take longer.
const PATIENCE = 1500;

/** The table of neighbours is read once, when all addresses have been spoken to: only then it has them. */
export function addressAsker(
  questions: readonly Question[],
  turn: ReturnType<typeof inTurns>,
  table: () => Promise<Neighbours | undefined>,
): AddressAsker {
  const spoken = new Map<string, Promise<ReadonlyMap<number, Reply>>>();
  const speak = (question: AddressQuestion): Promise<ReadonlyMap<number, Reply>> => {
    const replies = spoken.get(keyOf(question)) ?? turn(() => repliesOf(question));
    spoken.set(keyOf(question), replies);
    return replies;
  };
  let neighbours: Promise<Neighbours | undefined> | undefined;
  const everybody = async (): Promise<Neighbours | undefined> => {
    await Promise.all(questions.flatMap((question) => (question.kind === "address" ? [speak(question)] : [])));
    return table();
  };
  return async (question) => {
    const replies = await speak(question);
    neighbours ??= everybody();
    return answerOf(question, replies, await neighbours);
  };
}

async function repliesOf({ address, ports }: AddressQuestion): Promise<ReadonlyMap<number, Reply>> {
  return new Map(await Promise.all(ports.map(async (port) => [port, await replyAt(address, port)] as const)));
}

function replyAt(host: string, port: number): Promise<Reply> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: PATIENCE });
    const end = (reply: Reply): void => {
      socket.destroy();
      resolve(reply);
    };
    socket.once("connect", () => end("open"));
    socket.once("timeout", () => end("silent"));
    socket.once("error", ({ code }: NodeJS.ErrnoException) => end(REPLIES[code ?? ""] ?? "silent"));
  });
}

/** Of a connection that fails (errno(3)). */
const REPLIES: Readonly<Record<string, Reply>> = {
  ECONNREFUSED: "refused",
  ECONNRESET: "refused",
  ENETUNREACH: "no way",
  EADDRNOTAVAIL: "no way",
  EACCES: "forbidden",
  EPERM: "forbidden",
};

function answerOf(
  { address }: AddressQuestion,
  replies: ReadonlyMap<number, Reply>,
  neighbours: Neighbours | undefined,
): AddressAnswer | Untold {
  const portsThat = (wanted: Reply): readonly number[] =>
    [...replies].flatMap(([port, reply]) => (reply === wanted ? [port] : []));
  const all = (wanted: Reply): boolean => portsThat(wanted).length === replies.size;
  if (all("no way")) return { untold: `this machine knows no way to ${address}`, how: "impossible" };
  if (all("forbidden")) return { untold: `this machine lets gen open no connection to ${address}`, how: "impossible" };
  const mac = neighbours?.get(address);
  return {
    open: portsThat("open"),
    refused: portsThat("refused"),
    neighbour: neighbours === undefined ? "unknown" : mac === undefined ? "nobody" : { mac },
  };
}
