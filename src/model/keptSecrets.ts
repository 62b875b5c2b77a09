/** Secrets that the repository accounts for: their values in a form that only the cluster can read, or the name of where they are. */
import { chosenIn } from "./chosen.ts";
import type { Plan } from "./plan.ts";
import type { KubernetesObject, SecretNeed, TemplateId, Unit, UnitId, View } from "./unit.ts";

/** What stands in the slot `secrets` makes of the Secrets that people fill in: files with values, or objects that say where they are. */
export type KeptSecrets = WrittenSecrets | ComposedSecrets;

interface Kept {
  /** How the name of a file of one Secret ends. */
  readonly ending: string;
  /** Of the object in it, as `group/Kind`, where it is none of Kubernetes' own: who installs it comes first. */
  readonly kind?: string;
  /** Steps that have to be ready before such an object can become a Secret. */
  readonly after?: readonly UnitId[];
  /** bootstrap/secrets.sh, where it does not ask for what is needed before the engine: what it does instead. */
  readonly script?: { readonly template: TemplateId; readonly view: View };
  /** Sentence for the page of everyday life, before the list of those the network needs. */
  readonly everyDay: string;
  /** As a clause about where their values are: `are encrypted in it`. */
  readonly stand: string;
  /** What is done before the repository is pushed: what for, and by which commands. */
  readonly filled: { readonly because: string; readonly commands: readonly string[] };
  /** What bootstrap/secrets.sh gives the cluster, as the end of a sentence. */
  readonly given: string;
}

/** Of files with values. Where another provider was chosen they stay, and nobody opens them any more. */
export const ENDINGS_OF_VALUES = [".sops.yaml", ".sealed.yaml"] as const;

/** `gen secrets` writes the files, because no composition knows a value. */
export interface WrittenSecrets extends Kept {
  readonly form: "written";
  readonly ending: (typeof ENDINGS_OF_VALUES)[number];
  /**
   * The object in the repository. `Secret`: the engine opens its values before it applies it. Any other is applied as it
   * is, and what runs in the cluster makes a Secret of it.
   */
  readonly as: "Secret" | "SopsSecret" | "SealedSecret";
  /** Kustomize opens them with a plugin: the object that names their files, without those. Absent: they are listed like other files. */
  readonly generator?: Readonly<Record<string, unknown>>;
  readonly seal: Seal;
}

/** Whom values are encrypted for. */
export type Seal =
  /** Keys of age; none before somebody has made one. What is needed before the engine stands in files as well. */
  | { readonly by: "age"; readonly recipients: readonly string[] }
  /** The certificate in a file of the repository, and the script that makes it. Nobody opens them but the cluster. */
  | { readonly by: "certificate"; readonly file: string; readonly madeBy: string };

/** The values are elsewhere, and the objects that fetch them follow from what is needed. */
export interface ComposedSecrets extends Kept {
  readonly form: "composed";
  object(need: FetchedSecret): KubernetesObject;
  /** What they are fetched through, in the folder of a step: it says which namespaces may, so it is made when all are known. */
  readonly around: {
    readonly unit: UnitId;
    readonly file: string;
    object(namespaces: readonly string[]): KubernetesObject;
  };
  /** What has to be there, by name: `cloudflare in the vault homelab of 1Password, with api-token`. */
  entry(need: Pick<SecretNeed, "name" | "keys">): string;
}

export type FetchedSecret = SecretNeed & { readonly namespace: string };

const SLOT = "secrets";

/** Undefined where the repository says nothing of them. */
export function keptSecrets(plan: Plan): KeptSecrets | undefined {
  const [keeper] = chosenIn(plan, SLOT);
  return keeper?.component.keepsSecrets?.(plan, keeper.options);
}

/** Undefined where no file has values. */
export function writtenSecrets(plan: Plan): WrittenSecrets | undefined {
  const kept = keptSecrets(plan);
  return kept?.form === "written" ? kept : undefined;
}

/** Whether what is needed before the engine has files too; bootstrap/secrets.sh asks for it otherwise. */
export const keepsEarlySecrets = (plan: Plan): boolean => writtenSecrets(plan)?.seal.by === "age";

/** Whether files of Secrets lie in its folder, some of which no composition sees. */
export const keepsSecretsBeside = (unit: Pick<Unit, "secrets" | "early">, plan: Plan): boolean =>
  !unit.early && (unit.secrets ?? []).some(({ first }) => first !== true) && keptSecrets(plan) !== undefined;
