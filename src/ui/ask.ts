/**
 * Questions on a terminal: the only importer of @inquirer/prompts, and only once there is something to ask.
 * Ctrl-C and the end of input leave as CancelledError, never as a value that could be taken for an answer.
 */
import { CancelledError } from "../model/errors.ts";
import type * as prompts from "./prompts.ts";
import { themeFor } from "./theme.ts";
import { widthOf, wrap } from "./wrap.ts";

export interface TextQuestion {
  /** A question, and in brackets after two spaces what helps to answer it. */
  readonly message: string;
  readonly default?: string | undefined;
  /** A message when the text will not do. */
  check(text: string): string | undefined | Promise<string | undefined>;
}

export interface Choice {
  readonly value: string;
  readonly name: string;
  readonly description?: string;
  /** Why it cannot be taken; shown beside it. */
  readonly disabled?: string | undefined;
}

export interface Asker {
  text(question: TextQuestion): Promise<string>;
  /** What is typed is not shown. `""` for no answer. */
  secret(message: string): Promise<string>;
  choose(message: string, choices: readonly Choice[], preset?: string): Promise<string>;
  several(message: string, choices: readonly Choice[], preset: readonly string[]): Promise<readonly string[]>;
  confirm(message: string, preset: boolean): Promise<boolean>;
}

/** Prompts go to stderr, so that stdout carries data alone. */
export const terminal: Asker = {
  text: ({ message, default: preset, check }) =>
    asked(async ({ input }) =>
      input(
        {
          message: withRoom(message, Math.max(ANSWER, preset?.length ?? 0)),
          theme: FORGETS_HINTS,
          ...(preset !== undefined && { default: preset }),
          validate: async (text) => {
            const wrong = await check(text.trim());
            return wrong === undefined ? true : wrap(wrong, "", width());
          },
        },
        { output: process.stderr },
      ),
    ).then((text) => text.trim()),
  secret: (message) => asked(async ({ password }) => password({ message, mask: false }, { output: process.stderr })),
  choose: (message, choices, preset) =>
    asked(async ({ select }) =>
      select(
        {
          message: withRoom(message, 0),
          theme: FORGETS_HINTS,
          choices: choices.map(shown),
          ...(preset !== undefined && { default: preset }),
          loop: false,
        },
        { output: process.stderr },
      ),
    ),
  several: (message, choices, preset) =>
    asked(async ({ checkbox }) =>
      checkbox(
        {
          message: withRoom(message, 0),
          theme: FORGETS_HINTS,
          choices: choices.map((choice) => ({ ...shown(choice), checked: preset.includes(choice.value) })),
          loop: false,
        },
        { output: process.stderr },
      ),
    ),
  confirm: (message, preset) =>
    asked(async ({ confirm }) => confirm({ message, default: preset }, { output: process.stderr })),
};

/** Room for the mark before a question. */
const MARK = 2;
/** Room to type in. */
const ANSWER = 20;

const width = (): number => widthOf(process.stderr) - MARK;

/** What is offered begins on a line of its own where the question leaves no room for it. */
function withRoom(message: string, room: number): string {
  const [question = "", ...hints] = message.split("  ");
  const line = [question, ...hints].join("  ");
  if (line.length + room <= width()) return line;
  const below = room === 0 ? "" : "\n ";
  return hints.length === 0 ? line : `${question}\n${wrap(hints.join(" "), "  ", width())}${below}`;
}

/** What helps to answer is in the way once it is answered. */
const FORGETS_HINTS = {
  style: {
    message: (text: string, status: string): string => {
      const theme = themeFor(process.stderr, process.env);
      const [question = "", ...hints] = text.split(/(?=\s{2})/);
      return `${theme("strong", question)}${status === "done" ? "" : hints.join("")}`;
    },
  },
};

const shown = ({ value, name, description, disabled }: Choice) => ({
  value,
  name,
  short: name,
  ...(description !== undefined && { description: wrap(description, "  ", width()) }),
  ...(disabled !== undefined && { disabled: `\n${wrap(`✗ ${disabled}`, "    ", width())}` }),
});
type Prompts = typeof prompts;

async function asked<Answer>(ask: (prompts: Prompts) => Promise<Answer>): Promise<Answer> {
  const loaded = await import("./prompts.ts");
  try {
    return await orEndOfInput(ask(loaded));
  } catch (error) {
    // The library's own classes are minified in the bundle; their names are set as properties and stay.
    if (error instanceof Error && (error.name === "ExitPromptError" || error.name === "AbortPromptError")) {
      throw new CancelledError();
    }
    throw error;
  }
}

/**
 * Ctrl-D closes the input, and a prompt then waits for what cannot come. Nothing else keeps the process alive at a
 * question, so running out of things to do is the end of input.
 */
function orEndOfInput<Answer>(answer: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(new CancelledError());
    process.once("beforeExit", ended);
    void answer.then(resolve, reject).finally(() => process.off("beforeExit", ended));
  });
}
