/**
 * A command in a pseudo-terminal and what is to be seen on its screen, escape sequences carried out. Waiting is
 * driven by what the command prints, with a deadline; nothing sleeps.
 */
import { spawn } from "@lydell/node-pty";
import xterm from "@xterm/headless";

const KEYS = {
  up: "\u001b[A",
  down: "\u001b[B",
  right: "\u001b[C",
  left: "\u001b[D",
  home: "\u001b[H",
  end: "\u001b[F",
  delete: "\u001b[3~",
  "page-up": "\u001b[5~",
  "page-down": "\u001b[6~",
  enter: "\r",
  tab: "\t",
  space: " ",
  escape: "\u001b",
  backspace: "\u007f",
  "ctrl-a": "\u0001",
  "ctrl-c": "\u0003",
  "ctrl-d": "\u0004",
  "ctrl-u": "\u0015",
} as const;

export type Key = keyof typeof KEYS;

const HIDE_CURSOR = "\u001b[?25l";
const SHOW_CURSOR = "\u001b[?25h";

export interface TerminalOptions {
  readonly cwd: string;
  /** The whole environment; TERM is added when absent. */
  readonly env: Readonly<Record<string, string>>;
  readonly cols?: number;
  readonly rows?: number;
  /** Milliseconds a `waitFor` takes at most, unless it says otherwise. */
  readonly patience?: number;
}

interface Exit {
  readonly code: number;
  /** Number of the signal that ended it. */
  readonly signal: number | undefined;
}

export interface Terminal {
  /** Everything still in the terminal, scrolled off or not, without trailing spaces and empty lines. */
  screen(): string;
  /** What was printed, escape sequences and all. */
  raw(): string;
  cursorVisible(): boolean;
  /**
   * Resolves with the screen as soon as it shows the text. Rejects, showing the screen, at the deadline and when
   * the command ends without having shown it.
   */
  waitFor(what: string | RegExp, patience?: number): Promise<string>;
  type(text: string): void;
  key(...keys: readonly Key[]): void;
  resize(cols: number, rows: number): void;
  kill(signal?: NodeJS.Signals): void;
  /** After the last output is on the screen. */
  readonly exit: Promise<Exit>;
}

export function startTerminal(command: string, args: readonly string[], options: TerminalOptions): Terminal {
  const { cwd, cols = 100, rows = 40, patience = 15_000 } = options;
  const env = { TERM: "xterm-256color", ...options.env };
  const model = new xterm.Terminal({ cols, rows, scrollback: 10_000, allowProposedApi: true });
  const pty = spawn(command, [...args], { name: env.TERM, cols, rows, cwd, env });
  const watchers = new Set<() => void>();
  const look = (): void => {
    for (const watcher of watchers) watcher();
  };
  let printed = "";
  let ended: Exit | undefined;

  pty.onData((data) => {
    printed += data;
    model.write(data, look);
  });
  // Answers of the terminal itself, such as where the cursor is.
  model.onData((answer) => pty.write(answer));
  const exit = new Promise<Exit>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      // An empty write is carried out after all output before it.
      model.write("", () => {
        ended = { code: exitCode, signal: signal === 0 ? undefined : signal };
        resolve(ended);
        look();
      });
    });
  });

  const screen = (): string => textOf(model);
  return {
    screen,
    raw: () => printed,
    cursorVisible: () => printed.lastIndexOf(HIDE_CURSOR) <= printed.lastIndexOf(SHOW_CURSOR),
    waitFor: (what, deadline = patience) =>
      new Promise((resolve, reject) => {
        const done = (settle: () => void): void => {
          clearTimeout(timer);
          watchers.delete(watcher);
          settle();
        };
        const fail = (reason: string): void =>
          done(() => reject(new Error(`${reason} and never showed ${String(what)}:\n${screen()}`)));
        const watcher = (): void => {
          const text = screen();
          if (typeof what === "string" ? text.includes(what) : what.test(text)) done(() => resolve(text));
          else if (ended !== undefined) fail(`the command ended with ${ended.code}`);
        };
        const timer = setTimeout(() => fail(`${deadline} ms went by`), deadline);
        watchers.add(watcher);
        watcher();
      }),
    type: (text) => pty.write(text),
    key: (...keys) => {
      for (const name of keys) pty.write(KEYS[name]);
    },
    resize: (width, height) => {
      model.resize(width, height);
      pty.resize(width, height);
    },
    kill: (signal = "SIGKILL") => {
      if (ended === undefined) pty.kill(signal);
    },
    exit,
  };
}

function textOf({ buffer: { active } }: InstanceType<typeof xterm.Terminal>): string {
  const lines: string[] = [];
  for (let index = 0; index < active.length; index++) {
    const line = active.getLine(index);
    const text = line?.translateToString(true) ?? "";
    if (line?.isWrapped === true) lines.push((lines.pop() ?? "") + text);
    else lines.push(text);
  }
  return lines.join("\n").trimEnd();
}
