/** The Secrets a network needs, and what stands in the repository for each. */
import { compose } from "../../src/compose/compose.ts";
import { filesOfOthers, otherRegistrations, secretFile, secretRegistrations } from "../../src/compose/secretFiles.ts";
import { secretNeeds, type NeededSecret } from "../../src/compose/secretNeeds.ts";
import { keepsEarlySecrets, writtenSecrets } from "../../src/model/keptSecrets.ts";
import type { RepoPath } from "../../src/model/names.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Registration } from "../../src/model/registration.ts";
import type { Mapping } from "../../src/model/unknown.ts";
import { readFiles } from "../../src/repo/disk.ts";
import type { Identity } from "../../src/sealing/age.ts";
import { valuesIn, type Values } from "../../src/sealing/objects.ts";
import { sealedKeysIn, sealedObjectIn } from "../../src/sealing/sealedSecret.ts";
import { openFile, recipientsOf } from "../../src/sealing/sops.ts";
import { normalise } from "../../src/tree/lines.ts";
import { pathBelowRoot } from "../belowRoot.ts";
import type { Session } from "../generator.ts";
import type { OpenRepository } from "../repository.ts";

export interface Standing {
  readonly need: NeededSecret;
  /** Below the folder of homelab.yaml. */
  readonly path: RepoPath;
  readonly registrations: readonly Registration[];
  /** Entries it has where somebody else opened it before. */
  readonly others: readonly Registration[];
  readonly file: StandingFile;
}

export type StandingFile =
  | { readonly state: "missing" }
  /** Encrypted for others than those whose keys are here. */
  | { readonly state: "locked"; readonly text: string }
  /** Changed by something else than sops. */
  | { readonly state: "tampered"; readonly text: string }
  | { readonly state: "plain"; readonly text: string }
  /** For the cluster alone: which keys it has can be told, and no value. */
  | { readonly state: "sealed"; readonly text: string; readonly object: Mapping; readonly keys: readonly string[] }
  | {
      readonly state: "open";
      readonly text: string;
      readonly object: Mapping;
      readonly values: Values;
      readonly recipients: readonly string[];
    };

type Repository = Pick<OpenRepository, "root" | "plan" | "text">;

export function neededSecrets(
  plan: Plan,
  specText: string,
  { catalog, version }: Pick<Session, "catalog" | "version">,
): readonly NeededSecret[] {
  return secretNeeds(compose(plan, catalog, { specText: normalise(specText), version }).units);
}

export async function standingSecrets(
  { root, plan, text }: Repository,
  identities: readonly Identity[],
  session: Pick<Session, "catalog" | "version">,
): Promise<readonly Standing[]> {
  const kept = writtenSecrets(plan);
  if (kept === undefined) return [];
  const below = (one: Registration): Registration => ({ ...one, file: pathBelowRoot(one.file, plan) });
  const filed = neededSecrets(plan, text, session).filter(({ early }) => !early || keepsEarlySecrets(plan));
  const needs = filed.map((need) => ({
    need,
    path: pathBelowRoot(secretFile(need, kept, plan), plan),
    registrations: secretRegistrations(need, kept, plan).map(below),
    others: otherRegistrations(need, kept, plan).map(below),
  }));
  const disk = await readFiles(
    root,
    needs.map(({ path }) => path),
  );
  return Promise.all(
    needs.map(async (one) => {
      const file = disk.get(one.path);
      return {
        ...one,
        file: kept.as === "SealedSecret" ? sealed(one.path, file) : await standing(one.path, file, identities),
      };
    }),
  );
}

async function standing(
  path: RepoPath,
  text: string | undefined,
  identities: readonly Identity[],
): Promise<StandingFile> {
  if (text === undefined) return { state: "missing" };
  const recipients = recipientsOf(text, path);
  if (recipients === undefined) return { state: "plain", text };
  const opened = await openFile(text, path, identities);
  if (typeof opened === "string") return { state: opened, text };
  return { state: "open", text, object: opened.object, values: valuesIn(opened.object), recipients };
}

function sealed(path: RepoPath, text: string | undefined): StandingFile {
  if (text === undefined) return { state: "missing" };
  const object = sealedObjectIn(text, path);
  return object === undefined
    ? { state: "plain", text }
    : { state: "sealed", text, object, keys: sealedKeysIn(object) };
}

/** Files of the provider that was chosen before. */
export async function leftFiles(
  { root, plan, text }: Repository,
  session: Pick<Session, "catalog" | "version">,
): Promise<readonly RepoPath[]> {
  const paths = neededSecrets(plan, text, session).flatMap((need) =>
    filesOfOthers(need, plan).map((path) => pathBelowRoot(path, plan)),
  );
  return [...(await readFiles(root, paths)).keys()];
}

/** Keys that nobody has given a value. A file that cannot be opened here has them, as far as can be told. */
export function missingKeys({ need, file }: Standing): NeededSecret["keys"] {
  if (file.state === "missing") return need.keys;
  const there = keysThere(file);
  return there === undefined ? [] : need.keys.filter(({ key }) => !there.includes(key));
}

/** Undefined where nobody here can tell. */
export function keysThere(file: StandingFile): readonly string[] | undefined {
  if (file.state === "open") return Object.keys(file.values);
  return file.state === "sealed" ? file.keys : undefined;
}
