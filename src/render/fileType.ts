/** The language of an emitted file, by its name: it decides how values are escaped. */

export type FileType = "yaml" | "markdown" | "shell" | "json" | "hcl" | "routeros" | "text";

const byEnding: Readonly<Record<string, FileType>> = {
  ".yaml": "yaml",
  ".yml": "yaml",
  ".md": "markdown",
  ".sh": "shell",
  ".json5": "json",
  ".json": "json",
  // A TOML basic string takes every JSON string (toml.io v1.0.0, "String"), numbers and booleans are alike.
  ".toml": "json",
  ".tf": "hcl",
  ".hcl": "hcl",
  ".tfvars": "hcl",
  // Commands of VyOS are read by a bash of its own (vyos/vyatta-bash), with its quotes.
  ".vyos": "shell",
  ".rsc": "routeros",
  // Line-oriented formats without quoting of their own: HAProxy, FRR, dnsmasq, nftables, systemd, cmdline.txt.
  ".cfg": "text",
  ".conf": "text",
  ".txt": "text",
  ".service": "text",
};

const byName: Readonly<Record<string, FileType>> = {
  _gitignore: "text",
  _gitattributes: "text",
  _editorconfig: "text",
  CODEOWNERS: "text",
};

/** `undefined`: no escaping is known, so such a file can only be copied as it is. */
export function fileType(path: string): FileType | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  return byName[name] ?? (dot < 0 ? undefined : byEnding[name.slice(dot)]);
}
