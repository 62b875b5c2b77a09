/** Values of the user in sentences of ours. */

const LONGEST = 60;

/** On one line, not endless, without passwords. */
export function quote(value: unknown): string {
  if (value === "") return "an empty text";
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  const characters = [...visible(text)];
  return `\`${characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join("")}…` : characters.join("")}\``;
}

/** Control characters, line separators and the marks that turn text around would change how a message reads. */
export const visible = (text: string): string => maskPassword(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);

const escaped = (character: string): string => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;

/** Hides user and password of addresses; the text keeps its length, so that marks below it stay right. */
export const maskPassword = (text: string): string =>
  text
    .replace(
      /(\bhttps?:\/\/)([^\s/@]+)(?=@)/gi,
      (_, scheme: string, secret: string) => scheme + "*".repeat(secret.length),
    )
    .replace(
      /(:\/\/[^\s/@:]+:)([^\s/@]+)(?=@)/g,
      (_, user: string, secret: string) => user + "*".repeat(secret.length),
    );
