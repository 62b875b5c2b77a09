/** What the readers of files have in common. */
export interface Reading {
  /** `node talos-cp-1`, `gateway envoy-internal`, `pool lan`, `router`. */
  readonly of: string;
  readonly value: string;
  readonly file: string;
}

export type Mapping = Readonly<Record<string, unknown>>;
export type Found = readonly (readonly [of: string, value: unknown])[];

const isMapping = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const map = (value: unknown): Mapping => (isMapping(value) ? value : {});
export const list = (value: unknown): readonly Mapping[] => (Array.isArray(value) ? value.map(map) : []);
export const inside = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce((current, key) => map(current)[key], value);
export const each = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
/** A prefix length belongs to an address of its own family. */
export const prefixOf = (ip: string): string => `prefix of the LAN, ${ip.includes(":") ? "IPv6" : "IPv4"}`;
export const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** One, or one of each family behind commas; nothing where there is none. */
export const commas = (of: string, value: unknown): Found =>
  value === undefined
    ? []
    : text(value)
        .split(",")
        .map((one) => [of, one]);
