/** What a schema says about a key beside its type, given with `.describe()` and `.meta({ … })`. All of it is optional. */
export interface KeyMeta {
  /** One or two sentences for the editor, help and the docs. */
  readonly description?: string;
  /** What stands there, with its article: "an IPv4 address". */
  readonly kind?: string;
  /** A value as it could be written. */
  readonly example?: unknown;
  /** Why the default is the default. */
  readonly because?: string;
  /** Few words behind the key in a new homelab.yaml. */
  readonly comment?: string;
  /** Of a map: the key a bare scalar stands for. */
  readonly short?: string;
  /** Of a map of names: the key of an entry that its name stands for while it is not written. */
  readonly nameFor?: string;
  /** Of a map: `true` stands for it without keys, and with `on-off` `false` for no map at all. */
  readonly toggle?: "on" | "on-off";
  /** In a new homelab.yaml: on one line, or on several, where the usual layout would be the other. */
  readonly layout?: "line" | "lines";
}
