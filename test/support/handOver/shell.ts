/** Commands of a guide, run by a real bash whose kubectl, helm and git are those of the model. */
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { dirname, join } from "node:path";
import type { Tree } from "../../../src/model/tree.ts";
import { run } from "../run.ts";
import { temporaryFolder } from "../workspace.ts";
import type { Cluster } from "./model.ts";
import { answer, Missing, type Answer, type Call, type Desk } from "./kubectl.ts";

/** Bash reads and writes sockets itself. Each word goes with its length before it, the input of the program last. */
const STUB = `#!/usr/bin/env bash
export LC_ALL=C
exec 3<>"/dev/tcp/127.0.0.1/$MODEL"
case "$*" in *"--filename -"*) IFS= read -r -d '' input ;; *) input="" ;; esac
words=("\${0##*/}" "$@" "$input")
printf '%d\\n' "\${#words[@]}" >&3
for word in "\${words[@]}"; do printf '%d\\n%s' "\${#word}" "$word" >&3; done
IFS= read -r code <&3
IFS= read -r -d '' text <&3
printf %s "$text"
exit "$code"
`;

export interface Shell {
  block(commands: string): Promise<void>;
  /** Calls that failed, with the reason. */
  readonly failed: readonly string[];
  close(): void;
}

export async function openShell(
  tree: Tree,
  cluster: Cluster,
  desk: Desk,
  { root, environment }: { readonly root: string; readonly environment: Readonly<Record<string, string>> },
): Promise<Shell> {
  const folder = temporaryFolder("hand-over");
  for (const [path, { content, executable }] of tree) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content, { mode: executable ? 0o755 : 0o644 });
  }
  const bin = temporaryFolder("bin");
  for (const name of ["kubectl", "helm", "git"]) {
    writeFileSync(join(bin, name), STUB);
    chmodSync(join(bin, name), 0o755);
  }
  const failed: string[] = [];
  const server = createServer((socket) => void converse(socket, (call) => told(call, cluster, desk, failed)));
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const env = { PATH: `${bin}:${process.env["PATH"]}`, TMPDIR: bin, MODEL: String(port), ...environment };
  return {
    failed,
    block: async (commands) => {
      const { code, stderr } = await run("bash", ["-c", commands], { cwd: join(folder, root), env, timeout: 120_000 });
      // What a check is to print nothing for, grep ends with 1.
      if (code !== 0 && !/\| grep [^|]*$/.test(commands)) failed.push(`${commands}ends with ${code}: ${stderr}`);
    },
    close: () => server.close(),
  };
}

/** Verbs that change nothing. */
const LOOKING = new Set(["get", "config", "api-resources", "status"]);

function told(call: Call, cluster: Cluster, desk: Desk, failed: string[]): Answer {
  const name = `${call.program} ${call.args.join(" ")}`;
  try {
    const given = answer(call, cluster, desk);
    if (!LOOKING.has(call.args[0] ?? "")) cluster.settle();
    if (given.code !== 0 && !name.includes("helm status")) failed.push(`${name}: ${given.text}`);
    return given;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // Whether something is there is asked as well.
    if (!(error instanceof Missing) || call.args[0] !== "get") failed.push(`${name}: ${reason}`);
    return { code: 1, text: reason };
  }
}

function converse(socket: Socket, tell: (call: Call) => Answer): void {
  let request = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    request = Buffer.concat([request, chunk]);
    const words = wordsIn(request);
    if (words === undefined) return;
    const [program = "", ...args] = words;
    const input = args.pop() ?? "";
    const { code, text } = tell({ program, args, input });
    socket.end(`${code}\n${text}`);
  });
  socket.on("error", () => socket.destroy());
}

/** Undefined until all of them have arrived. */
function wordsIn(request: Buffer): readonly string[] | undefined {
  let at = 0;
  const number = (): number | undefined => {
    const end = request.indexOf("\n", at);
    if (end < 0) return undefined;
    const found = Number(request.subarray(at, end).toString());
    at = end + 1;
    return found;
  };
  const count = number();
  if (count === undefined) return undefined;
  const words: string[] = [];
  while (words.length < count) {
    const length = number();
    if (length === undefined || at + length > request.length) return undefined;
    words.push(request.subarray(at, at + length).toString());
    at += length;
  }
  return words;
}
