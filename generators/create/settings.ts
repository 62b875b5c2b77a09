/** `--set PATH=VALUE`, and how to speak of what was said by a flag or in the environment. */
import { FindingsError } from "../../src/model/errors.ts";
import type { Finding, SpecPath } from "../../src/model/finding.ts";
import { parseSetting } from "../../src/spec/setting.ts";
import { variableOf, type Session } from "../generator.ts";
import { withValue, type Draft } from "./draft.ts";

export interface Setting {
  readonly path: SpecPath;
  readonly value: unknown;
}

/** In the order they count, the strongest last. Throws FindingsError with all that are wrong. */
export function settingsOf(session: Session): readonly Setting[] {
  const problems: Finding[] = [];
  const said = [
    ...(session.environment.get("set") ?? []).map((text) => ({ text, by: variableOf("set") })),
    ...(session.flags.get("set") ?? []).map((text) => ({ text, by: "--set" })),
  ];
  const settings = said.flatMap(({ text, by }): readonly Setting[] => {
    const [path = "", ...value] = text.split("=");
    if (path === "" || value.length === 0) {
      problems.push(wrongValue(by, text, "a setting is PATH=VALUE, such as cni.routing=native"));
      return [];
    }
    const parsed = parseSetting(path, value.join("="), session.catalog);
    if (!("finding" in parsed)) return [{ path, value: parsed.value }];
    problems.push({ ...parsed.finding, paths: [`${by} ${path}`] });
    return [];
  });
  if (problems.length > 0) throw new FindingsError(problems);
  return settings;
}

export const withSettings = (draft: Draft, settings: readonly Setting[]): Draft =>
  settings.reduce((current, { path, value }) => withValue(current, path, value), draft);

/**
 * Those that stand as answers before the first question. A key of one machine does not: the machines it is about are
 * only there after theirs.
 */
export const answering = (settings: readonly Setting[]): readonly Setting[] =>
  settings.filter(({ path }) => !path.startsWith("cluster.nodes."));

/** `--name` or `HOMELAB_NET_NAME`, as it was said. */
export const saidBy = (flag: string, { flags }: Session): string => (flags.has(flag) ? `--${flag}` : variableOf(flag));

export const wrongValue = (by: string, text: string, wrong: string): Finding => ({
  id: "SPEC-VALUE",
  severity: "error",
  message: `${by}${text === "" ? "" : ` ${text}`}: ${wrong}`,
  paths: [by],
});
