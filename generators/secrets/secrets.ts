/** `gen secrets [NAME]`: the values that only somebody has, into files that only the cluster and its owner can open. */
import type { KeyObject } from "node:crypto";
import type { NeededSecret } from "../../src/compose/secretNeeds.ts";
import { UserError } from "../../src/model/errors.ts";
import { keptSecrets, type KeptSecrets, type Seal, type WrittenSecrets } from "../../src/model/keptSecrets.ts";
import { at } from "../../src/model/layout.ts";
import { repoPath } from "../../src/model/names.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Change } from "../../src/model/tree.ts";
import { applyChanges } from "../../src/repo/apply.ts";
import { readFiles } from "../../src/repo/disk.ts";
import { readState } from "../../src/repo/state.ts";
import { writesOf } from "../../src/repo/writes.ts";
import { readCertificate } from "../../src/sealing/certificate.ts";
import { setInSpec } from "../../src/spec/setInSpec.ts";
import { engineOf } from "../../src/compose/inUse.ts";
import { isOn, WRITING, type Flag, type Generator, type Prepared, type Session } from "../generator.ts";
import { openRepository, SPEC_FILE, type OpenRepository } from "../repository.ts";
import { editSpec } from "../specEdit.ts";
import { chosenFrom, isSame } from "./chosen.ts";
import { identitiesHere, KEY_FLAGS, newRecipients, writeKey, type Recipients } from "./key.ts";
import { secretData, secretText } from "./listing.ts";
import { listChanges } from "./lists.ts";
import { realigned, type Resealed } from "./others.ts";
import { collectRotation, prepareRotation, ROTATE_FLAGS, type Rotation } from "./rotate.ts";
import { sealed, type Around } from "./sealed.ts";
import { missingKeys, neededSecrets, standingSecrets, type Standing } from "./standing.ts";
import { doneLines, nextSteps, preview } from "./told.ts";
import { givenValues } from "./values.ts";

interface SecretsInput extends OpenRepository {
  readonly needs: readonly NeededSecret[];
  /** Undefined where they stand in no file, or are only listed. */
  readonly kept?: KeptSecrets;
  readonly wanted: readonly { readonly standing: Standing; readonly given: Readonly<Record<string, string>> }[];
  readonly key?: Recipients | undefined;
  readonly sealingKey?: (() => KeyObject) | undefined;
  readonly rotation?: Rotation;
  /** Files of people that are encrypted for others than they should be. */
  readonly others?: readonly Resealed[];
}

const FLAGS: readonly Flag[] = [
  { name: "list", summary: "only say what there is to fill in, what it is for and where it is made" },
  { name: "replace", summary: "also write over files that none of your keys opens" },
  ...KEY_FLAGS,
  ...ROTATE_FLAGS,
];

export const secretsGenerator: Generator<SecretsInput> = {
  name: "secrets",
  summary: "Asks for secrets that are missing, and writes them into the repository encrypted.",
  argument: "[NAME]",
  argumentSummary: "a secret to give other values; without it those that are missing",
  flags: [...FLAGS, ...WRITING],
  examples: [
    "gen secrets",
    "gen secrets --list",
    "CLOUDFLARE_DNS_API_TOKEN=@token.txt gen secrets cloudflare-dns --yes",
    "gen secrets --rotate",
  ],
  collect,
  prepare,
};

async function collect(session: Session): Promise<SecretsInput> {
  const repository = await openRepository(session);
  const { plan, text, root } = repository;
  const needs = chosenFrom(neededSecrets(plan, text, session), session);
  const kept = keptSecrets(plan);
  if (isOn(session, "rotate")) {
    const written = kept?.form === "written" ? kept : undefined;
    return { ...repository, needs, wanted: [], rotation: await collectRotation(repository, written, session) };
  }
  if (isOn(session, "new-key"))
    throw new UserError(
      "--new-key makes a key in place of yours, for which all files have to be encrypted",
      "--rotate with it",
    );
  if (kept?.form !== "written") return { ...repository, needs, ...(kept !== undefined && { kept }), wanted: [] };
  const identities = await identitiesHere(session);
  const all = await standingSecrets(repository, identities, session);
  const standing = all.filter(({ need }) => needs.some((one) => isSame(one, need)));
  if (isOn(session, "list"))
    return { ...repository, needs, kept, wanted: standing.map((one) => ({ standing: one, given: {} })) };
  const asks = session.interactive && !isOn(session, "yes");
  const named = session.argument !== undefined;
  const isOpen = named || standing.some((one) => missingKeys(one).length > 0);
  const sealingKey = kept.seal.by === "certificate" ? await sealingKeyOf(root, plan, kept.seal) : undefined;
  // Before anybody is asked for values that could not be written then.
  if (isOpen) sealingKey?.();
  const recipients = kept.seal.by === "age" ? kept.seal.recipients : undefined;
  const key = recipients?.length !== 0 || !isOpen ? undefined : await newRecipients(root, asks, session);
  const wanted = [];
  for (const one of standing) wanted.push({ standing: one, given: await givenValues(one, { asks, named }, session) });
  if (recipients?.length === 0 && key === undefined && wanted.some(({ given }) => Object.keys(given).length > 0))
    throw new UserError(
      "secrets.age in homelab.yaml names nobody to encrypt for",
      "--age-key-file FILE makes a key there, or takes the one that is; --age-recipient AGE1… names somebody else's",
    );
  const others =
    named || kept.seal.by !== "age" || kept.seal.recipients.length === 0
      ? []
      : await realigned({
          root,
          identities,
          recipients: kept.seal.recipients,
          ours: new Set(all.map(({ path }) => path)),
          now: new Date(),
        });
  return { ...repository, needs, kept, wanted, key, sealingKey, others };
}

