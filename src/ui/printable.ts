/** Files come from anybody who can push; what they hold must not steer the terminal it is shown on, nor read otherwise than it is. */

/**
 * Each control character but the line break, each separator of lines, and each mark that turns text around (Unicode TR 36,
 * Bidirectional Text Spoofing) as one sign that shows that something was there.
 */
export const printable = (text: string): string =>
  text.replace(/(?!\n)[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, "\u{FFFD}");

/** The same, and no word of it longer than a line or two of the terminal: who typed it knows the rest. */
export const legible = (text: string): string =>
  printable(text).replace(/\S{301,}/gu, (word) => `${[...word].slice(0, 100).join("")}… (${word.length} characters)`);
