/** Sizes of memory and disks as people write them. */
import { z } from "zod";
import type { KeyMeta } from "./keyMeta.ts";

const MEBIBYTES: Readonly<Record<string, number>> = { MiB: 1, GiB: 1024, TiB: 1024 * 1024 };

/** Read as a number of MiB. */
export const sizeField = (meta: KeyMeta) =>
  z
    .string()
    .regex(/^[1-9]\d{0,6} ?(MiB|GiB|TiB)$/, "expected a size, like 8GiB")
    .transform((text) => {
      const [, count = "", unit = ""] = /^(\d+) ?(\w+)$/.exec(text) ?? [];
      return Number(count) * (MEBIBYTES[unit] ?? 0);
    })
    .meta({ kind: "a size", example: "8GiB", ...meta });

/** As it is written: the largest unit that leaves no rest. */
export function sizeText(mebibytes: number): string {
  if (mebibytes === 0) return "0";
  const [unit, factor] =
    Object.entries(MEBIBYTES)
      .reverse()
      .find(([, size]) => mebibytes % size === 0) ?? (["MiB", 1] as const);
  return `${mebibytes / factor}${unit}`;
}