/** Read only where something is sealed: whoever looks at files needs none. */
async function sealingKeyOf(
  root: string,
  plan: Plan,
  { file, madeBy }: Extract<Seal, { readonly by: "certificate" }>,
): Promise<() => KeyObject> {
  const path = repoPath(file);
  const text = (await readFiles(root, [path])).get(path);
  return () => {
    if (text === undefined)
      throw new UserError(
        `there is no ${at(plan, file)}, which secrets are sealed for`,
        `${madeBy} makes it; it needs openssl`,
      );
    return readCertificate(text, file, { madeBy, now: new Date() });
  };
}

async function prepare(input: SecretsInput, session: Session): Promise<Prepared> {
  const { kept, key, rotation, others = [] } = input;
  if (rotation !== undefined) return prepareRotation({ ...input, rotation }, session);
  if (kept === undefined) return onlyListed(input, () => ASKED);
  if (kept.form === "composed") return onlyListed(input, (need) => (need.early ? ASKED : kept.entry(need)));
  if (isOn(session, "list")) return onlyListed(input, (need) => stateOf(input, need));
  const now = new Date();
  const around = aroundOf(kept, input, now);
  const results = await Promise.all(input.wanted.map(({ standing, given }) => sealed(standing, given, around)));
  const edit = await specEdit(input, session);
  const written = results.filter(({ change }) => change !== undefined);
  const lists = await listChanges(
    input.root,
    { all: results.map(({ standing }) => standing), written: written.map(({ standing }) => standing) },
    engineOf(input.plan, session.catalog),
  );
  const changes: readonly Change[] = [
    ...[...written, ...others].flatMap(({ change }) => change ?? []),
    ...lists,
    ...edit.changes,
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
  const blind = results.filter((result) => result.blind).map(({ standing }) => standing.need.name);
  return {
    command: "secrets",
    changes: { changes },
    findings: edit.findings,
    preview: preview(results, { key, others }, session),
    question: "Write?",
    nothingToDo: `${preview(results, { key: undefined, others }, session)}\n  nothing to write`,
    details: {
      secrets: results.map(({ standing, told }) => secretData(standing.need, told)),
      ...(others.length > 0 && { files: others.map(({ path, told }) => ({ path, state: told })) }),
    },
    ...(blind.length > 0 && {
      decision: {
        message: `what is in ${blind.join(", ")} cannot be compared, because no key here opens the file`,
        hint: "--replace writes over it; or put the key that opens it where sops finds it",
        agreed: isOn(session, "replace"),
      },
    }),
    apply: async () => {
      // First the key: files that nothing opens would be worse than a key that nothing needs.
      if (key?.made !== undefined) writeKey(key.made, now);
      await applyChanges(input.root, [...writesOf({ changes }), ...edit.writes]);
      return {
        done: [
          ...doneLines(written, key),
          ...others.flatMap(({ path, change }) => (change ? [`${path} encrypted`] : [])),
        ],
        nextSteps: nextSteps(written, key),
      };
    },
  };
}

const ASKED = "bootstrap/secrets.sh asks for it and gives it to the cluster";

function aroundOf({ as, seal }: WrittenSecrets, { key, sealingKey }: SecretsInput, now: Date): Around {
  if (seal.by === "age" && as !== "SealedSecret") return { as, recipients: key?.recipients ?? seal.recipients, now };
  if (sealingKey === undefined) throw new Error("a SealedSecret is sealed for a certificate");
  return { as: "SealedSecret", key: sealingKey };
}

/** Who can open the files stands in homelab.yaml, and what follows from it. */
async function specEdit({ root, text, key }: SecretsInput, session: Session) {
  if (key === undefined) return { changes: [], writes: [], findings: [] };
  const after = setInSpec(text, SPEC_FILE, "secrets.age", [...key.recipients], session.catalog);
  return editSpec(root, { before: text, after }, readState(root), session);
}

function onlyListed(
  { needs, findings }: Pick<SecretsInput, "needs" | "findings">,
  state: (need: NeededSecret) => string,
): Prepared {
  return {
    command: "secrets",
    changes: { changes: [] },
    findings,
    preview: needs.map((need) => secretText(need, state(need))).join("\n"),
    question: "",
    nothingToDo: "  this network needs no secret",
    details: { secrets: needs.map((need) => secretData(need, state(need))) },
    ...(needs.length > 0 && { pending: true }),
    readOnly: true,
    apply: () => Promise.reject(new Error("a list is not written")),
  };
}

function stateOf({ wanted }: SecretsInput, need: NeededSecret): string {
  const standing = wanted.find((one) => isSame(one.standing.need, need))?.standing;
  // What is needed before the rest can be opened stands in no file.
  if (standing === undefined) return ASKED;
  const missing = missingKeys(standing);
  if (missing.length === 0) return standing.path;
  return missing.length === need.keys.length ? "missing" : `${missing.map(({ key }) => key).join(", ")} missing`;
}
