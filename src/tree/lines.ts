/** Line ends. Texts are compared with `\n` and a final newline; what the user has on disk keeps its own. */
import { diffIndices } from "node-diff3";

/** The text as it is compared: `\n` line ends, a final newline unless empty. */
export function normalise(text: string): string {
  const unix = text.replace(/\r+\n/g, "\n");
  return unix === "" || unix.endsWith("\n") ? unix : `${unix}\n`;
}

/** Lines of a normalised text, without their ends. */
export const linesOf = (text: string): string[] => (text === "" ? [] : text.slice(0, -1).split("\n"));

export const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");

/** Every line's end as it stands on disk; the last one may have none and counts as its neighbour. */
function lineEnds(text: string): string[] {
  const ends: string[] = text.match(/\r*\n/g) ?? [];
  if (text !== "" && !text.endsWith("\n")) ends.push(ends.at(-1) ?? "\n");
  return ends;
}

/** For each line of `text` the line of `model` it is, or undefined where it is new. */
function matchLines(model: readonly string[], text: readonly string[]): (number | undefined)[] {
  const matched: (number | undefined)[] = [];
  let next = 0;
  for (const { buffer1, buffer2 } of diffIndices([...model], [...text])) {
    while (matched.length < buffer2[0]) matched.push(next++);
    for (let added = 0; added < buffer2[1]; added++) matched.push(undefined);
    next = buffer1[0] + buffer1[1];
  }
  while (matched.length < text.length) matched.push(next++);
  return matched;
}

/**
 * `text` (normalised) with the line ends of `model`: lines they share keep theirs, new lines take their
 * neighbour's, and a missing last newline stays missing.
 */
export function inStyleOf(text: string, model: string): string {
  const ends = lineEnds(model);
  const usual = ends[0] ?? "\n";
  let styled: string;
  if (ends.every((end) => end === usual)) {
    styled = usual === "\n" ? text : text.replaceAll("\n", usual);
  } else {
    const lines = linesOf(text);
    let last = usual;
    styled = matchLines(linesOf(normalise(model)), lines)
      .map((match, index) => {
        last = (match === undefined ? undefined : ends[match]) ?? last;
        return `${lines[index]}${last}`;
      })
      .join("");
  }
  if (model === "" || model.endsWith("\n")) return styled;
  const open = styled.replace(/\r*\n$/, "");
  // Where the text ends in a blank line, dropping the newline would drop the line.
  return open === "" || open.endsWith("\n") ? styled : open;
}
