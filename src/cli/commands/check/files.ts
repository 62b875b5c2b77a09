/** The files of a repository that git carries, as far as they are text. */
import { repoPath, type RepoPath } from "../../../model/names.ts";
import { EnvironmentError } from "../../../model/errors.ts";
import { listFiles, readFiles } from "../../../repo/disk.ts";
import { readAmongObjects } from "../../../repo/objects.ts";
import { isBase, isCommitted, isRemembered, STATE_FOLDER } from "../../../tree/stateFolder.ts";
import { readStrange } from "../../../repo/strange.ts";
import { run } from "../../../tools/run.ts";

export interface Files {
  readonly paths: readonly RepoPath[];
  readonly texts: ReadonlyMap<RepoPath, string>;
  /** What gen remembers, which git carries as well: records, and texts that were written once. */
  readonly remembered: ReadonlyMap<RepoPath, string>;
  /** What git carries beside those, as far as letters can be told: secrets are looked for there as well. */
  readonly strange: ReadonlyMap<string, string>;
  /** Not looked at, because they are so large. */
  readonly large: readonly string[];
  /** Why files that git would ignore are among them; undefined when they are not. */
  readonly unfiltered: string | undefined;
}

/** `env` is what git is started with. */
export async function filesOf(root: string, env: NodeJS.ProcessEnv | undefined): Promise<Files> {
  const [found, own, carried] = await Promise.all([
    listFiles(root, ""),
    listFiles(root, repoPath(STATE_FOLDER)),
    carriedByGit(root, env),
  ]);
  const paths = typeof carried === "string" ? found : found.filter((path) => carried.has(path));
  const kept = own.filter(typeof carried === "string" ? isCommitted : (path) => carried.has(path));
  const texts = await readFiles(root, paths, { binary: "skip" });
  const others = typeof carried === "string" ? paths.map((path) => [path, Buffer.from(path)] as const) : carried;
  const strange = await readStrange(
    root,
    [...others].flatMap(([name, bytes]) => (texts.has(name as RepoPath) || isRemembered(name) ? [] : [bytes])),
  );
  return {
    paths,
    texts,
    remembered: new Map([
      ...(await readFiles(
        root,
        kept.filter((path) => !isBase(path)),
        { binary: "skip" },
      )),
      ...kept.filter(isBase).flatMap((path) => {
        const text = readAmongObjects(root, path);
        return text === undefined ? [] : [[path, text] as const];
      }),
    ]),
    strange: strange.texts,
    large: strange.large,
    unfiltered: typeof carried === "string" ? carried : undefined,
  };
}

/** What is committed or would be, below the folder of homelab.yaml, as text and as bytes; or why git cannot tell. */
async function carriedByGit(
  root: string,
  env: NodeJS.ProcessEnv | undefined,
): Promise<ReadonlyMap<string, Uint8Array> | string> {
  try {
    const { exitCode, stdout } = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
      cwd: root,
      timeout: 20_000,
      env,
      encoding: "latin1",
    });
    if (exitCode !== 0) return "this is no git repository";
    const names = stdout.split("\0").filter((name) => name !== "");
    return new Map(
      names.map((name) => {
        const bytes = Buffer.from(name, "latin1");
        return [bytes.toString("utf8"), bytes] as const;
      }),
    );
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
}
