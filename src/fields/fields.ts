/**
 * Fields of homelab.yaml whose text becomes a checked value. Written as text, so the JSON Schema has a pattern for the
 * editor; read by a reader, so the message names what is wrong and what was meant.
 */
import { z } from "zod";
import type { KeyMeta } from "./keyMeta.ts";
import { readBranch, readRepositoryUrl } from "./repositoryUrl.ts";
import { readCidr, readIp, readRange } from "./readAddress.ts";
import { readMinor } from "./readMinor.ts";
import { readFolder, readHostname, readHostReference, readLabel, readServer } from "./readName.ts";
import type { Outcome } from "./refusal.ts";

const IPV4 = "\\d{1,3}(\\.\\d{1,3}){3}";
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
  field(readIp, { kind: "an IPv4 address", example: "172.16.1.60", ...meta }, IPV4);

export const cidrField = (meta: KeyMeta = {}) =>
  field(readCidr, { kind: "a network as a CIDR", example: "172.16.1.0/24", ...meta }, `${IPV4}/\\d{1,2}`);

export const rangeField = (meta: KeyMeta = {}) =>
  field(
    readRange,
    { kind: "a range of addresses", example: "172.16.1.60-172.16.1.69", ...meta },
    `${IPV4}( *- *${IPV4}|/\\d{1,2})?`,
  );

export const hostnameField = (meta: KeyMeta = {}) =>
  field(readHostname, { kind: "a host name", example: "ragas.cc", ...meta }, `${LABEL}(\\.${LABEL})+`);

export const labelField = (meta: KeyMeta & { readonly longest?: number } = {}) => {
  const { longest = 63, ...rest } = meta;
  return field((text) => readLabel(text, longest), { kind: "a name", ...rest }, LABEL).meta({
    maxLength: longest,
    ...rest,
  });
};

export const serverField = (meta: KeyMeta = {}) => field(readServer, { kind: "a host name or IPv4 address", ...meta });

export const hostReferenceField = (meta: KeyMeta = {}) =>
  field(readHostReference, { kind: "an IPv4 address or a name of lan.hosts", ...meta });

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

export const branchField = (meta: KeyMeta = {}) => field(readBranch, { kind: "a branch name", ...meta });

/** A map from names the user gives to values. */
export const named = <Value extends z.ZodType>(value: Value, meta: KeyMeta = {}) =>
  z.record(labelField(), value).meta({ ...meta });
