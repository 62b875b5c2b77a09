/** `gen secrets --rotate`: every file of SOPS under a new key of its own, and with --new-key for a new key of age. */
import { UserError } from "../../src/model/errors.ts";
import type { WrittenSecrets } from "../../src/model/keptSecrets.ts";
import { applyChanges } from "../../src/repo/apply.ts";
import { keyFileOfSops, refuseKeyFileIn } from "../../src/repo/ageKeys.ts";
import { readState } from "../../src/repo/state.ts";
import { writesOf } from "../../src/repo/writes.ts";
import type { Identity } from "../../src/sealing/age.ts";
import { newIdentity } from "../../src/sealing/age.ts";
import { setInSpec } from "../../src/spec/setInSpec.ts";
import { columns } from "../../src/ui/wrap.ts";
import { given, isOn, type Flag, type Prepared, type Session } from "../generator.ts";
import { SPEC_FILE, type OpenRepository } from "../repository.ts";
import { editSpec } from "../specEdit.ts";
import { identitiesHere, writeKey, type Recipients } from "./key.ts";
import { rotated, type Resealed } from "./others.ts";
import { standingSecrets } from "./standing.ts";

export const ROTATE_FLAGS: readonly Flag[] = [
  { name: "rotate", summary: "encrypt every file anew, each with a new key of its own, for those whom it is for now" },
  { name: "new-key", summary: "with --rotate: make a new key of age in place of yours, and encrypt for that" },
];

export interface Rotation {
  readonly files: readonly Resealed[];
  readonly key?: Recipients;
  readonly now: Date;
}

/** Throws UserError where a file cannot be encrypted anew: then none is. */
export async function collectRotation(
  repository: OpenRepository,
  kept: WrittenSecrets | undefined,
  session: Session,
): Promise<Rotation> {
  if (kept?.seal.by !== "age" || kept.seal.recipients.length === 0)
    throw new UserError(
      "nothing here is encrypted for a key of age, so there is nothing to encrypt anew",
      kept?.seal.by === "certificate"
        ? `${kept.seal.madeBy} makes another certificate; gen secrets NAME seals values for it`
        : "gen secrets --list says where values are",
    );
  const { recipients } = kept.seal;
  const identities = await identitiesHere(session);
  const key = isOn(session, "new-key")
    ? await keyInPlace(repository.root, { recipients, identities }, session)
    : undefined;
  const now = new Date();
  const standing = await standingSecrets(repository, identities, session);
  const files = await rotated({
    root: repository.root,
    identities,
    recipients,
    ours: new Set(standing.map(({ path }) => path)),
    ...(key !== undefined && { replaced: key.replaced }),
    now,
  });
  return { files, now, ...(key !== undefined && { key }) };
}

/** Of several keys that open the files here, all give way to the new one. */
async function keyInPlace(
  root: string,
  { recipients, identities }: { readonly recipients: readonly string[]; readonly identities: readonly Identity[] },
  session: Session,
): Promise<Recipients & { readonly replaced: ReadonlyMap<string, string> }> {
  const path = given(session, "age-key-file") ?? keyFileOfSops(session.inherited ?? {});
  const mine = recipients.filter((one) => identities.some(({ recipient }) => recipient === one));
  if (path === undefined || mine.length === 0)
    throw new UserError(
      "none of the keys here is one that secrets.age names, so there is none to make a new one in place of",
      "--age-key-file names the file that has it",
    );
  if (isOn(session, "yes") && given(session, "age-key-file") === undefined)
    throw new UserError(
      "--new-key adds a key to a file outside of the repository, which --yes takes only where it is named",
      `--age-key-file ${path}`,
    );
  refuseKeyFileIn(root, path);
  const identity = await newIdentity();
  return {
    recipients: [...new Set(recipients.map((one) => (mine.includes(one) ? identity.recipient : one)))],
    made: { identity, path },
    replaced: new Map(mine.map((one) => [one, identity.recipient])),
  };
}

export async function prepareRotation(
  { root, text, rotation }: OpenRepository & { readonly rotation: Rotation },
  session: Session,
): Promise<Prepared> {
  const { files, key, now } = rotation;
  const edit =
    key === undefined
      ? { changes: [], writes: [], findings: [] }
      : await editSpec(
          root,
          { before: text, after: setInSpec(text, SPEC_FILE, "secrets.age", [...key.recipients], session.catalog) },
          readState(root),
          session,
        );
  const changes = [...files.flatMap(({ change }) => change ?? []), ...edit.changes].sort((a, b) =>
    a.path < b.path ? -1 : 1,
  );
  return {
    command: "secrets",
    changes: { changes },
    findings: edit.findings,
    preview: [
      columns(
        files.map(({ path, told }) => [path, told]),
        "  ",
        session.output.width,
      ),
      ...(key?.made === undefined ? [] : [`  a new key of age is added to ${key.made.path}`]),
      "  Old commits still open with the old keys: whoever had one of them has those values, until the values are others.",
      "",
    ].join("\n"),
    question: "Write?",
    nothingToDo: "  there is no encrypted file yet",
    details: { files: files.map(({ path, told }) => ({ path, state: told })) },
    apply: async () => {
      // First the key: files that nothing opens would be worse than a key that nothing needs.
      if (key?.made !== undefined) writeKey(key.made, now);
      await applyChanges(root, [...writesOf({ changes }), ...edit.writes]);
      return {
        done: [
          ...(key?.made === undefined
            ? []
            : [`a key of age in ${key.made.path} (back it up: nothing can make it again)`]),
          `${files.length} ${files.length === 1 ? "file" : "files"} encrypted anew`,
        ],
        nextSteps: [
          ...(key === undefined ? [] : ["give the cluster the new key:  bootstrap/secrets.sh"]),
          "git add, commit and push: the cluster reads the remote",
        ],
      };
    },
  };
}
