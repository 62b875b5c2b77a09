/** What shellcheck has to say about a script. `.ci/run` installs it; HOMELAB_NET_TOOLS tells that it is there. */
import { run } from "./run.ts";

interface Comment {
  readonly line: number;
  readonly code: number;
  readonly level: string;
  readonly message: string;
}

/** One line for each complaint, `line 3: SC2086 …`; the dialect is that of the script's first line. */
export async function shellcheck(script: string): Promise<string[]> {
  const { code, stdout, stderr } = await run("shellcheck", ["--format=json", "-"], { input: script });
  if (code !== 0 && code !== 1) throw new Error(`shellcheck ended with ${code}: ${stderr}`);
  return (JSON.parse(stdout) as readonly Comment[]).map(
    ({ line, code: id, message }) => `line ${line}: SC${id} ${message}`,
  );
}
