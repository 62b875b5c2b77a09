/** What devices that no test can start say of their own commands, as it was recorded in test/fixtures/routers. */
import routeros from "../fixtures/routers/routeros.json" with { type: "json" };
import vyos from "../fixtures/routers/vyos.json" with { type: "json" };
import { familyOf, parseCidr, parseIp, parseRange } from "../../src/model/address.ts";

const isIp = (text: string, family?: 4 | 6): boolean => {
  const ip = parseIp(text);
  return ip !== undefined && (family === undefined || familyOf(ip) === family);
};
const isNetwork = (text: string, family: 4 | 6): boolean => {
  const cidr = parseCidr(text);
  return cidr !== undefined && !cidr.hostBits && cidr.family === family;
};
const MAC = /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/;
const isPort = (text: string): boolean => /^\d+$/.test(text) && Number(text) > 0 && Number(text) < 65_536;

/** Programs of vyos-1x, src/validators, as far as the recorded paths name them. */
const VALIDATORS: Readonly<Record<string, (text: string) => boolean>> = {
  fqdn: (text) => /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(text),
  "ip-address": (text) => isIp(text),
  "ip-protocol": (text) => ["tcp", "udp"].includes(text),
  "ipv4-address": (text) => isIp(text, 4),
  "ipv4-prefix": (text) => isNetwork(text, 4),
  "ipv4-range": (text) => parseRange(text)?.family === 4 && text.includes("-"),
  ipv6: (text) => isIp(text, 6) || isNetwork(text, 6),
  "ipv6-address": (text) => isIp(text, 6),
  "ipv6-prefix": (text) => isNetwork(text, 6),
  "mac-address": (text) => MAC.test(text),
  "port-multi": (text) => text.split(",").every(isPort),
};

function takes(text: string, rule: string): boolean {
  if (rule.startsWith("regex ")) return new RegExp(`^(?:${rule.slice(6)})$`).test(text);
  const [, from, to] = /^numeric --range (\d+)-(\d+)$/.exec(rule) ?? [];
  if (from !== undefined) return /^\d+$/.test(text) && Number(text) >= Number(from) && Number(text) <= Number(to);
  return VALIDATORS[rule]?.(text) ?? false;
}

const fits = (text: string, rules: readonly string[]): boolean =>
  rules.length === 0 || rules.some((rule) => takes(text, rule));

interface Path {
  readonly tags?: readonly (readonly string[])[];
  readonly value?: readonly string[] | null;
}
const paths = Object.entries(vyos.paths as Readonly<Record<string, Path>>);

/** Words of a line as a shell sees them; ours have quotes around whole words. */
const wordsOf = (line: string): readonly string[] =>
  (line.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^'|'$/g, ""));

/** Why VyOS takes no such command; undefined where it does. */
export function vyosComplaint(line: string): string | undefined {
  const [set, ...words] = wordsOf(line);
  if (set !== "set") return `${line}: no command`;
  return paths.some(([path, node]) => isAt(words, path.split(" "), node))
    ? undefined
    : `${line}: no such path or value`;
}

function isAt(words: readonly string[], path: readonly string[], { tags = [], value = null }: Path): boolean {
  const rest = words.slice(path.length);
  if (words.length < path.length || rest.length !== (value === null ? 0 : 1)) return false;
  let tag = 0;
  const isPath = path.every((step, index) => {
    const word = words[index] ?? "";
    return step === "*" ? fits(word, tags[tag++] ?? []) : step === word;
  });
  return isPath && (value === null || fits(rest[0] ?? "", value));
}

const commands = routeros.commands as Readonly<Record<string, Readonly<Record<string, string>>>>;

/** By the words that /console/inspect has for a value; those it has none for are anything. */
const VALUES: readonly (readonly [RegExp, (text: string) => boolean])[] = [
  [/^A\.B\.C\.D {4}/, (text) => isIp(text, 4)],
  [/^A\.B\.C\.D\[/, (text) => isIp(text, 4) || isNetwork(text, 4)],
  [/^IPv6\//, (text) => isIp(text, 6) || isNetwork(text, 6)],
  [/^AB\[/, (text) => MAC.test(text)],
  [/^0\.\.4294967295$/, (text) => /^\d+$/.test(text) && Number(text) <= 4_294_967_295],
  [/time interval/, (text) => /^\d+(ms|s)$/.test(text)],
  [/^ip\|ipv6\|/, (text) => ["ip", "ipv6"].includes(text)],
];

const PROPERTY = /^([a-z0-9.-]+)=("(?:\\.|[^"\\$])*"|[A-Za-z0-9_.:/,-]+)/;

/** Why RouterOS takes no such command; undefined where it does. */
export function routerOsComplaint(line: string): string | undefined {
  const [command = "", ...rest] = line.split(/ (.*)/);
  const known = commands[command];
  if (known === undefined) return `${line}: no such command`;
  let text = (rest[0] ?? "").trim();
  const [found, property = ""] = /^\[find where ([a-z]+)=[A-Za-z0-9_-]+\] ?/.exec(text) ?? [];
  if (found !== undefined) {
    const added = commands[command.replace(/[^/]+$/, "add")] ?? known;
    if (!("numbers" in known) || !(property in added)) return `${line}: nothing to find by ${property}`;
    text = text.slice(found.length);
  }
  while (text !== "") {
    const [whole, name = "", value = ""] = PROPERTY.exec(text) ?? [];
    if (whole === undefined) return `${line}: no property at ${text}`;
    const kind = known[name];
    if (kind === undefined) return `${line}: ${command} has no ${name}`;
    const isOfKind = VALUES.find(([words]) => words.test(kind))?.[1] ?? (() => true);
    if (!isOfKind(value)) return `${line}: ${name} is no ${kind}`;
    text = text.slice(whole.length).trim();
  }
  return undefined;
}

/** A rule of a routing filter, of those that are written here (RouterOS documentation, Route Selection and Filters). */
export const isFilterRule = (rule: string): boolean =>
  rule === "reject" || /^if \(dst in [0-9a-f.:]+\/\d+ && dst-len==(32|128)\) \{ accept \}$/.test(rule);
