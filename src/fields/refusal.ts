/**
 * Texts of homelab.yaml that are more than text. A reader gives the value, or says in one sentence what is wrong
 * and, where it can be told, what was meant.
 */

interface Refusal {
  readonly message: string;
  /** What to write in its place. */
  readonly instead?: string;
  /** What to do, where no text can be offered. */
  readonly fix?: string;
}
export type Outcome<Value> = { readonly value: Value } | { readonly refusal: Refusal };

export const accept = <Value>(value: Value): Outcome<Value> => ({ value });
export const refuse = (message: string, more: Omit<Refusal, "message"> = {}): { readonly refusal: Refusal } => ({
  refusal: { message, ...more },
});
