/** `gen set PATH=VALUE… [--unset PATH]…`: keys of homelab.yaml, and every file that follows from them, in one change. */
import { FindingsError, UserError } from "../../src/model/errors.ts";
import type { Catalog } from "../../src/model/component.ts";
import type { Finding } from "../../src/model/finding.ts";
import { specKeys } from "../../src/spec/keys.ts";
import { setInSpec } from "../../src/spec/setInSpec.ts";
import { parseSetting, unknownKey } from "../../src/spec/setting.ts";
import { unsetInSpec } from "../../src/spec/unsetInSpec.ts";
import { CONFLICT_FLAG, policyOf } from "../apply/conflicts.ts";
import { prepareUpdate } from "../apply/prepare.ts";
import type { SpecEdit } from "../apply/written.ts";
import { given, WRITING, type Flag, type Generator, type Session } from "../generator.ts";
import { readSpec, SPEC_FILE } from "../repository.ts";

export interface SetInput {
  readonly root: string;
  readonly before: string;
  /** With the settings in it. */
  readonly text: string;
  readonly edits: readonly SpecEdit[];
}

export const setGenerator = (catalog: Catalog, others: readonly Generator[]): Generator<SetInput> => ({
  name: "set",
  summary: "Sets keys of homelab.yaml or takes them out, comments kept, and applies what follows.",
  argument: "PATH=VALUE…",
  argumentSummary: "keys with their values; lists and maps as in YAML: 'lan.dns=[172.16.1.10]'",
  argumentChoices: () => specKeys(catalog).map(({ path }) => `${path.replaceAll("*", "NAME")}=`),
  flags: [UNSET, CONFLICT_FLAG, ...WRITING],
  examples: [
    "gen set cni.routing=native",
    "gen set ingress.gateways.external.address=172.16.1.62 --yes",
    "gen set --unset lan.hosts.printer --unset cni.hubble",
  ],
  collect,
  prepare: (input, session) => {
    const policy = given(session, "conflicts");
    const flags = [
      ...unsetsOf(session).flatMap((path) => ["--unset", path]),
      ...(policy === undefined ? [] : ["--conflicts", policy]),
      "--yes",
    ];
    const wanted = { ...input, conflicts: policyOf(policy), restore: [] };
    return prepareUpdate({ command: "set", wanted, again: ["set", ...settingsOf(session), ...flags] }, others, session);
  },
});

const UNSET: Flag = {
  name: "unset",
  value: "PATH",
  summary: "takes a key out, before others are set: what is not written has its default",
  repeated: true,
  isKey: true,
};

const unsetsOf = ({ flags, environment }: Session): readonly string[] =>
  flags.get(UNSET.name) ?? environment.get(UNSET.name) ?? [];

const settingsOf = ({ argument, more = [] }: Session): readonly string[] =>
  argument === undefined ? [] : [argument, ...more];

async function collect(session: Session): Promise<SetInput> {
  const { root, text: before } = await readSpec(session);
  const [settings, unsets] = [settingsOf(session), unsetsOf(session)];
  if (settings.length + unsets.length === 0)
    throw new UserError(
      "set needs a key and its value",
      "gen set cni.routing=native, or --unset PATH to take a key out; gen explain PATH tells of a key",
    );
  const { catalog } = session;
  const wrong: Finding[] = [];
  const removed: SpecEdit[] = [];
  const shorter = unsets.reduce((text, path) => {
    const after = unsetInSpec(text, SPEC_FILE, path, catalog);
    const unknown = after === undefined ? unknownKey(path, catalog) : undefined;
    if (unknown !== undefined) wrong.push(unknown);
    if (after !== undefined) removed.push({ path, removed: true });
    return after ?? text;
  }, before);
  const set = parsed(settings, wrong, catalog);
  const text = set.reduce((current, { path, value }) => setInSpec(current, SPEC_FILE, path, value, catalog), shorter);
  return { root, before, text, edits: [...removed, ...set] };
}

/** Everything that is wrong with the settings, at once. */
function parsed(settings: readonly string[], wrong: readonly Finding[], catalog: Catalog): readonly SpecEdit[] {
  const problems: Finding[] = [...wrong];
  const edits = settings.flatMap((setting): readonly SpecEdit[] => {
    const at = setting.indexOf("=");
    const path = at < 0 ? setting : setting.slice(0, at);
    if (at < 1) {
      problems.push({
        id: "SPEC-VALUE",
        severity: "error",
        message: `${setting} is no PATH=VALUE, such as cni.routing=native`,
        paths: [path],
      });
      return [];
    }
    const result = parseSetting(path, setting.slice(at + 1), catalog);
    if (!("finding" in result)) return [{ path, value: result.value }];
    problems.push(result.finding);
    return [];
  });
  if (problems.length > 0) throw new FindingsError(problems);
  return edits;
}
