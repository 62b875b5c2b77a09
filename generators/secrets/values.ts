/** Values of Secrets: typed without being shown, or from the environment, a file, standard input. Never an argument. */
import { UserError } from "../../src/model/errors.ts";
import type { NeededKey } from "../../src/compose/secretNeeds.ts";
import type { Values } from "../../src/sealing/objects.ts";
import { wrap } from "../../src/ui/wrap.ts";
import type { Session } from "../generator.ts";
import { missingKeys, type Standing } from "./standing.ts";

/** `asked`: those whose values are wanted although they are there. */
export async function givenValues(
  standing: Standing,
  { asks, named }: { readonly asks: boolean; readonly named: boolean },
  session: Session,
): Promise<Values> {
  const { need } = standing;
  const open = named ? need.keys : missingKeys(standing);
  const values: Record<string, string> = {};
  let introduced = false;
  for (const key of need.keys) {
    const fromOutside = session.inherited?.[key.variable] ?? "";
    if (fromOutside !== "") values[key.key] = await resolved(fromOutside, key, session);
    else if (asks && open.includes(key)) {
      if (!introduced) session.output.talk(`\n  ${need.name} in namespace ${need.namespace}: ${need.because}`);
      introduced = true;
      session.output.talk(`${wrap(`${key.what}; ${key.from}`, "    ")}\n`);
      const typed = await session.asker.secret(
        `${key.key}  (@FILE for a file, @@ for a value that begins with @, Enter to leave it out)`,
      );
      if (typed !== "") values[key.key] = await resolved(typed, key, session);
    }
  }
  return values;
}

/** `@FILE` stands for the content of a file, `@-` for standard input, `@@` for the sign itself. No message repeats a value. */
async function resolved(text: string, { variable }: NeededKey, { readInput }: Session): Promise<string> {
  if (!text.startsWith("@")) return text;
  if (text.startsWith("@@")) return text.slice(1);
  try {
    return withoutEnd(await readInput(text.slice(1), "the file after @"));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${variable}: ${error.message}`, HOW, { cause: error });
  }
}

const HOW = "@ and the name of a file, @- for standard input, or @@ where the value itself begins with @";

/** What programs and editors put around a token is no part of it; a key of several lines ends with a line break. */
const withoutEnd = (text: string): string => text.replace(/^\uFEFF/, "").replace(/^([^\n]*?)\r?\n$/, "$1");
