/** `dns.records` as homelab.yaml has it. */
import type { Catalog } from "../../src/model/component.ts";
import type { DnsRecord } from "../../src/model/plan.ts";
import { setInSpec } from "../../src/spec/setInSpec.ts";
import { unsetInSpec } from "../../src/spec/unsetInSpec.ts";
import { SPEC_FILE } from "../repository.ts";

/** The text with these records and no others; without any, the key goes. */
export function withRecords(text: string, records: readonly DnsRecord[], catalog: Catalog): string {
  const written = records.map(({ name, written: to }) => ({ name, to }));
  return written.length === 0
    ? (unsetInSpec(text, SPEC_FILE, "dns.records", catalog) ?? text)
    : setInSpec(text, SPEC_FILE, "dns.records", written, catalog);
}
