/** What gen remembers is committed like the rest: records with answers of people, and texts that it wrote once. */
import type { Finding } from "../../model/finding.ts";
import { isBase, isRemembered } from "../../tree/stateFolder.ts";
import { plainPassword, plainToken, privateKey } from "../secrets.ts";
import { isExcused } from "./harmless.ts";
import { namedInText } from "./passwords.ts";
import { found, keysOf, tokensOf, type Mark } from "./tokens.ts";

const REPLACE = "replace the secret itself first, since it is known now";
const OF_RECORDS = `${REPLACE}; then take it out of the line, or restore the file from git`;
const OF_BASES = `${REPLACE}; then remove the file: gen goes on without what it wrote once`;

/** @param texts of the repository: what is excused where people see it is excused in what remembers it. */
export function* remembered(texts: ReadonlyMap<string, string>): Generator<Finding> {
  const own = [...texts].filter(([path]) => isRemembered(path));
  if (own.length === 0) return;
  const excused = [...texts].flatMap(([path, text]) => (isRemembered(path) ? [] : excusedIn(text)));
  for (const [path, text] of own) {
    // A text that gen wrote was of any form, so only what has one of its own is told apart there.
    const said = { path, text, fix: isBase(path) ? OF_BASES : OF_RECORDS };
    const isNew = (mark: Mark): boolean => !excused.some((line) => line.includes(secretAt(text, mark)));
    const tokens = tokensOf(text).filter(isNew);
    yield* found(privateKey, said, keysOf(text).filter(isNew));
    yield* found(plainToken, said, tokens);
    const named = isBase(path) ? [] : namedInText(text).filter(isNew);
    yield* found(
      plainPassword,
      said,
      named.filter(({ index }) => !tokens.some((token) => token.index <= index && index < token.end)),
    );
  }
}

const excusedIn = (text: string): readonly string[] => (isExcused(text) ? text.split("\n").filter(isExcused) : []);

/** What has only a name ends where its text does. */
const secretAt = (text: string, { index, end, shown }: Mark): string =>
  end > index + 1
    ? text.slice(index + shown, end)
    : (/^[^"'\s\\]+/.exec(text.slice(index, index + 200))?.[0] ?? text.slice(index, end));
