/** What stands where a secret would, and is none: placeholders, references, ciphertexts. */

// SOPS leaves empty values as they are; `op://`, `vault:` and `ref+…://` name a secret that lies in a vault.
const PLACEHOLDER =
  /^(|<.*>|\$\{.*\}|\{\{.*\}\}|x{3,}|\*{3,}|\.{3,}|ENC\[.*|op:\/\/.*|vault:.*|ref\+.*|.*\b(change|replace|insert|fill)[-_ ]?(me|this|it|in|here)\b.*|(your|my)[-_ ].*|placeholder.*|example.*|dummy.*|todo.*|none|null)$/is;

export function isHarmless(value: unknown): boolean {
  if (value === null || value === undefined || typeof value === "boolean") return true;
  const text = String(value).trim();
  return PLACEHOLDER.test(text) || PLACEHOLDER.test(decoded(text));
}

/** `data` is base64; what is none comes back as it is. */
export function decoded(text: string): string {
  if (!/^[A-Za-z0-9+/\s]+={0,2}$/.test(text)) return text;
  try {
    return atob(text).trim();
  } catch {
    return text;
  }
}

/** Of so few different characters nobody makes a secret: `ghp_xxxxxxxx`, `0000…`. */
const DISTINCT = 6;

export const isFiller = (text: string): boolean =>
  new Set(text).size < DISTINCT || isHarmless(text) || /^(?:[A-Z]+[-_])*(?:PASSWORD|SECRET|TOKEN|KEY)$/.test(text);

/** Whoever commits a text that only looks like one says so on its line, with the reason. */
export const isExcused = (line: string): boolean => /\bnot a secret: \S/.test(line);
