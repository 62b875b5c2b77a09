/** Where in a POSIX shell script a placeholder stands: enough of POSIX.1-2017 §2.2, §2.3 and §2.7.4 to know what is quoted. */

export type ShellPlace = "as a word" | "in a comment" | "inside quotes" | "in a here-document" | "beside an expansion";

const TOKEN = new RegExp(
  [
    /(?<mark>\ue000\d+\ue001)/,
    /(?<quoted>'[^']*'|"(?:\\[^]|[^"\\])*"|`[^`]*`)/,
    /(?<comment>(?<![^\s;&|()])#[^\n]*)/,
    /(?<here><<-?[ \t]*(?:'[^'\n]*'|"[^"\n]*"|\\?\w+))/,
    /(?<newline>\n)/,
    /(?<space>[ \t;&|()>]+|<(?!<))/,
    /(?<other>\\[^]|\$[^\n]|[^])/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "y",
);

const MARK = /\ue000\d+\ue001/g;
/** What an unquoted value may touch without becoming part of something else: `--name=`, `"…"`. */
const HARMLESS = /^(?:[A-Za-z0-9_./:@%+,=-]|["'][^]*|\ue000\d+\ue001)$/;

/** Index of the line after the here-document that starts at `start`. */
function endOfHere(text: string, redirection: string, start: number): number {
  const delimiter = redirection.replace(/^<<-?[ \t]*|['"\\]/g, "");
  let at = start;
  for (const line of text.slice(start).split("\n")) {
    at += line.length + 1;
    if (line.replace(/^\t+/, "") === delimiter) break;
  }
  return Math.min(at, text.length);
}

/** Place of each placeholder. */
export function shellPlaces(text: string): ReadonlyMap<string, ShellPlace> {
  const places = new Map<string, ShellPlace>();
  const open: string[] = [];
  let word: string[] = [];
  let at = 0;

  const note = (piece: string, place: ShellPlace): void => {
    for (const [mark] of piece.matchAll(MARK)) places.set(mark, place);
  };
  const endWord = (): void => {
    const place = word.every((piece) => HARMLESS.test(piece)) ? "as a word" : "beside an expansion";
    for (const piece of word) if (piece.startsWith("\ue000")) note(piece, place);
    word = [];
  };

  while (at < text.length) {
    TOKEN.lastIndex = at;
    const { mark, quoted, comment, here, newline, space, other } = TOKEN.exec(text)?.groups ?? {};
    const token = mark ?? quoted ?? comment ?? here ?? newline ?? space ?? other ?? "";
    at += Math.max(token.length, 1);
    if (quoted !== undefined) note(quoted, "inside quotes");
    if (comment !== undefined) note(comment, "in a comment");
    if (here !== undefined) open.push(here);
    if (mark !== undefined || quoted !== undefined || other !== undefined) word.push(token);
    else endWord();
    if (newline !== undefined) {
      for (const redirection of open.splice(0)) {
        const end = endOfHere(text, redirection, at);
        note(text.slice(at, end), "in a here-document");
        at = end;
      }
    }
  }
  endWord();
  return places;
}
