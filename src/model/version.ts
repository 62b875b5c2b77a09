/** Versions as pins carry them: `v1.36.4`, `1.20.0`, `2026.8.2`; a line is `1.36` or `5`. */

/** Its parts as numbers; what follows a version after `-` or `+` is left out. */
export const numbersOf = (text: string): readonly number[] =>
  text
    .replace(/^v|[-+].*$/g, "")
    .split(".")
    .map(Number);

/** `1.36` of `v1.36.4`. */
export const minorOf = (version: string): string => numbersOf(version).slice(0, 2).join(".");

/**
 * Whether one version may follow another without a stop between: the same minor version, or the next. Kubernetes upgrades
 * its parts in no other way (Kubernetes documentation, Version Skew Policy, Supported component upgrade order).
 */
export function isStep(from: string, to: string): boolean {
  const [[fromMajor, fromMinor = 0], [toMajor, toMinor = 0]] = [numbersOf(from), numbersOf(to)];
  return fromMajor === toMajor && (toMinor === fromMinor || toMinor === fromMinor + 1);
}

/** Whether a version is of a line: `1.20.3` is of `1.20` and of `1`. */
export const isOfLine = (version: string, line: string): boolean => compareLines(version, line) === 0;

/** By as many numbers as the line has: negative below it, 0 within, positive above. */
export function compareLines(version: string, line: string): number {
  const own = numbersOf(version);
  for (const [index, part] of numbersOf(line).entries()) {
    const difference = (own[index] ?? 0) - part;
    if (difference !== 0) return difference;
  }
  return 0;
}
