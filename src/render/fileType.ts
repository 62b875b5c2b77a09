/** The language of an emitted file, by its name: it decides how values are escaped. */

export type FileType = "yaml" | "markdown" | "shell" | "json" | "hcl" | "text";

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
  ".tfvars": "hcl",
  // Line-oriented formats without quoting of their own: HAProxy, FRR, systemd, MikroTik, VyOS, cmdline.txt.
  ".cfg": "text",
  ".conf": "text",
  ".txt": "text",
  ".service": "text",
  ".rsc": "text",
  ".vyos": "text",
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
