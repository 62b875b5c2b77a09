/** Everything that is missing, at once, with the command line that supplies it. */
import { UserError } from "../../src/model/errors.ts";
import { columns } from "../../src/ui/wrap.ts";
import { shellPath, shellWord } from "../../src/ui/shellWord.ts";
import type { Session } from "../generator.ts";
import type { Question } from "./question.ts";

export function missingAnswers(
  missing: readonly Question[],
  directory: string | undefined,
  session: Session,
): UserError {
  const rows = [
    ...(directory === undefined ? [["DIR", "folder of the new repository"]] : []),
    ...missing.map(({ flag, value, summary }) => [`--${flag} ${value}`, summary]),
  ];
  const values = missing.map(({ flag, value }) => `--${flag} ${value}`).join(" ");
  const already = [...session.flags].flatMap(([flag, texts]) =>
    texts.map((text) => (text === "true" ? `--${flag}` : `--${flag} ${shellWord(text)}`)),
  );
  const line = [
    "npx",
    `create-homelab-net@${session.version}`,
    directory === undefined ? "DIR" : shellPath(directory),
    ...already,
    values,
  ]
    .filter((word) => word !== "")
    .join(" ");
  return new UserError(
    `${rows.length} answer${rows.length === 1 ? " is" : "s are"} missing, and ${session.interactive ? "--yes asks for none" : "there is no terminal to ask on"}`,
    `give:\n${columns(rows, "    ")}\n\n  ${line}`,
  );
}
