/** Data on stdout, talk on stderr. `--json` prints one object and never talks on stdout. */
import { widthOf } from "./wrap.ts";
import type { Theme } from "./theme.ts";
import { themeFor } from "./theme.ts";

export interface Output {
  readonly theme: Theme;
  /** Columns of the terminal that is talked to, a hundred at most. */
  readonly width: number;
  /** What another program may read. */
  data(text: string): void;
  /** What a person reads. */
  talk(text: string): void;
}

interface Streams {
  readonly stdout: Pick<NodeJS.WriteStream, "write" | "isTTY">;
  readonly stderr: Pick<NodeJS.WriteStream, "write" | "isTTY"> & Partial<Pick<NodeJS.WriteStream, "columns">>;
}

export function outputTo({ stdout, stderr }: Streams, env: NodeJS.ProcessEnv): Output {
  const line = (text: string): string => (text.endsWith("\n") ? text : `${text}\n`);
  return {
    theme: themeFor(stderr, env),
    width: widthOf(stderr),
    data: (text) => void stdout.write(line(text)),
    talk: (text) => void stderr.write(line(text)),
  };
}
