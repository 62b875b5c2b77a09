/** Names as people write them: domains, machines, folders. */
import { parseIp, type Ip } from "../model/address.ts";
import { parseHostname, parseLabel, parseRepoPath, type Hostname, type Label } from "../model/names.ts";
import { maskPassword, quote } from "./quote.ts";
import { readIp } from "./readAddress.ts";
import { accept, refuse, type Outcome } from "./refusal.ts";

/** What is proposed instead is made of what was written; an address with a password gives none. */
const withoutSecrets = (text: string): string => (maskPassword(text) === text ? text : "");

/** A domain, without scheme, wildcard or trailing dot. */
export function readHostname(text: string): Outcome<Hostname> {
  const hostname = parseHostname(text);
  if (hostname !== undefined) return accept(hostname);
  if (parseIp(text) !== undefined) return refuse(`${quote(text)} is an address, and a host name stands here`);
  const meant = withoutSecrets(text)
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, "")
    .replace(/[/:].*$/, "")
    .replace(/^\*?\./, "")
    .replace(/\.$/, "");
  if (parseHostname(meant) !== undefined) return refuse(`${quote(text)} is not a bare host name`, { instead: meant });
  if (parseLabel(meant) !== undefined) return refuse(`${quote(text)} is one word, and a domain has a dot`);
  return refuse(`${quote(text)} is not a host name`, {
    fix: "letters, digits and hyphens between dots, such as ragas.cc",
  });
}

/** A host name, every name below a domain (`*.ragas.cc`), or every name (`*`). */
export function readRouteName(text: string): Outcome<string> {
  if (text === "*" || (text.startsWith("*.") && parseHostname(text.slice(2)) !== undefined)) return accept(text);
  return readHostname(text);
}

/** A name of one word (DNS label). `longest` where something shorter than the 63 characters of DNS is the limit. */
export function readLabel(text: string, longest = 63): Outcome<Label> {
  const label = parseLabel(text);
  if (label !== undefined && text.length <= longest) return accept(label);
  const meant = withoutSecrets(text)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  if (text.length > longest) return refuse(`${quote(text)} has ${text.length} characters, and ${longest} is the most`);
  const rule = "a name has lower-case letters, digits and hyphens, and begins and ends with a letter or digit";
  return refuse(
    `${quote(text)} is not a name`,
    parseLabel(meant) === undefined ? { fix: rule } : { instead: meant, fix: rule },
  );
}

/** A folder inside the repository; the repository itself is the empty text. */
export function readFolder(text: string): Outcome<string> {
  const meant = text
    .replace(/^(\.?\/)+/, "")
    .replace(/\/+$/, "")
    .replace(/^\.$/, "");
  if (/(^|\/)\.(git|homelab-net)(\/|$)/i.test(meant)) return refuse(`${quote(text)} belongs to git or to gen`);
  if (meant === text && (text === "" || parseRepoPath(text) !== undefined)) return accept(text);
  if (meant === "" || parseRepoPath(meant) !== undefined)
    return refuse(
      `${quote(text)} is not a folder as it is written here`,
      meant === "" ? { fix: "leave it out: the root of the repository" } : { instead: meant },
    );
  return refuse(`${quote(text)} is not a folder inside the repository`);
}

/** A part of a domain: one word, which stands below the first one, or the whole name. */
export function readZone(text: string): Outcome<Hostname | Label> {
  const label = parseLabel(text);
  return label === undefined ? readHostname(text) : accept(label);
}

/** Time or name server on the internet or the LAN. */
export function readServer(text: string): Outcome<Ip | Hostname> {
  if (parseIp(text) !== undefined) return readIp(text);
  const name = readHostname(text);
  return "value" in name || name.refusal.instead !== undefined
    ? name
    : refuse(`${quote(text)} is neither an IP address nor a host name`);
}

/** A machine of `lan.hosts` by name, or an address. That the name exists is looked at where the hosts are known. */
export function readHostReference(text: string): Outcome<Ip | Label> {
  const label = parseLabel(text);
  if (label !== undefined) return accept(label);
  const ip = readIp(text);
  return "value" in ip || ip.refusal.instead !== undefined || text.includes(":")
    ? ip
    : refuse(`${quote(text)} is neither an IP address nor a name of lan.hosts`);
}
