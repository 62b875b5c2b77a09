/**
 * Fields of homelab.yaml whose text becomes a checked value. Written as text, so the JSON Schema has a pattern for the
 * editor; read by a reader, so the message names what is wrong and what was meant.
 */
import { z } from "zod";
import type { Family, Ip } from "../model/address.ts";
import { familyIn, familyName, type PerFamily } from "../model/families.ts";
import type { KeyMeta } from "./keyMeta.ts";
import { readBranch, readRepositoryUrl } from "./repositoryUrl.ts";
import { readAgeRecipient, RECIPIENT } from "./readAge.ts";
import { readCidr, readDhcp, readIp, readRange } from "./readAddress.ts";
import { readMinor } from "./readMinor.ts";
import { readParty, readPodPort } from "./readParty.ts";
import {
  readFolder,
  readHostname,
  readHostReference,
  readLabel,
  readRouteName,
  readServer,
  readZone,
} from "./readName.ts";
import type { Outcome } from "./refusal.ts";

const IPV4 = "\\d{1,3}(\\.\\d{1,3}){3}";
const IPV6 = "[0-9a-fA-F]*:[0-9a-fA-F:]*(\\d{1,3}(\\.\\d{1,3}){3})?";
const ADDRESS = `${IPV4}|${IPV6}`;
const LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

/** How a refusal travels through zod: as `params` of a custom issue (see problems.ts). */
function field<Value>(read: (text: string) => Outcome<Value>, meta: KeyMeta, pattern?: string) {
  return z
    .string()
    .meta(pattern === undefined ? {} : { pattern: `^(${pattern})$` })
    .transform((text, context): Value => {
      const reading = read(text);
      if ("value" in reading) return reading.value;
      const { message, ...params } = reading.refusal;
      context.addIssue({ code: "custom", message, params });
      return z.NEVER;
    })
    .meta({ ...meta });
}

export const ipField = (meta: KeyMeta = {}) =>
  field(readIp, { kind: "an IP address", example: "172.16.1.60", ...meta }, ADDRESS);

export const cidrField = (meta: KeyMeta = {}) =>
  field(readCidr, { kind: "a network as a CIDR", example: "172.16.1.0/24", ...meta }, `(${ADDRESS})/\\d{1,3}`);

const rangeField = (meta: KeyMeta = {}) =>
  field(
    readRange,
    { kind: "a range of addresses", example: "172.16.1.60-172.16.1.69", ...meta },
    `(${ADDRESS})( *- *(${ADDRESS})|/\\d{1,3})?`,
  );

/** Of IPv4: a router does not hand IPv6 out from a range it tells anybody. */
export const dhcpField = (meta: KeyMeta = {}) =>
  field(
    readDhcp,
    { kind: "a range of addresses", example: "172.16.1.100-172.16.1.199", ...meta },
    `${IPV4}( *- *${IPV4}|/\\d{1,2})?`,
  );

/** One value, or a list of one for each address family. */
function perFamily<Value extends Ip | { readonly family: Family }>(
  one: (meta?: KeyMeta) => z.ZodType<Value, string>,
  meta: KeyMeta,
) {
  return z
    .union([one(), z.array(one()).min(1).max(2)])
    .transform((values, context): PerFamily<Value> => {
      const [first, second] = [values].flat() as [Value, Value?];
      if (second === undefined) return [first];
      if (familyIn(first) !== familyIn(second)) return [first, second];
      const twice = `two of ${familyName(familyIn(first))}`;
      context.addIssue({ code: "custom", message: `one of each IP family stands here, and these are ${twice}` });
      return z.NEVER;
    })
    .meta({ ...meta, kind: `${metaOf(one())}, or one for each IP family` });
}

const metaOf = (schema: z.ZodType): string => String(schema.meta()?.["kind"]);

export const ipsField = (meta: KeyMeta = {}) => perFamily(ipField, { example: "172.16.1.60", ...meta });
export const cidrsField = (meta: KeyMeta = {}) => perFamily(cidrField, { example: "172.16.1.0/24", ...meta });
export const rangesField = (meta: KeyMeta = {}) =>
  perFamily(rangeField, { example: "172.16.1.60-172.16.1.69", ...meta });

export const hostnameField = (meta: KeyMeta = {}) =>
  field(readHostname, { kind: "a host name", example: "ragas.cc", ...meta }, `${LABEL}(\\.${LABEL})+`);

export const routeNameField = (meta: KeyMeta = {}) =>
  field(
    readRouteName,
    { kind: "a host name, *.DOMAIN or *", example: "photos.ragas.cc", ...meta },
    `\\*|(\\*\\.)?${LABEL}(\\.${LABEL})+`,
  );

export const labelField = (meta: KeyMeta & { readonly longest?: number } = {}) => {
  const { longest = 63, ...rest } = meta;
  return field((text) => readLabel(text, longest), { kind: "a name", ...rest }, LABEL).meta({
    maxLength: longest,
    ...rest,
  });
};

export const serverField = (meta: KeyMeta = {}) => field(readServer, { kind: "a host name or IP address", ...meta });

export const hostReferenceField = (meta: KeyMeta = {}) =>
  field(readHostReference, { kind: "an IP address or a name of lan.hosts", ...meta });

export const zoneField = (meta: KeyMeta = {}) =>
  field(readZone, { kind: "a name below a domain", ...meta }, `${LABEL}(\\.${LABEL})*`);

export const folderField = (meta: KeyMeta = {}) => field(readFolder, { kind: "a folder of the repository", ...meta });

export const repositoryUrlField = (meta: KeyMeta = {}) =>
  field(
    readRepositoryUrl,
    { kind: "an https:// or ssh:// address of a Git repository", ...meta },
    "https://[^\\s@]+|ssh://[^\\s@:/]+@[^\\s@]+",
  );

/** A minor version of Kubernetes, `1.36`. */
export const minorField = (meta: KeyMeta = {}) =>
  field(readMinor, { kind: "a minor version, such as 1.36", ...meta }, "1\\.\\d{1,3}");

/** Pods, addresses or a word for those who are neither. */
export const partyField = (meta: KeyMeta = {}) => field(readParty, { kind: "pods, an address or a word", ...meta });

/** A port as a pod has it. */
export const podPortField = (meta: KeyMeta = {}) =>
  field(readPodPort, { kind: "a port, such as 5432 or 53/udp", ...meta }, "\\d{1,5}(/([tT][cC][pP]|[uU][dD][pP]))?");

/** Whom a file is encrypted for. */
export const ageRecipientField = (meta: KeyMeta = {}) =>
  field(readAgeRecipient, { kind: "a recipient of age", example: RECIPIENT, ...meta }, "age1[02-9ac-hj-np-z]{58}");

/** Of Linux: useradd(8) of Debian takes these; a dollar at the end is for machines of Samba. */
export const userField = (description: string) =>
  z
    .string()
    .regex(/^[a-z_][a-z0-9_-]{0,31}$/, "expected the name of a user, like root or pi")
    .optional()
    .describe(description)
    .meta({ kind: "the name of a user", example: "root" });

export const branchField = (meta: KeyMeta = {}) => field(readBranch, { kind: "a branch name", ...meta });

/** A map from names the user gives to values. */
export const named = <Value extends z.ZodType>(value: Value, meta: KeyMeta = {}) =>
  z.record(labelField(), value).meta({ ...meta });
