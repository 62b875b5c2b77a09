/** What is said of files that are encrypted: before, and when it is done. */
import { columns } from "../../src/ui/wrap.ts";
import type { Session } from "../generator.ts";
import type { Recipients } from "./key.ts";
import type { Resealed } from "./others.ts";
import type { Sealed } from "./sealed.ts";

export const preview = (
  results: readonly Sealed[],
  { key, others }: { readonly key: Recipients | undefined; readonly others: readonly Resealed[] },
  { output }: Session,
): string =>
  [
    columns(
      results.map(({ standing, told }) => [standing.need.name, `in namespace ${standing.need.namespace}`, told]),
      "  ",
      output.width,
    ),
    ...others.map(({ path, told }) => `  ${path} ${told}`),
    ...(key?.made === undefined ? [] : [`  a new key of age is added to ${key.made.path}`]),
    "",
  ].join("\n");

export const doneLines = (written: readonly Sealed[], key: Recipients | undefined): readonly string[] => [
  ...(key?.made === undefined ? [] : [`a key of age in ${key.made.path} (back it up: nothing can make it again)`]),
  ...(written.length === 0 ? [] : [`${written.map(({ standing }) => standing.need.name).join(", ")} encrypted`]),
];

export const nextSteps = (written: readonly Sealed[], key: Recipients | undefined): readonly string[] => [
  "git add, commit and push: the cluster reads the remote",
  ...(key !== undefined || written.some(({ standing }) => standing.need.early)
    ? ["give the cluster what it needs to open them:  bootstrap/secrets.sh"]
    : []),
];
