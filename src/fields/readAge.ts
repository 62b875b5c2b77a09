/** Public keys of age, as they stand beside private ones in a key file. */
import { quote } from "./quote.ts";
import { accept, refuse, type Outcome } from "./refusal.ts";

/** Nobody's: the one of age's own documentation. */
export const RECIPIENT = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

// Bech32 of 32 bytes (age-encryption.org/v1, X25519 recipient); whether a letter is wrong, its checksum tells later.
const X25519 = /^age1[02-9ac-hj-np-z]{58}$/;

export function readAgeRecipient(text: string): Outcome<string> {
  if (X25519.test(text)) return accept(text);
  // Never repeated: messages end up in logs.
  if (/^AGE-SECRET-KEY-/i.test(text))
    return refuse("this is a private key, and its recipient stands here", {
      fix: "write what stands beside it after `# public key:`, and make a new key if this file was ever committed",
    });
  if (/^age1(pq|tag|tagpq)1/.test(text))
    return refuse(`${quote(`${text.slice(0, 12)}…`)} is a kind of key that not every program here opens files with`, {
      fix: "use a key of age-keygen without -pq: its recipient is age1 and 58 letters",
    });
  return refuse(`${quote(text)} is no recipient of age`, { fix: "age1 and 58 letters, as age-keygen -y prints it" });
}
