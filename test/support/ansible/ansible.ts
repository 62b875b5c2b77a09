/** Ansible at the pinned version, over repositories as they are emitted. */
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Emitted } from "../../fixtures/emitted.ts";
import { checkout } from "../paths.ts";
import { run } from "../run.ts";
import { temporaryFolder, writeFiles } from "../workspace.ts";
import { STAND_INS } from "./standIns.ts";

/** Folder with the programs. */
export async function ansiblePrograms(): Promise<string> {
  const script = (await import(pathToFileURL(join(checkout, "scripts/tools.mjs")).href)) as {
    ansiblePrograms(): string;
  };
  return script.ansiblePrograms();
}

/** What plays read of a repository. */
export const readByPlays = ({ tree, prefix }: Pick<Emitted, "tree" | "prefix">): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...tree]
      .map(([path, { content }]) => [path.slice(prefix.length), content] as const)
      .filter(([path]) => /^(ansible|hosts|ssh|k3s|kubeadm)\/|^bootstrap\/nvidia\.toml$/.test(path)),
  );

/** Where roles can be played: nowhere, said aloud, on a machine that lets no test have namespaces of its own. */
export async function playgrounds(): Promise<readonly string[]> {
  const { code } = await run("unshare", ["--mount", "--net", "--propagation", "private", "true"]).catch(() => ({
    code: 1,
  }));
  if (code === 0) return ["a machine of namespaces"];
  console.log("not run: roles on a machine of their own (no namespaces for mounts and networks here)");
  return [];
}

export interface Machine {
  /** `ok=36 changed=16 … failed=0` of a machine, as numbers. */
  recap(result: string, machine: string): Readonly<Record<string, number>>;
  said(result: string): string;
  /** A file of the machine; undefined where it has none. */
  file(path: string): string | undefined;
  readonly notes: readonly string[];
}

/** Does a course on a machine of its own; `programs` come before the stand-ins. */
export async function onMachine(
  repository: Readonly<Record<string, string>>,
  course: string,
  programs: Readonly<Record<string, string>> = {},
): Promise<Machine> {
  const folder = temporaryFolder("machine");
  writeFiles(join(folder, "repository"), repository);
  mkdirSync(join(folder, "results"));
  for (const [name, script] of Object.entries({ ...STAND_INS, ...programs })) {
    const path = join(folder, "bin", name);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, `#!/usr/bin/env bash\n${script}\n`);
    chmodSync(path, 0o755);
  }
  writeFileSync(join(folder, "course.sh"), course);
  cpSync(join(checkout, "test/support/ansible/machine.sh"), join(folder, "machine.sh"));
  const { code, stdout, stderr } = await run(
    "unshare",
    ["--mount", "--net", "--propagation", "private", join(folder, "machine.sh"), folder, join(folder, "course.sh")],
    { env: { ...process.env, ANSIBLE_BIN: await ansiblePrograms() }, timeout: 580_000 },
  );
  if (code !== 0) throw new Error(`the course ended with ${code}\n${stdout}${stderr}`);
  const read = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, "utf8") : undefined);
  const said = (result: string): string => read(join(folder, "results", result)) ?? "";
  return {
    said,
    recap(result, machine) {
      const line = new RegExp(`^${machine} +: (ok=.*)$`, "m").exec(said(result))?.[1];
      if (line === undefined) throw new Error(`${result} says nothing of ${machine}\n${said(result)}`);
      return Object.fromEntries([...line.matchAll(/(\w+)=(\d+)/g)].map(([, key = "", count]) => [key, Number(count)]));
    },
    file: (path) => read(join(folder, path.replace(/^\/etc\//, "etc/"))),
    notes: (read(join(folder, "notes")) ?? "").trim().split("\n"),
  };
}
