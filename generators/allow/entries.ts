/** `policies.allow` as homelab.yaml has it. */
import type { Catalog } from "../../src/model/component.ts";
import type { Allowed } from "../../src/model/policies.ts";
import { setInSpec } from "../../src/spec/setInSpec.ts";
import { unsetInSpec } from "../../src/spec/unsetInSpec.ts";
import { SPEC_FILE } from "../repository.ts";
import { portText, portValues } from "./party.ts";

export const ALLOW = "policies.allow";

export interface Entry {
  readonly from: string;
  readonly to: string;
  /** `5432`, `53/udp`; none: every port. */
  readonly ports: readonly string[];
}

export const entryOf = ({ from, to, ports }: Allowed): Entry => ({
  from: from.text,
  to: to.text,
  ports: ports.map(portText),
});

export const isSame = (one: Entry, other: Entry): boolean =>
  one.from === other.from && one.to === other.to && sorted(one.ports) === sorted(other.ports);

const sorted = (ports: readonly string[]): string => [...ports].sort().join();

/** `databases/postgres:5432`, as it stands on a command line. */
export const answering = ({ to, ports }: Entry): string =>
  ports.length === 0 ? to : `${to.includes(":") ? `[${to}]` : to}:${ports.join(",")}`;

/** The text with these entries and no others; without any, the key goes. */
export function withEntries(text: string, entries: readonly Entry[], catalog: Catalog): string {
  const written = entries.map(({ from, to, ports }) => ({
    from,
    to,
    ...(ports.length > 0 && { ports: portValues(ports) }),
  }));
  return written.length === 0
    ? (unsetInSpec(text, SPEC_FILE, ALLOW, catalog) ?? text)
    : setInSpec(text, SPEC_FILE, ALLOW, written, catalog);
}
