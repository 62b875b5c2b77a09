/** Text that reads the same once rendered (CommonMark 0.31, GitHub's tables and strikethrough). */

const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, " ");

// `_` inside a word is no emphasis (CommonMark §6.2), so names like worker_1 stay readable.
const ACTIVE = /[\\`*[\]<>&|~$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
// What makes a heading, list, quote, rule or underline at the start of a line.
const BLOCK_START = /^(\s*)(#|[-+](?=\s|$|-)|=|\d{1,9}[.)](?=\s|$))/;

const escapeStart = (_: string, space: string, mark: string): string =>
  `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}`;

/** Running text, table cells, headings. Line breaks become spaces. */
export function markdownText(text: string): string {
  return oneLine(text).replace(ACTIVE, "\\$&").replace(BLOCK_START, escapeStart);
}

/** Between backticks, where nothing can be escaped but, in a table, the bar; there `\|` has no form at all (GFM §4.10). */
export function markdownCode(text: string, inTable: boolean): string {
  const line = oneLine(text);
  if (inTable && line.includes("\\|"))
    throw new Error(`a backslash before a bar cannot stand in a table: ${JSON.stringify(text)}`);
  if (line.includes("`")) throw new Error(`a backtick cannot stand in code: ${JSON.stringify(text)}`);
  return inTable ? line.replaceAll("|", "\\|") : line;
}

/** A line of a fenced block. */
export function markdownFence(text: string): string {
  if (/[\n\r\0]|```|~~~/.test(text)) throw new Error(`would end the line or the code block: ${JSON.stringify(text)}`);
  return text;
}

/** A part of a link's destination. */
export function markdownLink(text: string): string {
  return encodeURI(text.replace(/\p{Cs}/gu, "\ufffd")).replace(
    /[()'!*|]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
