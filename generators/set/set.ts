/** `gen set PATH=VALUE…`: keys of homelab.yaml, and every file that follows from them, in one change. */
import { FindingsError, UserError } from "../../src/model/errors.ts";
import type { Catalog } from "../../src/model/component.ts";
import type { Finding } from "../../src/model/finding.ts";
import { specKeys } from "../../src/spec/keys.ts";
import { setInSpec } from "../../src/spec/setInSpec.ts";
import { parseSetting } from "../../src/spec/setting.ts";
import { CONFLICT_FLAG, policyOf } from "../apply/conflicts.ts";
import { prepareUpdate } from "../apply/prepare.ts";
import type { SpecEdit } from "../apply/written.ts";
import { given, WRITING, type Generator, type Session } from "../generator.ts";
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
  summary: "Sets keys of homelab.yaml, comments kept, and applies what follows from them.",
  argument: "PATH=VALUE…",
  argumentSummary: "keys with their values; lists and maps as in YAML: 'lan.dns=[172.16.1.10]'",
  argumentChoices: () => specKeys(catalog).map(({ path }) => `${path.replaceAll("*", "NAME")}=`),
  flags: [CONFLICT_FLAG, ...WRITING],
  examples: ["gen set cni.routing=native", "gen set ingress.gateways.external.address=172.16.1.62 --yes"],
  collect,
  prepare: (input, session) => {
    const policy = given(session, "conflicts");
    const flags = [...(policy === undefined ? [] : ["--conflicts", policy]), "--yes"];
    const wanted = { ...input, conflicts: policyOf(policy), restore: [] };
    return prepareUpdate({ command: "set", wanted, again: ["set", ...settingsOf(session), ...flags] }, others, session);
  },
});

const settingsOf = ({ argument, more = [] }: Session): readonly string[] =>
  argument === undefined ? [] : [argument, ...more];

async function collect(session: Session): Promise<SetInput> {
  const { root, text: before } = await readSpec(session);
  const settings = settingsOf(session);
  if (settings.length === 0)
    throw new UserError("set needs a key and its value", "gen set cni.routing=native; gen explain PATH tells of a key");
  const edits = parsed(settings, session.catalog);
  const text = edits.reduce(
    (current, { path, value }) => setInSpec(current, SPEC_FILE, path, value, session.catalog),
    before,
  );
  return { root, before, text, edits };
}

/** Everything that is wrong with the settings, at once. */
function parsed(settings: readonly string[], catalog: Catalog): readonly SpecEdit[] {
  const problems: Finding[] = [];
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
