/** What a page of Markdown says in commands, paths, links and pictures. */

export interface Fence {
  readonly language: string;
  readonly lines: readonly string[];
}

const FENCE = /^[ ]*```(\w*)\n([^]*?)^[ ]*```$/gm;

export const fencesOf = (markdown: string, language: string): readonly Fence[] =>
  [...markdown.matchAll(FENCE)]
    .filter((match) => match[1] === language)
    .map(([, found = "", text = ""]) => ({ language: found, lines: text.trimEnd().split("\n") }));

export const proseOf = (markdown: string): string => markdown.replace(FENCE, "");

/** Text between backticks; a table writes its bars with a backslash. */
export const codeOf = (markdown: string): readonly string[] =>
  [...proseOf(markdown).matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code.replaceAll("\\|", "|"));

/** One simple command an item, each as words; what follows a bar or `&&` is a command too. */
export function commandsOf(markdown: string): readonly (readonly string[])[] {
  const lines = fencesOf(markdown, "sh").flatMap(({ lines: all }) => withoutTexts(all));
  const spans = codeOf(markdown).filter(
    (code) => /^(?:\.?[\w/-]+\.sh|[a-z][\w-]*)(?: |$)/.test(code) && isCommand(code),
  );
  return [...lines, ...spans].flatMap(simpleCommands);
}

/** Lines that go on belong together, and what stands between `<<'END'` and `END` is no command. */
const withoutTexts = (lines: readonly string[]): readonly string[] =>
  lines
    .join("\n")
    .replaceAll(/\\\n\s*/g, " ")
    .replaceAll(/<<'(\w+)'([^\n]*)\n[^]*?\n\1(?=\n|$)/g, "$2")
    .split("\n");

/** A single word is a name, unless it is a script. */
const isCommand = (code: string): boolean => /^\S+\.sh\b/.test(code) || /^[a-z][\w-]* \S/.test(code);

const simpleCommands = (line: string): readonly (readonly string[])[] =>
  (line.replace(/(?:^|\s)#.*$/, "").match(/(?:"[^"]*"|'[^']*'|[^|&;])+/g) ?? [])
    .map((text) => text.trim().match(/(?:"[^"]*"|'[^']*'|\S)+/g) ?? [])
    .filter((words) => words.length > 0);

export const linksOf = (markdown: string): readonly string[] =>
  [...proseOf(markdown).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);

export const urlsOf = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/https?:\/\/[^\s)>`"'|\]]+/g)].map(([url]) => url.replace(/[.,:;]$/, ""));
