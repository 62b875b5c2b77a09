/** Programs that run beside the tests until they are stopped, and what they said. */
import { spawn, type ChildProcess } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";

export interface Daemon {
  readonly name: string;
  readonly child: ChildProcess;
  /** The end of what it said. */
  log(): string;
  stop(): Promise<void>;
}

export interface DaemonOptions {
  /** Where it runs and leaves its log. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Named after its executable in messages. */
export function startDaemon(
  executable: string,
  args: readonly string[],
  { folder, env = process.env }: DaemonOptions,
): Daemon {
  const name = executable.slice(executable.lastIndexOf("/") + 1);
  const output = join(folder, `${name}.log`);
  const descriptor = openSync(output, "w");
  const child = spawn(executable, args, { cwd: folder, env: { ...env }, stdio: ["ignore", descriptor, descriptor] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    name,
    child,
    log: () => readFileSync(output, "utf8").split("\n").slice(-30).join("\n"),
    stop: () => {
      // What they keep is thrown away; a graceful end would take a minute.
      child.kill("SIGKILL");
      return ended;
    },
  };
}

/** Held together, so that they differ; free again when they are returned. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(
    servers.map((server) => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()))),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
