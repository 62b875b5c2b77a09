// What a run of vitest proved, level by level. Pure: the report and the levels come in, counts go out.

/**
 * @typedef {{ name: string, places?: string[], suffix?: string, needs?: string, ci: boolean }} Level
 * @typedef {{ name: string, passed: number, failed: number, notes: string[] }} Count
 */

/** A suffix says more than a folder, so it decides first. */
function levelOf(file, levels) {
  return (
    levels.find(({ suffix }) => suffix !== undefined && file.endsWith(suffix)) ??
    levels.find(({ places = [] }) => places.some((place) => file.startsWith(place)))
  );
}

/**
 * One count a level, from vitest's JSON report. A test that was skipped failed to prove anything and counts as
 * failed; so does a file that could not be read, and a level of CI without a single test.
 *
 * @param {{ testResults: { name: string, status: string, message?: string, assertionResults: { status: string, fullName: string }[] }[] }} report
 * @param {string} root the checkout, with `/` at the end
 * @param {Level[]} levels
 * @param {(level: Level) => boolean} isExpected whether a level must have run
 * @returns {Count[]}
 */
export function countTests(report, root, levels, isExpected) {
  const counts = new Map(levels.map(({ name }) => [name, { name, passed: 0, failed: 0, notes: [] }]));
  const other = { name: "other tests", passed: 0, failed: 0, notes: [] };
  for (const { name, status, message, assertionResults } of report.testResults) {
    const file = name.replaceAll("\\", "/").replace(root, "");
    const count = counts.get(levelOf(file, levels)?.name) ?? other;
    if (status === "failed" && assertionResults.length === 0) {
      count.failed += 1;
      count.notes.push(`${file} could not run: ${(message ?? "").split("\n")[0]}`);
    }
    for (const result of assertionResults) {
      if (result.status === "passed") count.passed += 1;
      else count.failed += 1;
      if (result.status !== "passed") count.notes.push(`${result.status}: ${file} > ${result.fullName}`);
    }
  }
  for (const level of levels) {
    const count = counts.get(level.name);
    if (count.passed + count.failed > 0 || !isExpected(level)) continue;
    count.failed += 1;
    count.notes.push("did not run");
  }
  return [...counts.values(), other].filter(({ passed, failed }) => passed + failed > 0);
}

/** @param {Count[]} counts */
export const sum = (counts) => ({
  passed: counts.reduce((total, { passed }) => total + passed, 0),
  failed: counts.reduce((total, { failed }) => total + failed, 0),
});
