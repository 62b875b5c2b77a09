/** Questions to the world outside, as data, and what comes back. Whoever asks them stands in src/tools/outside. */
import type { Ip } from "../model/address.ts";

/** Whether anybody has an address. Any answer counts, a refusal too; so does an answer of the link (ARP). */
export interface AddressQuestion {
  readonly kind: "address";
  readonly address: string;
  /** Of TCP. */
  readonly ports: readonly number[];
}

export type DnsType = "A" | "NS" | "SOA" | "CAA";

export interface DnsQuestion {
  readonly kind: "dns";
  /** An address, and a port where it is not 53. */
  readonly server: string;
  readonly name: string;
  readonly type: DnsType;
}

export interface ProgramQuestion {
  readonly kind: "program";
  readonly command: string;
  readonly args: readonly string[];
  /** Only asked when another one printed exactly this. */
  readonly given?: { readonly question: ProgramQuestion; readonly prints: string };
}

/** What this machine knows of its own place: nobody else is asked. */
export interface MachineQuestion {
  readonly kind: "machine";
}

export interface TimeQuestion {
  readonly kind: "time";
  readonly server: string;
}

export type Question = AddressQuestion | DnsQuestion | ProgramQuestion | MachineQuestion | TimeQuestion;

export interface AddressAnswer {
  /** Ports that are open. */
  readonly open: readonly number[];
  /** Ports that are closed, and said so. */
  readonly refused: readonly number[];
  /** What the neighbours of this machine say: a hardware address, nobody, or no way to look. */
  readonly neighbour: { readonly mac: string } | "nobody" | "unknown";
}

export interface DnsAnswer {
  readonly status: "found" | "no such name" | "no such record" | "refused" | "failed";
  /** Addresses; names of servers; for SOA the first server of the zone; for CAA `issue letsencrypt.org`. */
  readonly values: readonly string[];
}

export interface ProgramAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface OwnAddress {
  readonly ip: Ip;
  readonly prefix: number;
  readonly interfaceName: string;
  /** Whether DHCP gave it; undefined where the system does not say. */
  readonly leased?: boolean;
}

export interface MachineAnswer {
  readonly addresses: readonly OwnAddress[];
  /** Where it sends what is not for its own networks; undefined where the system does not say. */
  readonly routers: readonly string[] | undefined;
  /** Whom it asks for names. */
  readonly resolvers: readonly string[];
}

export interface TimeAnswer {
  /** Milliseconds the clock of this machine is ahead of the server's. */
  readonly ahead: number;
}

/** No answer. `missing`: there is no such program; `silent`: nobody said anything in time; `unasked`: see `given`. */
export interface Untold {
  readonly untold: string;
  readonly how: "missing" | "silent" | "unasked" | "impossible";
}

interface AnswersByKind {
  readonly address: AddressAnswer;
  readonly dns: DnsAnswer;
  readonly program: ProgramAnswer;
  readonly machine: MachineAnswer;
  readonly time: TimeAnswer;
}

export type AnswerTo<Asked extends Question> = AnswersByKind[Asked["kind"]] | Untold;
export type Answer = AnswerTo<Question>;

export const isUntold = (answer: Answer): answer is Untold => "untold" in answer;

/** The same question twice is asked once. */
export const keyOf = (question: Question): string => JSON.stringify(question);

/** All answers of a run; a question nobody asked is our bug. */
export interface Answers {
  to<Asked extends Question>(question: Asked): AnswerTo<Asked>;
}

export function answersOf(answers: ReadonlyMap<string, Answer>): Answers {
  return {
    to<Asked extends Question>(question: Asked): AnswerTo<Asked> {
      const answer = answers.get(keyOf(question));
      if (answer === undefined) throw new Error(`nobody asked ${keyOf(question)}`);
      return answer as AnswerTo<Asked>;
    },
  };
}

/** Who asks: `askWith` of src/tools/outside, or a fake. */
export interface Outside {
  ask(questions: readonly Question[]): Promise<Answers>;
}
