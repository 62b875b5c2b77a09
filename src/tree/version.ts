/** Versions as charts, images and tools have them: SemVer, `v1.36.1+k3s1`, `2026.8.2`, `1.2.3-alpine`. */

interface Version {
  readonly numbers: readonly number[];
  readonly suffix: string;
  readonly build: string;
}

const VERSION = /^v?(\d+(?:\.\d+)*)(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?$/;
const BEFORE_RELEASE = /^(alpha|beta|rc|pre|preview|dev|snapshot|next|nightly)/i;

function parseVersion(text: string): Version | undefined {
  const match = VERSION.exec(text);
  if (match?.[1] === undefined) return undefined;
  return { numbers: match[1].split(".").map(Number), suffix: match[2] ?? "", build: match[3] ?? "" };
}

const numbersIn = (text: string): readonly number[] => (text.match(/\d+/g) ?? []).map(Number);
const wordsIn = (text: string): string => text.replace(/\d+/g, "#");

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

/** SemVer §11: identifier by identifier, numbers below words, the longer list above its beginning. */
function comparePrereleases(a: string, b: string): number {
  const [left, right] = [a.split("."), b.split(".")];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [one, other] = [left[index], right[index]];
    if (one === undefined || other === undefined) return one === undefined ? -1 : 1;
    if (one === other) continue;
    const [oneIsNumber, otherIsNumber] = [/^\d+$/.test(one), /^\d+$/.test(other)];
    if (oneIsNumber && otherIsNumber) return Math.sign(Number(one) - Number(other));
    if (oneIsNumber !== otherIsNumber) return oneIsNumber ? -1 : 1;
    // `rc2` and `rc10`, which SemVer would compare as text.
    if (wordsIn(one) === wordsIn(other)) return compareNumbers(numbersIn(one), numbersIn(other));
    return one < other ? -1 : 1;
  }
  return 0;
}

/**
 * Negative, zero or positive as usual; `undefined` when nobody can tell: not a version, or two flavours
 * (`1.2.3-alpine` and `1.3.0-debian`).
 */
export function compareVersions(a: string, b: string): number | undefined {
  const [left, right] = [parseVersion(a), parseVersion(b)];
  if (left === undefined || right === undefined) return undefined;
  const byNumbers = compareNumbers(left.numbers, right.numbers);
  const [leftIsEarly, rightIsEarly] = [BEFORE_RELEASE.test(left.suffix), BEFORE_RELEASE.test(right.suffix)];
  if (!leftIsEarly && !rightIsEarly && wordsIn(left.suffix) !== wordsIn(right.suffix)) return undefined;
  const finished = leftIsEarly ? right : left;
  if (leftIsEarly !== rightIsEarly && finished.suffix !== "") return undefined;
  if (byNumbers !== 0) return byNumbers;
  if (leftIsEarly !== rightIsEarly) return leftIsEarly ? -1 : 1;
  const bySuffix = leftIsEarly
    ? comparePrereleases(left.suffix, right.suffix)
    : compareNumbers(numbersIn(left.suffix), numbersIn(right.suffix));
  if (bySuffix !== 0) return bySuffix;
  return wordsIn(left.build) === wordsIn(right.build)
    ? compareNumbers(numbersIn(left.build), numbersIn(right.build))
    : undefined;
}
