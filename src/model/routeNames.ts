/** How a kind of route says which host names it is for, in the language of the API server (CEL), and as keys of its map. */

export interface NamedKind {
  /** End of the name of its policy: `gateway-api`. */
  readonly id: string;
  readonly group: string;
  /** As the API spells them: `httproutes`. */
  readonly resources: readonly string[];
  /** A list of the names that `object` is for; `*` is all of them. */
  asked(object: "object" | "oldObject"): string;
  /** A list of regular expressions that names are compared with. Absent: it knows none. */
  patterns?(object: "object" | "oldObject"): string;
  /** What it cannot see in such a route, as a sentence for its page. */
  readonly limit?: string;
}

/** Keys of a ConfigMap have no asterisk, and host names no underscore. */
export const nameKey = (host: string): string => host.replace("*", "_");
export const nameOfKey = (key: string): string => key.replace("_", "*");
