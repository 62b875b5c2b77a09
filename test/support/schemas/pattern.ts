/**
 * Patterns of custom resource definitions are Go regular expressions (RE2). What differs from JavaScript's with
 * the `u` flag and occurs there is rewritten; anything else that JavaScript cannot read throws, because a
 * validator that drops a pattern would accept everything.
 *
 * Syntax: https://github.com/google/re2/wiki/Syntax
 */
export function fromGo(pattern: string): string {
  const translated = translate(pattern);
  try {
    void new RegExp(translated, "u");
  } catch (cause) {
    throw new Error(`no JavaScript for the Go regular expression ${pattern}`, { cause });
  }
  return translated;
}

// In order: escapes, flags, named groups, group borders, class borders, everything else by one character.
const TOKEN = /\\[pP]\{[^}]*\}|\\[pP]\w|\\x\{[^}]*\}|\\.|\(\?[a-z]+\)|\(\?P?<|\(|\)|\[\^?\]?|\]|[^]/gu;

function translate(pattern: string): string {
  if (/\[:\^?\w+:\]/.test(pattern))
    throw new Error(`named classes of the Go regular expression ${pattern} are not known`);
  // `(?i)` holds until the end of its group, so each open group remembers what held before it.
  const outer: boolean[] = [];
  let ignoreCase = false;
  let inClass = false;
  let result = "";
  for (const [token] of pattern.matchAll(TOKEN)) {
    if (inClass) {
      if (token === "]") inClass = false;
      if (ignoreCase && /^[a-z]$/iu.test(token))
        throw new Error(`letters of a class under (?i) in ${pattern} are not known`);
      result += token.startsWith("\\") ? escape(token, true) : token === "[" ? "\\[" : token;
    } else if (/^\(\?[a-z]+\)$/.test(token)) {
      if (token !== "(?i)") throw new Error(`flags ${token} of the Go regular expression ${pattern} are not known`);
      ignoreCase = true;
    } else if (token.startsWith("(")) {
      outer.push(ignoreCase);
      result += token.startsWith("(?P<") ? "(?<" : token;
    } else if (token === ")") {
      ignoreCase = outer.pop() ?? false;
      result += token;
    } else if (token.startsWith("[")) {
      inClass = true;
      // Go takes a `]` right after the bracket literally.
      result += token.endsWith("]") ? `${token.slice(0, -1)}\\]` : token;
    } else if (token.startsWith("\\")) result += escape(token, false);
    else result += ignoreCase && /^[a-z]$/iu.test(token) ? `[${token.toLowerCase()}${token.toUpperCase()}]` : token;
  }
  return result;
}

function escape(token: string, inClass: boolean): string {
  if (token === "\\z") return "$";
  if (token === "\\A") return "^";
  if (/^\\[pP]\w$/.test(token)) return `${token.slice(0, 2)}{${token.slice(2)}}`;
  if (token.startsWith("\\x{")) return `\\u${token.slice(2)}`;
  // Go lets every punctuation mark be escaped, JavaScript only those that mean something.
  if (/^\\[^\w\s]$/u.test(token) || token === "\\_") {
    const kept = inClass ? /^\\[\^$\\.*+?()[\]{}|/-]$/ : /^\\[\^$\\.*+?()[\]{}|/]$/;
    return kept.test(token) ? token : token.slice(1);
  }
  return token;
}
