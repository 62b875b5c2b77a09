/** POSIX shell words (POSIX.1-2017 §2.2): single quotes keep everything but themselves. */

// `=` is left out: unquoted at the start of a command it would make an assignment.
const NEEDS_NO_QUOTES = /^[A-Za-z0-9_./:@%+,-]+$/;

export function shellWord(text: string): string {
  if (text.includes("\0")) throw new Error("a shell word cannot hold NUL");
  return NEEDS_NO_QUOTES.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
