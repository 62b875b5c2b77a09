/** Output that nobody takes: not a reason to stop half-way, and never an error of ours. */

interface Streams {
  readonly stdout: NodeJS.EventEmitter;
  readonly stderr: NodeJS.EventEmitter & { write(text: string): boolean };
}

/** `fail` is called when data could not be written for another reason than that its reader has had enough. */
export function heedStreams({ stdout, stderr }: Streams, fail: () => void): void {
  // `gen list rules | head -1` closes the pipe; what was asked for is done all the same.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    const why = error.code === "ENOSPC" ? "the disk is full" : error.message;
    stderr.write(`error: cannot write to standard output: ${why}\n`);
    fail();
  });
  // Where talk goes is nobody's to judge; a run that stopped for it would leave its work undone.
  stderr.on("error", () => undefined);
}
