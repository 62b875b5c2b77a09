/** A session without a terminal: scripted answers, talk and data collected. */
import type { Session } from "../../generators/generator.ts";
import { assembleCatalog } from "../../src/cli/catalog.ts";
import type { Outside } from "../../src/probes/question.ts";
import { rules } from "../../src/rules/index.ts";
import type { Asker } from "../../src/ui/ask.ts";
import { plain } from "../../src/ui/theme.ts";

export interface Recorded extends Session {
  readonly talk: string[];
  readonly asked: string[];
}

type Given = Readonly<Record<string, string | true>>;

/**
 * Taken in order, where a question too many fails the test; or by how the question begins, where what is offered is the
 * answer to all others.
 */
type Answers = readonly (string | boolean)[] | Readonly<Record<string, string>>;

export function recordedSession(
  options: {
    readonly cwd: string;
    readonly argument?: string;
    readonly flags?: Given;
    readonly answers?: Answers;
  } & Partial<Pick<Session, "catalog" | "facts" | "environment" | "readInput">> & { readonly outside?: Outside },
): Recorded {
  const talk: string[] = [];
  const asked: string[] = [];
  return {
    cwd: options.cwd,
    argument: options.argument,
    flags: new Map(
      Object.entries(options.flags ?? {}).map(([name, value]) => [name, [value === true ? "true" : value]]),
    ),
    environment: options.environment ?? new Map(),
    interactive: options.answers !== undefined,
    asker: scripted(answering(options.answers ?? []), asked),
    output: {
      theme: plain,
      dataTheme: plain,
      width: 100,
      data: (text) => void talk.push(text),
      talk: (text) => void talk.push(text),
    },
    catalog: options.catalog ?? assembleCatalog(),
    rules,
    version: "0.0.0-test",
    readInput: options.readInput ?? (() => Promise.reject(new Error("no input in this test"))),
    outside: () => options.outside ?? { ask: () => Promise.reject(new Error("nobody is asked in this test")) },
    facts: options.facts ?? { lan: () => undefined, remote: () => Promise.resolve(undefined) },
    talk,
    asked,
  };
}

type Answering = (message: string) => string | boolean | undefined;

function answering(answers: Answers): Answering {
  if (!isList(answers)) {
    return (message) => Object.entries(answers).find(([question]) => message.startsWith(question))?.[1] ?? "";
  }
  const left = [...answers];
  return () => left.shift();
}

const isList = (answers: Answers): answers is readonly (string | boolean)[] => Array.isArray(answers);

/** `""` takes what is offered. */
function scripted(answerTo: Answering, asked: string[]): Asker {
  const next = (message: string): string | boolean => {
    asked.push(message);
    const answer = answerTo(message);
    if (answer === undefined) throw new Error(`no answer left for: ${message}`);
    return answer;
  };
  return {
    text: async ({ message, default: offered, check }) => {
      const answer = next(message);
      const text = answer === "" ? (offered ?? "") : String(answer);
      const wrong = await check(text);
      if (wrong !== undefined) throw new Error(`${message}: ${text} is refused: ${wrong}`);
      return text;
    },
    secret: (message) => Promise.resolve(String(next(message))),
    choose: (message, choices, offered) => {
      const answer = next(message);
      const value = answer === "" ? (offered ?? choices[0]?.value ?? "") : String(answer);
      const choice = choices.find((candidate) => candidate.value === value);
      if (choice === undefined) throw new Error(`${message}: ${value} is no choice`);
      if (choice.disabled !== undefined) throw new Error(`${message}: ${value} is disabled: ${choice.disabled}`);
      return Promise.resolve(value);
    },
    several: (message, choices, offered) => {
      const answer = next(message);
      const values =
        answer === ""
          ? offered
          : String(answer)
              .split(",")
              .filter((value) => value !== "none");
      for (const value of values) {
        const choice = choices.find((candidate) => candidate.value === value);
        if (choice === undefined) throw new Error(`${message}: ${value} is no choice`);
        if (choice.disabled !== undefined) throw new Error(`${message}: ${value} is disabled: ${choice.disabled}`);
      }
      return Promise.resolve(values);
    },
    confirm: (message) => Promise.resolve(next(message) !== false),
  };
}
