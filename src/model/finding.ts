/** Findings: what a check has to say about a spec, as data. Rendered once for people, once for `--json`. */

export type Severity = "error" | "warning" | "note";

/** Dotted path of a key in homelab.yaml: `loadBalancer.pools.lan`. List items by index: `lan.dns.0`. */
export type SpecPath = string;

/** Where in a text: 1-based line and column, length in characters within that line. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** The line itself, without its line break. */
  readonly text: string;
}

export interface Finding {
  /** `LB-POOL-DHCP`, `SPEC-TYPE`. The part before the last dash-word names the area. */
  readonly id: string;
  readonly severity: Severity;
  /** What is wrong, one sentence in the user's own names and numbers, lower case, no full stop. */
  readonly message: string;
  /** The keys that take part, the most telling first. */
  readonly paths: readonly SpecPath[];
  /** The same as places, where the text is known (filled in by src/spec from `paths`). */
  readonly places?: readonly Place[];
  /** What happens if it stays. A full sentence. */
  readonly consequence?: string;
  /** What to change: `pools.lan: 172.16.1.60-172.16.1.99, or …`. */
  readonly fix?: string;
}
