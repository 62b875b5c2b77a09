/** Values to files: what is written, what stays as it is, and why something is left out. */
import type { KeyObject } from "node:crypto";
import type { WrittenSecrets } from "../../src/model/keptSecrets.ts";
import type { Change } from "../../src/model/tree.ts";
import type { Mapping } from "../../src/model/unknown.ts";
import { withValues, type Values } from "../../src/sealing/objects.ts";
import { secretObject, sopsSecretObject } from "../../src/sealing/secret.ts";
import { sealedSecretObject, withSealedValues } from "../../src/sealing/sealedSecret.ts";
import { sealFile, type SopsRule } from "../../src/sealing/sops.ts";
import { printDocuments } from "../../src/yaml/print.ts";
import { sameMembers } from "./others.ts";
import { keysThere, type Standing } from "./standing.ts";

/** Per object that sops encrypts: which values of it. */
const RULES: Readonly<Record<SopsObject, SopsRule>> = {
  Secret: { encrypted_regex: "^(data|stringData)$" },
  SopsSecret: { encrypted_suffix: "Templates" },
};

const OBJECTS = { Secret: secretObject, SopsSecret: sopsSecretObject } as const;

type SopsObject = Exclude<WrittenSecrets["as"], "SealedSecret">;

export interface Sealed {
  readonly standing: Standing;
  readonly change?: Change;
  /** It cannot be told whether anything in it changes. */
  readonly blind?: true;
  /** What became of it, as the end of a line. */
  readonly told: string;
}

export type Around =
  | { readonly as: SopsObject; readonly recipients: readonly string[]; readonly now: Date }
  | { readonly as: "SealedSecret"; readonly key: () => KeyObject };

export const sealed = (standing: Standing, given: Values, around: Around): Promise<Sealed> =>
  around.as === "SealedSecret"
    ? Promise.resolve(sealedForCluster(standing, given, around.key))
    : encrypted(standing, given, around);

/** Nothing can be compared: what is given replaces what stands there, and the rest stays. */
function sealedForCluster(standing: Standing, given: Values, key: () => KeyObject): Sealed {
  const { need, path, file } = standing;
  if (file.state === "plain") return { standing, told: "stands there unsealed: move it away" };
  const there = keysThere(file) ?? [];
  const lacks = need.keys.filter((one) => !there.includes(one.key) && given[one.key] === undefined);
  if (lacks.length > 0) return { standing, told: notWritten(lacks) };
  if (file.state === "sealed") {
    if (Object.keys(given).length === 0) return { standing, told: `is there, with ${there.join(", ")}` };
    const after = printDocuments([withSealedValues(file.object, { ...need, values: given }, key())]);
    return { standing, change: { kind: "update", path, before: file.text, after }, told: "gets other values" };
  }
  const after = printDocuments([sealedSecretObject({ ...need, values: { ...need.told, ...given } }, key())]);
  return { standing, change: { kind: "create", path, after }, told: "is new" };
}

const notWritten = (lacks: Standing["need"]["keys"]): string =>
  `is not written: ${lacks.map(({ key }) => key).join(", ")} missing`;

async function encrypted(
  standing: Standing,
  given: Values,
  { as: kept, recipients, now }: Extract<Around, { readonly recipients: unknown }>,
): Promise<Sealed> {
  const { need, path, file } = standing;
  const as = need.early ? "Secret" : kept;
  const object = (values: Values) => OBJECTS[as]({ ...need, values: { ...need.told, ...values } });
  const write = (object: Mapping) => sealFile(object, { rule: RULES[as], recipients, now });
  const lacks = need.keys.filter(({ key }) => valuesBefore(standing)[key] === undefined && given[key] === undefined);
  const isGiven = Object.keys(given).length > 0;
  if (file.state === "plain" || file.state === "sealed")
    return { standing, told: "stands there unencrypted: move it away" };
  if (file.state === "tampered" && !isGiven)
    return { standing, told: "was changed without sops, and opens no more: take it back from Git" };
  if (file.state === "locked" && !isGiven) return { standing, told: "is there; none of the keys here opens it" };
  if (lacks.length > 0) return { standing, told: notWritten(lacks) };
  if (file.state === "open") {
    // The engine was changed, and the other one opens other objects.
    if (file.object["kind"] !== as)
      return {
        standing,
        change: { kind: "update", path, before: file.text, after: await write(object({ ...file.values, ...given })) },
        told: `becomes a ${as}`,
      };
    const isSame = Object.entries(given).every(([key, value]) => file.values[key] === value);
    const isForThem = sameMembers(file.recipients, recipients);
    if (isSame && (isForThem || recipients.length === 0)) return { standing, told: "is there" };
    const after = await write(isSame ? file.object : withValues(file.object, given));
    const told = isForThem ? "gets other values" : "is encrypted for others than before";
    return { standing, change: { kind: "update", path, before: file.text, after }, told };
  }
  const after = await write(object(given));
  if (file.state === "missing") return { standing, change: { kind: "create", path, after }, told: "is new" };
  const told = "is replaced, and cannot be compared: none of the keys here opens it";
  return { standing, change: { kind: "update", path, before: file.text, after }, blind: true, told };
}

const valuesBefore = ({ file }: Standing): Values => (file.state === "open" ? file.values : {});
