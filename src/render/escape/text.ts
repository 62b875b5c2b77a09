/** Formats without quoting: what a value may not do there is refused, because nothing could escape it. */

// Anything that ends a line, and what terminals and editors act on.
const NOT_PRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff]/u;

export function plainText(text: string): string {
  if (NOT_PRINTABLE.test(text)) throw new Error(`not one printable line: ${JSON.stringify(text)}`);
  return text;
}

/** Comments take words, identifiers, versions, addresses and paths; nothing that could end one or start something else. */
export function commentText(text: string): string {
  if (!/^[A-Za-z0-9 .,_:/@-]*$/.test(text)) throw new Error(`not a text for a comment: ${JSON.stringify(text)}`);
  return text;
}
