/**
 * Paragraphs and list items of Markdown in even lines: a value is longer or shorter than its name in a template.
 * Code, tables and headings stay as they are.
 */
export const COLUMNS = 120;

interface Block {
  readonly first: string;
  readonly rest: string;
  readonly words: string[];
}

const FENCE = /^\s*(?:```|~~~)/;
const AS_IT_IS = /^\s*(?:#{1,6} |\||$)/;
const ITEM = /^(\s*(?:[-*+]|\d+\.) +)(.*)$/;

export function reflow(markdown: string): string {
  const lines: string[] = [];
  let block: Block | undefined;
  let inFence = false;
  const flush = (): void => {
    if (block !== undefined) lines.push(...wrap(block));
    block = undefined;
  };
  for (const line of markdown.split("\n")) {
    const isFence = FENCE.test(line);
    if (isFence || inFence || AS_IT_IS.test(line)) {
      flush();
      lines.push(line);
      if (isFence) inFence = !inFence;
      continue;
    }
    const [, marker, text = ""] = ITEM.exec(line) ?? [];
    if (marker !== undefined) {
      flush();
      block = { first: marker, rest: " ".repeat(marker.length), words: wordsOf(text) };
    } else if (block === undefined) {
      const indent = /^\s*/.exec(line)?.[0] ?? "";
      block = { first: indent, rest: indent, words: wordsOf(line) };
    } else block.words.push(...wordsOf(line));
  }
  flush();
  return lines.join("\n");
}

/** Code and links stay in one piece. */
const wordsOf = (text: string): string[] => text.match(/(?:`[^`]*`|\[[^\]]*\]\([^)]*\)|\S)+/g) ?? [];

/** At the start of a line these would begin something else (CommonMark 0.31, leaf and container blocks). */
const STARTS_A_BLOCK = /^(?:[-+*=>#|~_]|`{3}|\d+[.)]$)/;

function wrap({ first, rest, words }: Block): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    const indent = lines.length === 0 ? first : rest;
    const fits = indent.length + line.length + 1 + word.length <= COLUMNS;
    if (line === "") line = word;
    else if (fits || STARTS_A_BLOCK.test(word)) line = `${line} ${word}`;
    else {
      lines.push(indent + line);
      line = word;
    }
  }
  return [...lines, (lines.length === 0 ? first : rest) + line];
}
