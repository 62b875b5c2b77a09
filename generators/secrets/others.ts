/** Files of SOPS that are encrypted anew as they are: all of them with --rotate, else those of people whose readers have changed. */
import { UserError } from "../../src/model/errors.ts";
import { repoPath, type RepoPath } from "../../src/model/names.ts";
import type { Change } from "../../src/model/tree.ts";
import { asList, at } from "../../src/model/unknown.ts";
import { listFiles, readFiles } from "../../src/repo/disk.ts";
import type { Identity } from "../../src/sealing/age.ts";
import { recipientsOf, resealFile } from "../../src/sealing/sops.ts";
import { readStream } from "../../src/yaml/stream.ts";

export interface Resealed {
  readonly path: RepoPath;
  readonly change?: Change;
  /** What became of it, as the end of a line. */
  readonly told: string;
}

export interface Resealing {
  readonly root: string;
  readonly identities: readonly Identity[];
  /** Of homelab.yaml. */
  readonly recipients: readonly string[];
  /** Files that gen writes. */
  readonly ours: ReadonlySet<RepoPath>;
  /** A recipient that another takes the place of, wherever it is named. */
  readonly replaced?: ReadonlyMap<string, string>;
  readonly now: Date;
}

const RULES = repoPath(".sops.yaml");

/** Every file that says in its name what it is, whoever wrote it. */
async function sopsFiles(root: string): Promise<ReadonlyMap<RepoPath, string>> {
  const paths = (await listFiles(root, "")).filter((path) => /[^/]\.sops\.ya?ml$/.test(path));
  const texts = await readFiles(root, paths, { binary: "skip" });
  return new Map([...texts].filter(([path, text]) => isOfAge(text, path)));
}

const isOfAge = (text: string, path: string): boolean =>
  readStream(text, path).problems.length === 0 && recipientsOf(text, path) !== undefined;

/** Those whose readers are others than the rules want; what cannot be opened here is told and left. */
export async function realigned({ root, ...around }: Resealing): Promise<readonly Resealed[]> {
  const wanted = await readersOf(root, around);
  const files = [...(await sopsFiles(root))].filter(
    ([path, text]) => !around.ours.has(path) && !sameMembers(recipientsOf(text, path) ?? [], wanted(path)),
  );
  return Promise.all(
    files.map(async ([path, before]): Promise<Resealed> => {
      const result = await resealFile(before, path, { ...around, recipients: wanted(path) });
      if (typeof result === "string") return { path, told: WHY[result] };
      return {
        path,
        change: { kind: "update", path, before, after: result.text },
        told: "is encrypted for others than before",
      };
    }),
  );
}

/** All of them, or none: half of them under an old key would be what nobody expects. */
export async function rotated({ root, ...around }: Resealing): Promise<readonly Resealed[]> {
  const wanted = await readersOf(root, around);
  const results = await Promise.all(
    [...(await sopsFiles(root))].map(async ([path, before]) => ({
      path,
      before,
      result: await resealFile(before, path, { ...around, recipients: wanted(path) }),
    })),
  );
  const failed = results.flatMap(({ path, result }) => (typeof result === "string" ? [`${path} ${WHY[result]}`] : []));
  if (failed.length > 0)
    throw new UserError(
      `${failed.join("; ")}. Nothing was changed`,
      "put the key that opens all of them where sops finds it, or move such a file away, and run it again",
    );
  return results.map(({ path, before, result }): Resealed => {
    if (typeof result === "string") throw new Error("what failed was told");
    return {
      path,
      change: { kind: "update", path, before, after: result.text },
      told: "is encrypted anew, with a new key of its own",
    };
  });
}

const WHY = {
  locked: "opens with none of the keys here",
  tampered: "was changed without sops, and opens no more: take it back from Git",
  foreign: "is encrypted in a way that only sops writes: sops rotate --in-place",
} as const;

/**
 * Who may read a file: as homelab.yaml says for those that gen writes, else those of the first rule of .sops.yaml for its
 * path, as sops takes it (getsops/sops 3.13.3, config.go).
 */
async function readersOf(
  root: string,
  { recipients, ours, replaced }: Pick<Resealing, "recipients" | "ours" | "replaced">,
): Promise<(path: RepoPath) => readonly string[]> {
  const text = (await readFiles(root, [RULES])).get(RULES) ?? "";
  const rules = asList(at(readStream(text, RULES).documents[0]?.value, "creation_rules")).map((rule) => ({
    pattern: patternOf(at(rule, "path_regex")),
    age: listed(at(rule, "age")),
  }));
  return (path) => {
    const own = ours.has(path) ? [] : (rules.find(({ pattern }) => pattern?.test(path) === true)?.age ?? []);
    return [...new Set((own.length > 0 ? own : recipients).map((one) => replaced?.get(one) ?? one))];
  };
}

function patternOf(text: unknown): RegExp | undefined {
  if (text === undefined) return /./;
  try {
    return new RegExp(String(text));
  } catch {
    return undefined;
  }
}

/** A list, or one text with commas between. */
const listed = (age: unknown): readonly string[] =>
  (typeof age === "string" ? age.split(",") : asList(age).map(String))
    .map((one) => one.trim())
    .filter((one) => one !== "");

export const sameMembers = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((member) => b.includes(member));
