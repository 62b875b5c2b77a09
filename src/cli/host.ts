/**
 * What a run has of the process it is in: where it stands, what it was told, whom it talks to. The programs hand in
 * `process`; nothing in this room reaches for it otherwise.
 */
export interface Host {
  readonly env: NodeJS.ProcessEnv;
  /** Throws when the folder is gone. */
  cwd(): string;
  readonly stdin: AsyncIterable<Uint8Array> & { readonly isTTY?: boolean };
  readonly stdout: Stream;
  readonly stderr: Stream & { readonly columns?: number };
  /** Set while the process goes on, when output turns out to be lost. */
  exitCode?: NodeJS.Process["exitCode"];
}

type Stream = NodeJS.EventEmitter & { readonly isTTY?: boolean; write(text: string): boolean };
