/** Texts of flags, arguments and answers that are more than text, and what is wrong with them. */
import { FindingsError, UserError } from "../src/model/errors.ts";
import type { Outcome } from "../src/fields/refusal.ts";
import type { Session } from "./generator.ts";

/** Asked again until `parse` takes it. At a question the reason and the way out stand on one line. */
export const askChecked = (
  message: string,
  parse: (text: string) => unknown,
  { asker }: Session,
  offered?: string,
): Promise<string> =>
  asker.text({
    message,
    ...(offered !== undefined && { default: offered }),
    check: (text) => {
      try {
        parse(text);
        return undefined;
      } catch (error) {
        if (error instanceof FindingsError) return error.findings.map(({ message }) => message).join("; ");
        if (error instanceof UserError)
          return error.hint === undefined ? error.message : `${error.message.replace(/\.$/, "")}; ${error.hint}`;
        throw error;
      }
    },
  });

/** What a field of homelab.yaml makes of a text. Throws UserError. */
export function accepted<Value>(outcome: Outcome<Value>): Value {
  if ("value" in outcome) return outcome.value;
  const { message, instead, fix } = outcome.refusal;
  throw new UserError(message, instead ?? fix);
}
