/** Addresses and networks of both families, as numbers. */
import { UnreadableObject } from "./world.ts";

export interface Address {
  readonly family: 4 | 6;
  readonly number: bigint;
}

export interface Net extends Address {
  readonly prefix: number;
}

const BITS = { 4: 32, 6: 128 } as const;

const known = new Map<string, Address>();

export function address(text: string): Address {
  const parsed = known.get(text) ?? (text.includes(":") ? six(text) : four(text));
  if (parsed === undefined) throw new UnreadableObject(`${text} is no address`);
  known.set(text, parsed);
  return parsed;
}

function four(text: string): Address | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return { family: 4, number: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) };
}

function six(text: string): Address | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [before = [], after = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - before.length - after.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...Array.from({ length: Math.max(missing, 0) }, () => "0"), ...after];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return { family: 6, number: groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n) };
}

/** `10.0.0.0/8`; an address alone is a network of one. */
export function net(text: string): Net {
  const [first = "", prefix, ...more] = text.split("/");
  const { family, number } = address(first);
  const bits = prefix === undefined ? BITS[family] : Number(prefix);
  if (more.length > 0 || !Number.isInteger(bits) || bits < 0 || bits > BITS[family] || prefix === "")
    throw new UnreadableObject(`${text} is no network`);
  return { family, number, prefix: bits };
}

export function contains({ family, number, prefix }: Net, one: Address): boolean {
  const rest = BigInt(BITS[family] - prefix);
  return one.family === family && number >> rest === one.number >> rest;
}

export const isIn = (text: string, nets: readonly Net[]): boolean =>
  nets.some((candidate) => contains(candidate, address(text)));

export const sameAddress = (one: string, other: string): boolean => {
  const [first, second] = [address(one), address(other)];
  return first.family === second.family && first.number === second.number;
};
