/** Patterns as the libraries of Argo CD read them, which differ in what a `*` may go across. */

/**
 * - `anything`: gobwas/glob without separators, as `include` and `exclude` of a directory and namespaces of a project
 *   are matched (reposerver/repository, app_project_types.go: globMatch): `*` goes across `/`.
 * - `segments`: gobwas/glob with `/` as separator, as `sourceRepos` are.
 * - `folders`: doublestar, as `valueFiles` are: like `segments`, and a folder `**` may be no folder at all.
 * - `plain`: path.Match, as folders of a git generator and kinds of a project are: like `segments`, without `**` and `{}`.
 */
export type Dialect = "anything" | "segments" | "folders" | "plain";

/** A pattern that cannot be read matches nothing. */
export function matches(pattern: string, text: string, dialect: Dialect): boolean {
  try {
    return new RegExp(`^(?:${expressionOf(pattern, dialect)})$`, "s").test(text);
  } catch {
    return false;
  }
}

export const isPattern = (text: string): boolean => /[*?[]/.test(text);

function expressionOf(pattern: string, dialect: Dialect): string {
  const one = dialect === "anything" ? "." : "[^/]";
  let depth = 0;
  return pattern.replace(TOKENS, (token) => {
    if (token === "**/" && dialect === "folders") return "(?:.*/)?";
    if (token.startsWith("**") && dialect !== "plain") return `.*${literal(token.slice(2))}`;
    if (token.startsWith("*")) return `${one}*${literal(token.replace(/^\*+/, ""))}`;
    if (token === "?") return one;
    if (token.startsWith("[")) return listed(token);
    if (token.startsWith("\\")) return literal(token.slice(1));
    if (dialect === "plain") return literal(token);
    if (token === "{") depth += 1;
    if (token === "{") return "(?:";
    if (token === "}" && depth > 0) depth -= 1;
    else if (token === "}") return literal(token);
    if (token === "}") return ")";
    return token === "," && depth > 0 ? "|" : literal(token);
  });
}

/** Everything that may mean more than itself; what is left over is letters, digits and the like. */
const TOKENS = /\*\*\/|\*+|\?|\[[!^]?[^\]]*\]|\\.|[^\w]/gs;

const literal = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/** `[!a-z]` and `[^a-z]` are everything else. */
const listed = (token: string): string => token.replace(/^\[[!^]/, "[^").replaceAll("\\", "\\\\");
