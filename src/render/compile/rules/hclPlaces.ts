/** Where in a file of HCL a placeholder stands: enough of the native syntax specification to know what is quoted. */

export type HclPlace = "as a value" | "in a comment" | "inside quotes" | "in a here-document" | "inside a word";

const TOKEN = new RegExp(
  [
    /(?<word>(?:\ue000\d+\ue001|[\w.$-])+)/,
    /(?<comment>#[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\/)/,
    /(?<here><<-?\w+\n)/,
    /(?<quote>")/,
    /(?<other>[^])/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "y",
);

const MARK = /\ue000\d+\ue001/g;

/** Place of each placeholder. */
export function hclPlaces(text: string): ReadonlyMap<string, HclPlace> {
  const places = new Map<string, HclPlace>();
  const note = (piece: string, place: HclPlace): void => {
    for (const [mark] of piece.matchAll(MARK)) places.set(mark, place);
  };
  let at = 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const { word, comment, here, quote } = TOKEN.exec(text)?.groups ?? {};
    const start = at;
    at = quote !== undefined ? endOfQuotes(text, at) : TOKEN.lastIndex;
    if (here !== undefined) {
      at = endOfHere(text, here, at);
      note(text.slice(start, at), "in a here-document");
    }
    if (quote !== undefined) note(text.slice(start, at), "inside quotes");
    if (comment !== undefined) note(comment, "in a comment");
    if (word !== undefined) note(word, /^\ue000\d+\ue001$/.test(word) ? "as a value" : "inside a word");
  }
  return places;
}

/** Index behind the closing quote; quotes inside a template of the text open texts of their own. */
function endOfQuotes(text: string, start: number): number {
  // The braces that are open in each template around.
  const open: number[] = [];
  let quoted = true;
  for (let at = start + 1; at < text.length; at++) {
    const pair = text.slice(at, at + 2);
    const char = text[at];
    if (quoted) {
      if (char === "\\" || pair === "$$" || pair === "%%") at++;
      else if (pair === "${" || pair === "%{") {
        open.push(0);
        quoted = false;
        at++;
      } else if (char === '"') {
        if (open.length === 0) return at + 1;
        quoted = false;
      }
      continue;
    }
    const depth = open.at(-1) ?? 0;
    if (char === '"') quoted = true;
    else if (char === "{") open[open.length - 1] = depth + 1;
    else if (char === "}" && depth > 0) open[open.length - 1] = depth - 1;
    else if (char === "}") {
      open.pop();
      quoted = true;
    }
  }
  return text.length;
}

/** Index behind the line that ends the here-document. */
function endOfHere(text: string, opening: string, start: number): number {
  const delimiter = opening.replace(/^<<-?|\n$/g, "");
  let at = start;
  for (const line of text.slice(start).split("\n")) {
    at += line.length + 1;
    if (line.trim() === delimiter) break;
  }
  return Math.min(at, text.length);
}
