/**
 * Asks the world outside: other programs, addresses, name and time servers, and this machine itself. Nothing is written
 * and nothing waits long; what gets no answer says why, and never throws.
 */
import {
  answersOf,
  isUntold,
  keyOf,
  type Answer,
  type Outside,
  type ProgramAnswer,
  type ProgramQuestion,
  type Question,
  type Untold,
} from "../../probes/question.ts";
import { addressAsker, type AddressAsker } from "./address.ts";
import { askDns } from "./dns.ts";
import { askMachine } from "./machine.ts";
import { neighbourTable } from "./neighbours.ts";
import { inTurns } from "./inTurns.ts";
import { askProgram, type Site } from "./program.ts";
import { askTime } from "./time.ts";

// A LAN has room for more; a router with a small table of connections does not.
const AT_ONCE = 16;

export const outsideOf = (site: Site): Outside => ({
  async ask(questions) {
    const asked = new Map<string, Promise<Answer>>();
    const turn = inTurns(AT_ONCE);
    const addresses = addressAsker(questions, turn, neighbourTable);
    const ask = (question: Question): Promise<Answer> => {
      const key = keyOf(question);
      const answer = asked.get(key) ?? answerTo(question);
      asked.set(key, answer);
      return answer;
    };
    const answerTo = async (question: Question): Promise<Answer> => {
      if (question.kind !== "program" || question.given === undefined) return put(question, { site, turn, addresses });
      const { question: before, prints } = question.given;
      const first = (await ask(before)) as ProgramAnswer | Untold;
      return !isUntold(first) && first.stdout.trim() === prints
        ? put(question, { site, turn, addresses })
        : { untold: `not asked: ${wordsOf(before)} does not say ${prints}`, how: "unasked" };
    };
    const entries = questions.map(async (question) => [keyOf(question), await ask(question)] as const);
    return answersOf(new Map(await Promise.all(entries)));
  },
});

const wordsOf = ({ command, args }: ProgramQuestion): string => [command, ...args].join(" ");

interface Means {
  readonly site: Site;
  readonly turn: ReturnType<typeof inTurns>;
  readonly addresses: AddressAsker;
}

function put(question: Question, { site, turn, addresses }: Means): Promise<Answer> {
  switch (question.kind) {
    case "address":
      return addresses(question);
    case "dns":
      return turn(() => askDns(question));
    case "program":
      return turn(() => askProgram(question, site));
    case "machine":
      return askMachine();
    case "time":
      return turn(() => askTime(question));
  }
}
