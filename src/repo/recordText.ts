/**
 * A record as text: one JSON value a line, a blank line between entries, files in path order. Git merges neighbouring
 * lines only when one lies between them, and with `merge=union` it keeps both sides of the rest; so every collection
 * of these lines, in any order and number, is a record again.
 */
import { UserError } from "../model/errors.ts";
import { parseRepoPath, type RepoPath } from "../model/names.ts";
import type { GeneratorRecord, RecordedFile } from "./record.ts";

const FORMAT = 1;

export function recordText({ generator, instance, version, inputs, files }: GeneratorRecord): string {
  const header = { format: FORMAT, generator, instance, version };
  const given = Object.entries(inputs).filter(([, value]) => value !== undefined);
  const inputLines = given.sort(byName).map(([input, value]) => ({ input, value }));
  const fileLines = [...files]
    .sort(byName)
    .map(([path, { sha256, kept, executable }]) => ({ path, sha256, kept, executable }));
  return `${[header, ...inputLines, ...fileLines].map((line) => JSON.stringify(line)).join("\n\n")}\n`;
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

type Line = Readonly<Record<string, unknown>>;

/** `shown` is the record's own path, for messages. The text is untrusted: UserError for whatever is no record. */
export function parseRecord(text: string, shown: string): GeneratorRecord {
  let header: Pick<GeneratorRecord, "generator" | "instance" | "version"> | undefined;
  const inputs = new Map<string, unknown>();
  const files = new Map<RepoPath, RecordedFile>();
  text.split(/\r?\n/).forEach((source, index) => {
    if (source.trim() === "") return;
    const at = `${shown}:${index + 1}`;
    const line = parseLine(source, at);
    if ("format" in line) header = parseHeader(line, at);
    else if (typeof line["input"] === "string") inputs.set(line["input"], line["value"]);
    else addFile(files, parseFile(line, at));
  });
  if (header === undefined)
    throw new UserError(`${shown} cannot be read: it does not say what it is a record of`, RESTORE);
  return { ...header, inputs: Object.fromEntries(inputs), files: new Map([...files].sort(byName)) };
}

const RESTORE = "restore the file from git; without it gen treats the files it lists as yours";

function parseLine(source: string, at: string): Line {
  if (/^(<{7}|={7}|>{7}|\|{7})/.test(source)) {
    throw new UserError(
      `${at}: the merge of two branches is not finished here`,
      "keep the lines of both branches and delete only those that begin with <<<<<<<, |||||||, ======= and >>>>>>>",
    );
  }
  try {
    const value: unknown = JSON.parse(source);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Line;
  } catch {
    // Told below, like everything else that is no entry.
  }
  throw new UserError(`${at}: this is no entry of a record`, RESTORE);
}

function parseHeader(
  { format, generator, instance, version }: Line,
  at: string,
): Pick<GeneratorRecord, "generator" | "instance" | "version"> {
  if (typeof format === "number" && format > FORMAT) {
    throw new UserError(
      `${at}: a newer version of create-homelab-net wrote this record`,
      "use that version or a newer one here; the repository's mise configuration names it",
    );
  }
  if (
    format !== FORMAT ||
    typeof generator !== "string" ||
    typeof instance !== "string" ||
    instance === "" ||
    typeof version !== "string"
  ) {
    throw new UserError(`${at}: this is no beginning of a record`, RESTORE);
  }
  return { generator, instance, version };
}

function parseFile({ path, sha256, kept, executable }: Line, at: string): readonly [RepoPath, RecordedFile] {
  const parsed = typeof path === "string" ? parseRepoPath(path) : undefined;
  // Nothing we write lies in git's folder, so nothing there is ours to compare or delete.
  if (parsed === undefined || parsed.split("/").some((part) => /^(\.git|git~1)$/i.test(part))) {
    throw new UserError(`${at}: ${JSON.stringify(path)} is no path inside the repository`, RESTORE);
  }
  if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256))
    throw new UserError(`${at}: the sha256 of ${parsed} is none`, RESTORE);
  if (kept !== "managed" && kept !== "seeded")
    throw new UserError(`${at}: ${parsed} is neither managed nor seeded`, RESTORE);
  return [parsed, { sha256, kept, ...(executable === true && { executable: true as const }) }];
}

/** The last line of a path counts; what others say is remembered as a possible origin too. */
function addFile(files: Map<RepoPath, RecordedFile>, [path, file]: readonly [RepoPath, RecordedFile]): void {
  const other = files.get(path);
  const alternatives =
    other === undefined ? [] : [other.sha256, ...(other.alternatives ?? [])].filter((hash) => hash !== file.sha256);
  files.set(path, { ...file, ...(alternatives.length > 0 && { alternatives: [...new Set(alternatives)] }) });
}
