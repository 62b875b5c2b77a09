/** Flags of commands that add an entry to a map of homelab.yaml: one for each key that an entry may have, from its schema. */
import { FindingsError } from "../src/model/errors.ts";
import type { Catalog } from "../src/model/component.ts";
import { specKeys } from "../src/spec/keys.ts";
import type { SpecPath } from "../src/model/finding.ts";
import type { SpecKey } from "../src/spec/spec.ts";
import { parseSetting } from "../src/spec/setting.ts";
import { withValue, type Draft } from "./create/draft.ts";
import type { Flag } from "./generator.ts";

export interface KeyFlag extends Flag {
  /** Below the entry: `proxmox.host`. */
  readonly key: string;
  /** Key below it that the flag stands for where others below it are given. */
  readonly short?: string;
  /** Takes a value for each IP family, separated by commas. */
  readonly families?: true;
}

export interface Said {
  readonly flag: KeyFlag;
  readonly text: string;
}

const SWITCH = "true or false";

/**
 * Of `cluster.nodes`: every key below `cluster.nodes.NAME` that takes one value, in the order of the schema. A map with a
 * short form is that form: `--attach media` for `attach: { namespaces: [media] }`.
 */
export function keyFlags(map: string, catalog: Catalog): readonly KeyFlag[] {
  const prefix = `${map}.*.`;
  const keys = specKeys(catalog).filter(({ path }) => path.startsWith(prefix));
  const shortened = keys.flatMap(({ path, short }) => (short === undefined ? [] : [`${path}.${short}`]));
  return keys
    .filter(({ path, short }) => !shortened.includes(path) && (short !== undefined || !isMapAmong(path, keys)))
    .map((key) => toFlag(key.path.slice(prefix.length), key));
}

const isMapAmong = (path: string, keys: readonly SpecKey[]): boolean =>
  keys.some((other) => other.path.startsWith(`${path}.`));

function toFlag(key: string, { type, values, description, only, short }: SpecKey): KeyFlag {
  const lines = description.replaceAll("\n", "; ");
  const families = type.endsWith("for each IP family");
  return {
    key,
    name: flagOf(key),
    ...(type !== SWITCH && { value: wordFor(key, type, families) }),
    summary: only === undefined ? lines : `${lines} (${only.join(", ")})`,
    ...(values !== undefined && { choices: values }),
    ...(short !== undefined && { short }),
    ...(families && { families }),
  };
}

/** `diskSelector.busPath` is `--disk-selector-bus-path`. */
const flagOf = (key: string): string =>
  key.replaceAll(".", "-").replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function wordFor(key: string, type: string, families: boolean): string {
  if (type === "a whole number") return "N";
  const word = (flagOf(key).split("-").at(-1) ?? key).toUpperCase();
  if (families) return `${word}[,${word}]`;
  return type.startsWith("a list") ? `${word.replace(/S$/, "")},…` : word;
}

/** What flags say of the entry at `path`, as it stands in homelab.yaml. Throws FindingsError with all that is wrong. */
export function entryFrom(path: SpecPath, said: readonly Said[], catalog: Catalog): Draft {
  const settings = said.map(({ flag, text }) => {
    const whole = flag.short === undefined ? flag.key : `${flag.key}.${flag.short}`;
    const isLong = said.some((other) => other.flag.key.startsWith(`${flag.key}.`));
    const setting = parseSetting(`${path}.${whole}`, flag.families ? asList(text) : text, catalog);
    return { key: isLong ? whole : flag.key, setting };
  });
  const wrong = settings.flatMap(({ setting }) => ("finding" in setting ? [setting.finding] : []));
  if (wrong.length > 0) throw new FindingsError(wrong);
  return settings.reduce<Draft>(
    (draft, { key, setting }) => ("value" in setting ? withValue(draft, key, setting.value) : draft),
    {},
  );
}

const asList = (text: string): string =>
  text.includes(",") ? JSON.stringify(text.split(",").map((one) => one.trim())) : text.trim();
