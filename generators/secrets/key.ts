/** Whom the files are encrypted for: as homelab.yaml says, or somebody new, whose private key gets into the key file of sops. */
import { UserError } from "../../src/model/errors.ts";
import { readAgeRecipient } from "../../src/fields/readAge.ts";
import { appendToKeyFile, keyFileOfSops, readKeyFile, refuseKeyFileIn } from "../../src/repo/ageKeys.ts";
import { identitiesIn, keyFileEntry, newIdentity, type Identity } from "../../src/sealing/age.ts";
import { accepted } from "../askChecked.ts";
import { given, type Flag, type Session } from "../generator.ts";

export const KEY_FLAGS: readonly Flag[] = [
  {
    name: "age-recipient",
    value: "AGE1…",
    summary: "whom to encrypt for, where homelab.yaml says nobody: the public key of somebody who has the private one",
    repeated: true,
  },
  {
    name: "age-key-file",
    value: "FILE",
    summary: "key file to open files with; where homelab.yaml says nobody, a key of it or a new one in it",
  },
];

export interface Recipients {
  readonly recipients: readonly string[];
  /** To be written before anything is encrypted with it. */
  readonly made?: { readonly identity: Identity; readonly path: string };
}

const keyFile = (session: Session): string | undefined =>
  given(session, "age-key-file") ?? keyFileOfSops(session.inherited ?? {});

/** Private keys of this computer, as sops finds them. */
export async function identitiesHere(session: Session): Promise<readonly Identity[]> {
  const path = keyFile(session);
  const texts = [session.inherited?.["SOPS_AGE_KEY"], path === undefined ? undefined : readKeyFile(path)];
  return (await Promise.all(texts.map((text) => (text === undefined ? [] : identitiesIn(text))))).flat();
}

/** Undefined where nobody says who and nobody can be asked. */
export async function newRecipients(root: string, asks: boolean, session: Session): Promise<Recipients | undefined> {
  const said = session.flags.get("age-recipient") ?? session.environment.get("age-recipient") ?? [];
  if (said.length > 0) return { recipients: [...new Set(said.map((text) => accepted(readAgeRecipient(text))))] };
  const path = keyFile(session);
  const isNamed = given(session, "age-key-file") !== undefined;
  if (path === undefined || !(asks || isNamed)) return undefined;
  const there = await identitiesIn(readKeyFile(path) ?? "");
  const last = there.at(-1);
  if (isNamed && last !== undefined) return { recipients: [last.recipient] };
  refuseKeyFileIn(root, path);
  const chosen = isNamed ? NEW : await choose(path, there, session);
  if (chosen !== NEW) return { recipients: [chosen] };
  const identity = await newIdentity();
  return { recipients: [identity.recipient], made: { identity, path } };
}

const NEW = "new";

/** The file is named before anything is written into it; no is the end. */
async function choose(path: string, there: readonly Identity[], { asker }: Session): Promise<string> {
  const choices = [
    ...there.map(({ recipient }) => ({ value: recipient, name: `the key ${recipient} of ${path}` })),
    { value: NEW, name: `a new key, added to ${path}`, description: "nothing that stands there is changed" },
  ];
  const chosen =
    there.length > 0
      ? await asker.choose("Secrets are encrypted for", choices, choices[0]?.value)
      : (await asker.confirm(`Make a key of age and add it to ${path}?`, true))
        ? NEW
        : undefined;
  if (chosen !== undefined) return chosen;
  throw new UserError(
    "nothing can be encrypted without a key",
    "--age-recipient names one of somebody who has it, --age-key-file another file",
  );
}

export const writeKey = ({ identity, path }: NonNullable<Recipients["made"]>, now: Date): void =>
  appendToKeyFile(path, keyFileEntry(identity, now));
