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

/** Whatever letters are in it, of a text in another encoding or of a program. Never to be written back. */
export function legible(bytes: Uint8Array): string {
  const text = decode(bytes);
  if (text !== undefined) return text;
  const order = utf16In(bytes);
  if (order === undefined) return Buffer.from(bytes).toString("latin1");
  const pairs = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  return (order === "little" ? pairs : pairs.swap16()).toString("utf16le").replace(/^\uFEFF/, "");
}

/** Without a mark at its beginning it is told by letters of the alphabet, of which every other byte is nothing. */
function utf16In(bytes: Uint8Array): "little" | "big" | undefined {
  if (isUtf16(bytes)) return bytes[0] === 0xff ? "little" : "big";
  const start = bytes.subarray(0, 1000);
  const zeros = (odd: 0 | 1): number => start.filter((byte, index) => index % 2 === odd && byte === 0).length;
  const [even, odd] = [zeros(0), zeros(1)];
  if (Math.max(even, odd) < start.length * 0.3) return undefined;
  if (even === 0) return "little";
  return odd === 0 ? "big" : undefined;
}
