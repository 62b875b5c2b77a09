/** Words on pages, wherever their lines are broken. */
const flat = (text: string): string => text.replaceAll(/^\s*(?:>|[-*]|\d+\.)\s+/gm, "").replaceAll(/\s+/g, " ");

export const pageSays = (page: string, words: string): boolean =>
  words.trim() !== "" && flat(page).includes(flat(words).trim());
