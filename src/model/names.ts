/**
 * Names as the field uses them, branded: a string becomes one only through its parser, so a value that
 * reaches the catalog or the disk has been checked once, at the border. Parsers return `undefined` for
 * what is not one; the caller knows where the text came from and says so.
 */

declare const brand: unique symbol;
export type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** A path inside the repository: relative, `/` as separator, no `.` or `..` segment. */
export type RepoPath = Branded<string, "RepoPath">;

/** A fully qualified DNS name, lower case, without the trailing dot. */
export type Hostname = Branded<string, "Hostname">;

/** One DNS label (RFC 1123): names of nodes, gateways, pools, apps, namespaces. */
export type Label = Branded<string, "Label">;

const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

// The characters no supported file system takes, and those git, shells and YAML readers disagree about.
const UNSAFE_IN_PATH = /[\\:*?"<>|\u0000-\u001f\u007f]/;
const RESERVED_ON_WINDOWS = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

export const parseLabel = (text: string): Label | undefined => (LABEL.test(text) ? (text as Label) : undefined);

/** RFC 1123 with at least two labels; an address is no host name. 253 characters at most (RFC 1035 §2.3.4). */
export function parseHostname(text: string): Hostname | undefined {
  const labels = text.split(".");
  if (text.length > 253 || labels.length < 2 || /^\d+$/.test(labels.at(-1) ?? "")) return undefined;
  return labels.every((label) => LABEL.test(label)) ? (text as Hostname) : undefined;
}

/** The domain itself, or a name at any depth below it. */
export const isUnder = (name: string, domain: string): boolean => name === domain || name.endsWith(`.${domain}`);

/** Lexical containment. Symlinks are looked at where the disk is (src/repo). */
export function parseRepoPath(text: string): RepoPath | undefined {
  if (text === "" || text.length > 1024 || UNSAFE_IN_PATH.test(text)) return undefined;
  const safe = text
    .split("/")
    .every(
      (part) => part !== "" && part !== "." && part !== ".." && !/[. ]$/.test(part) && !RESERVED_ON_WINDOWS.test(part),
    );
  return safe ? (text as RepoPath) : undefined;
}

/** For paths the program itself spells: a bad one is our bug, so it throws. */
export function repoPath(...parts: readonly string[]): RepoPath {
  const text = parts.filter((part) => part !== "").join("/");
  const path = parseRepoPath(text);
  if (path === undefined) throw new Error(`not a path inside the repository: ${JSON.stringify(text)}`);
  return path;
}
