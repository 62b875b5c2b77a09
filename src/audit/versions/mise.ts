/** Where mise reads which programs a repository is worked with (mise documentation, Configuration). */
import { literally } from "../../model/text.ts";

export const MISE_FILE = ".mise/config.toml";

export interface InstalledVersion {
  readonly version: string;
  /** Offsets of the version in the text. */
  readonly from: number;
  readonly to: number;
}

/** Of `"kubectl" = "1.36.4"`; the quotes around the name may be missing. */
export function installedVersion(configuration: string, program: string): InstalledVersion | undefined {
  const match = new RegExp(`^"?${literally(program)}"? = "([^"]+)"`, "dm").exec(configuration);
  const [from, to] = match?.indices?.[1] ?? [];
  return match?.[1] === undefined || from === undefined || to === undefined
    ? undefined
    : { version: match[1], from, to };
}
