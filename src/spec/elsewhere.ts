/** Where a key that is unknown here would be known. */
import type { Catalog } from "../model/component.ts";
import { matches, specKeys } from "./keys.ts";
import type { Path } from "./shape.ts";

export interface Hint {
  readonly text: string;
  /** Whether that is all there is to do. */
  readonly enough: boolean;
}

const enough = (text: string): Hint => ({ text, enough: true });

/** "`dataplane` belongs to calico", "did you mean `loadBalancer.pools`?" */
export function elsewhere(path: Path, catalog: Catalog): Hint | undefined {
  const keys = specKeys(catalog);
  const key = String(path.at(-1));
  const above = path.slice(0, -1).map(String);
  const here = keys.filter((candidate) => matches(candidate.path, [...above, key]));
  const owners = here.flatMap(({ only }) => only ?? []);
  if (owners.length > 0) return { text: `\`${key}\` belongs to ${owners.join(" and ")}`, enough: false };
  const nested = key.split(".");
  if (nested.length > 1 && keys.some((candidate) => matches(candidate.path, [...above, ...nested]))) {
    return enough(
      `one key a level: ${nested.slice(0, -1).join(": { ")}: { ${nested.at(-1)}: …${" }".repeat(nested.length - 1)}`,
    );
  }
  const sameName = keys.filter((candidate) => candidate.path.endsWith(`.${key}`) && !candidate.path.includes("*"));
  return sameName.length === 1 ? enough(`did you mean \`${sameName[0]?.path}\`?`) : undefined;
}
