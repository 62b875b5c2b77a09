/** Git, as far as a new repository needs it. Never commits where there was a repository before. */
import { dirname } from "node:path";
import { GitError, simpleGit, type SimpleGit } from "simple-git";
import { EnvironmentError, UserError } from "../model/errors.ts";
import { run } from "./run.ts";

export type InitialCommit =
  /** `commit` is the abbreviated hash. */
  | { readonly outcome: "committed"; readonly commit: string; readonly summary: string }
  /** Everything is added and the commit is left to the user, who has to run `commands` first. */
  | {
      readonly outcome: "staged";
      readonly reason: string;
      readonly commands: readonly string[];
      readonly summary: string;
    }
  /** The folder belongs to a repository, whose history is the user's. Nothing was done. */
  | { readonly outcome: "existing"; readonly top: string; readonly summary: string };

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * simple-git hides every other GIT_ variable from git, GIT_DIR of a hook we may run in among them. These say who the
 * user is and where the configuration lies.
 */
const ALLOWED = [
  ...["AUTHOR", "COMMITTER"].flatMap((who) => ["NAME", "EMAIL", "DATE"].map((what) => `GIT_${who}_${what}`)),
  "GIT_CONFIG_GLOBAL",
  "GIT_CONFIG_SYSTEM",
  "GIT_CONFIG_NOSYSTEM",
  "GIT_CEILING_DIRECTORIES",
  "GIT_TERMINAL_PROMPT",
];

function gitIn(folder: string): SimpleGit {
  // Git must not ask for a password behind a question of ours, or where nobody can answer.
  process.env["GIT_TERMINAL_PROMPT"] = "0";
  return simpleGit({ baseDir: folder, allowEnvironment: ALLOWED });
}

/** Every call of git goes through here: a git that is missing is the environment's fault, all else the caller's to judge. */
async function ask<Answer>(question: Promise<Answer>): Promise<Answer | GitError> {
  try {
    return await question;
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    if (/\bspawn\b.*\bENOENT\b/.test(error.message)) {
      throw new EnvironmentError("git not found", "install git, or make the repository without it: --no-git", {
        cause: error,
      });
    }
    return error;
  }
}

/** The deepest folder above that exists; simple-git works in no other. */
function nearest(folder: string): SimpleGit {
  try {
    return gitIn(folder);
  } catch (error) {
    if (dirname(folder) === folder) throw error;
    return nearest(dirname(folder));
  }
}

async function topOf(folder: string): Promise<string | undefined> {
  const git = nearest(folder);
  const top = await ask(git.revparse(["--show-toplevel"]));
  if (!(top instanceof GitError)) return top;
  // Git found a repository there and refuses to use it because somebody else owns it.
  if (top.message.includes("safe.directory")) return folder;
  // No work tree, and a repository all the same: a bare one, or the inside of .git.
  if ((await ask(git.revparse(["--is-inside-git-dir"]))) === "true")
    throw new UserError(`${folder} lies among git's own files`, "choose another folder");
  return undefined;
}

/**
 * Whether a folder, which need not exist yet, belongs to a git repository. Throws EnvironmentError without a git that
 * works, UserError among git's own files.
 */
export async function isInsideRepository(folder: string): Promise<boolean> {
  // Answers wherever it is asked, unless the configuration cannot be read.
  const configuration = await ask(nearest(folder).raw(["config", "--list"]));
  if (configuration instanceof GitError)
    throw new EnvironmentError(
      `git does not work here: ${firstLine(configuration)}`,
      "put that right, or make the repository without it: --no-git",
      { cause: configuration },
    );
  return (await topOf(folder)) !== undefined;
}

/**
 * URL of `origin`, or of the only remote, without user and password. Undefined when there is none, no repository or
 * no git: it is only ever proposed.
 */
export async function remoteUrl(folder: string): Promise<string | undefined> {
  try {
    const remotes = await nearest(folder).getRemotes(true);
    const remote = remotes.find(({ name }) => name === "origin") ?? (remotes.length === 1 ? remotes[0] : undefined);
    const url = remote?.refs.fetch;
    return url === undefined || url === "" ? undefined : url.replace(/^(https?:\/\/)[^/@]*@/, "$1");
  } catch {
    return undefined;
  }
}

const SET_IDENTITY = [
  'git config --global user.name "Your Name"',
  "git config --global user.email you@example.com",
] as const;

export interface FirstCommit {
  readonly message: string;
  readonly branch: string;
  /** Relative to the folder. Nothing else goes in: what lay there before may be large, or secret. */
  readonly paths: readonly string[];
}

/**
 * Makes a repository with one commit of `paths`. Where git does not know whose commit it would be, or something refuses
 * it, they are staged and the result says what is left to do.
 */
export async function initialCommit(folder: string, { message, branch, paths }: FirstCommit): Promise<InitialCommit> {
  const top = await topOf(folder);
  if (top !== undefined)
    return { outcome: "existing", top, summary: "part of an existing git repository, nothing committed" };
  const git = gitIn(folder);
  // A global list of ignored files is not about the files of this repository.
  const add = () => git.raw(["add", "--force", "--", ...paths]);
  for (const step of [() => git.init(["-b", branch]), add]) {
    const answer = await ask<unknown>(step());
    if (answer instanceof GitError)
      throw new EnvironmentError(
        `the files are written, but git could not make a repository in ${folder}: ${firstLine(answer)}`,
        `put that right (git has to be 2.28 or newer), then, in the folder: git init -b ${branch} && git add . && git commit`,
        { cause: answer },
      );
  }
  const commit = `git commit -m ${JSON.stringify(message)}`;
  if (!(await hasIdentity(folder)))
    return staged("git does not know your name and e-mail address", [...SET_IDENTITY, commit]);
  const answer = await ask(git.commit(message));
  if (answer instanceof GitError) return staged(`git refused the commit: ${firstLine(answer)}`, [commit]);
  if (answer.commit === "") return staged("git found nothing to commit", []);
  return { outcome: "committed", commit: await git.revparse(["--short", "HEAD"]), summary: "git repository, 1 commit" };
}

const firstLine = (error: GitError): string => messageOf(error).trim().split("\n")[0] ?? "";

const staged = (reason: string, commands: readonly string[]): InitialCommit => ({
  outcome: "staged",
  reason,
  commands,
  summary: `git repository, files staged but not committed: ${reason}`,
});

/** From configuration or environment, as `git commit` would find it; never made up from the names of user and machine. */
async function hasIdentity(folder: string): Promise<boolean> {
  const answers = ["GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"].map((who) =>
    // The answer is the exit code, which simple-git keeps to itself.
    run("git", ["-c", "user.useConfigOnly=true", "var", who], { cwd: folder }),
  );
  return (await Promise.all(answers)).every(({ exitCode }) => exitCode === 0);
}
