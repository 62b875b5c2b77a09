/** Bytes as text. UTF-8 or nothing: a letter read wrong would be written wrong. */

/** Undefined when it is no UTF-8 text. A NUL byte is no text either, though UTF-8 would take it. Keeps a byte order mark. */
export function decode(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Number of the first line that is no text, from 1. A line end is one byte in UTF-8, so lines can be judged one by one. */
export function undecodableLine(bytes: Uint8Array): number {
  for (let from = 0, line = 1; ; line++) {
    const end = bytes.indexOf(0x0a, from);
    if (end < 0 || decode(bytes.subarray(from, end)) === undefined) return line;
    from = end + 1;
  }
}

/** By its byte order mark, which Windows writes and nothing else begins with. */
export const isUtf16 = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
