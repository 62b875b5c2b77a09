/** SHA-256 (FIPS 180-4) of a text in UTF-8, as lower-case hex. Here because pure rooms have no built-in modules that reach out. */

// The first 64 primes; constants are the fractions of their roots (§4.2.2, §5.3.3).
const PRIMES: readonly number[] = Array.from({ length: 311 }, (_, index) => index + 2).filter((candidate) =>
  Array.from({ length: Math.floor(Math.sqrt(candidate)) - 1 }, (_, index) => index + 2).every(
    (divisor) => candidate % divisor !== 0,
  ),
);
const fraction = (root: number): number => ((root - Math.floor(root)) * 2 ** 32) | 0;
const ROUNDS = PRIMES.slice(0, 64).map((prime) => fraction(Math.cbrt(prime)));
const INITIAL = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** The message, a one bit, zeros, and its length in bits in the last eight bytes (§5.1.1). */
function padded(bytes: Uint8Array): DataView {
  const view = new DataView(new ArrayBuffer(Math.ceil((bytes.length + 9) / 64) * 64));
  bytes.forEach((byte, index) => view.setUint8(index, byte));
  view.setUint8(bytes.length, 0x80);
  view.setBigUint64(view.byteLength - 8, BigInt(bytes.length) * 8n);
  return view;
}

function schedule(view: DataView, start: number): Int32Array {
  const words = new Int32Array(64);
  for (let at = 0; at < 16; at++) words[at] = view.getInt32(start + at * 4);
  for (let at = 16; at < 64; at++) {
    const [a, b] = [words[at - 15] ?? 0, words[at - 2] ?? 0];
    const small = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
    const large = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
    words[at] = (words[at - 16] ?? 0) + small + (words[at - 7] ?? 0) + large;
  }
  return words;
}

export function sha256(text: string): string {
  const view = padded(new TextEncoder().encode(text));
  const state = Int32Array.from(INITIAL);
  for (let start = 0; start < view.byteLength; start += 64) {
    const words = schedule(view, start);
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    ROUNDS.forEach((constant, at) => {
      const mixed = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
      const one = (h + mixed + ((e & f) ^ (~e & g)) + constant + (words[at] ?? 0)) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
    });
    [a, b, c, d, e, f, g, h].forEach((word, at) => (state[at] = (state[at] ?? 0) + word));
  }
  return [...state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
