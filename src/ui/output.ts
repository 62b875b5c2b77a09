/** Data on stdout, talk on stderr. `--json` prints one object and never talks on stdout. */
import { widthOf } from "./wrap.ts";
import type { Theme } from "./theme.ts";
import { themeFor } from "./theme.ts";

export interface Output {
  /** For talk. */
  readonly theme: Theme;
  readonly dataTheme: Theme;
  /** Columns of the terminal that is talked to, a hundred at most. */
  readonly width: number;
  /** What another program may read. */
  data(text: string): void;
  /** What a person reads. */
  talk(text: string): void;
}

interface Streams {
  readonly stdout: Stream;
  readonly stderr: Stream & { readonly columns?: number };
}

interface Stream {
  readonly isTTY?: boolean;
  write(text: string): boolean;
}

export function outputTo({ stdout, stderr }: Streams, env: NodeJS.ProcessEnv): Output {
  const line = (text: string): string => (text.endsWith("\n") ? text : `${text}\n`);
  return {
    theme: themeFor(stderr, env),
    dataTheme: themeFor(stdout, env),
    width: widthOf(stderr),
    data: (text) => void stdout.write(line(text)),
    talk: (text) => void stderr.write(line(text)),
  };
}
