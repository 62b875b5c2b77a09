/** `1 error`, `3 errors`; `many` where an s is not enough. */
export const plural = (count: number, word: string, many = `${word}s`): string =>
  `${count} ${count === 1 ? word : many}`;
