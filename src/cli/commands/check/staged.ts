/** `gen check --staged`: whether the next commit carries a secret. What a hook asks, so it is quick, local and ends. */
import { isOn, type Session } from "../../../../generators/generator.ts";
import { readSpec } from "../../../../generators/repository.ts";
import { guard } from "../../../audit/index.ts";
import { readSubject } from "../../../audit/subject.ts";
import { EnvironmentError } from "../../../model/errors.ts";
import { textAmongObjects } from "../../../repo/objects.ts";
import { LARGEST_READ, shownName } from "../../../repo/strange.ts";
import { decode, legible } from "../../../repo/text.ts";
import { isBase } from "../../../tree/stateFolder.ts";
import { run } from "../../../tools/run.ts";
import type { Answer } from "../../answer.ts";
import { report } from "./report.ts";

/** Milliseconds git may take for one answer. */
const PATIENCE = 20_000;

export async function checkStaged(session: Session): Promise<Answer> {
  const { root } = await readSpec(session);
  const git = gitIn(root, session.inherited);
  const [staged, entries] = await Promise.all([stagedIn(git), entriesIn(git)]);
  const sizes = await sizesOf(git, entries);
  const isSmall = ({ id }: Entry): boolean => (sizes.get(id) ?? 0) <= LARGEST_READ;
  // All of what is in the index: a list names files that are to become Secrets, and either may be what is staged.
  const { texts, strange } = await textsOf(git, entries.filter(isSmall));
  const subject = readSubject(texts, texts.keys(), undefined, strange);
  const findings = [...guard(subject)].filter(({ places = [] }) => places.some(({ file }) => staged.has(file)));
  return report(
    {
      findings,
      files: staged.size,
      objects: subject.objects.filter(({ file }) => staged.has(file)).length,
      ran: [],
      notRun: entries
        .filter((entry) => staged.has(entry.path) && !isSmall(entry))
        .map(({ path }) => `${path} is not looked at: it has more than ${LARGEST_READ / 1_000_000} MB`),
    },
    {
      strict: isOn(session, "strict"),
      verbose: isOn(session, "verbose"),
      json: isOn(session, "json"),
      theme: session.output.dataTheme,
    },
  );
}

type Git = (args: readonly string[], input?: string) => Promise<string>;

/** What it answers, a character a byte. */
const gitIn =
  (cwd: string, env: NodeJS.ProcessEnv | undefined): Git =>
  async (args, input) => {
    const { exitCode, stdout, stderr } = await run("git", args, {
      cwd,
      env,
      timeout: PATIENCE,
      encoding: "latin1",
      ...(input !== undefined && { input }),
    });
    if (exitCode === 0) return stdout;
    throw new EnvironmentError(
      `git cannot say what is staged: ${stderr.trim().split("\n")[0] ?? ""}`,
      "gen check looks at the files as they lie there",
    );
  };

const asText = (bytes: string): string => shownName(Buffer.from(bytes, "latin1"));

/** Paths as seen from the folder of homelab.yaml. */
const stagedIn = async (git: Git): Promise<ReadonlySet<string>> =>
  new Set(
    (
      await git([
        "diff",
        "--cached",
        "--name-only",
        "-z",
        "--relative",
        "--no-renames",
        "--no-ext-diff",
        "--diff-filter=d",
      ])
    )
      .split("\0")
      .map(asText),
  );

interface Entry {
  /** Of the content, in git. */
  readonly id: string;
  readonly path: string;
}

/** Files; a symbolic link and a submodule have no content of their own. */
async function entriesIn(git: Git): Promise<readonly Entry[]> {
  const listed = (await git(["ls-files", "--stage", "-z"])).split("\0");
  return listed.flatMap((line) => {
    const [, mode, id = "", path = ""] = /^(\d+) (\w+) \d\t(.*)$/s.exec(line) ?? [];
    return mode === undefined || !mode.startsWith("100") ? [] : [{ id, path: asText(path) }];
  });
}

const each = (entries: readonly Entry[]): string => entries.map(({ id }) => `${id}\n`).join("");

async function sizesOf(git: Git, entries: readonly Entry[]): Promise<ReadonlyMap<string, number>> {
  const lines = (await git(["cat-file", "--batch-check=%(objectname) %(objectsize)"], each(entries))).split("\n");
  return new Map(lines.map((line) => line.split(" ")).map(([id = "", size]) => [id, Number(size)]));
}

/** `strange`: what is no UTF-8 text, as far as letters can be told. */
async function textsOf(
  git: Git,
  entries: readonly Entry[],
): Promise<Record<"texts" | "strange", ReadonlyMap<string, string>>> {
  const answer = await git(["cat-file", "--batch=%(objectsize)"], each(entries));
  const [texts, strange] = [new Map<string, string>(), new Map<string, string>()];
  let from = 0;
  for (const { path } of entries) {
    const line = answer.indexOf("\n", from);
    const size = Number(answer.slice(from, line));
    const bytes = Buffer.from(answer.slice(line + 1, line + 1 + size), "latin1");
    const text = isBase(path) ? textAmongObjects(bytes) : decode(bytes);
    if (text === undefined) strange.set(path, legible(bytes));
    else texts.set(path, text);
    from = line + size + 2;
  }
  return { texts, strange };
}
