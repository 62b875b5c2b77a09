/** What the namespace of an app lets its pods be: where that is little, not every image starts, and nobody sees why. */
import type { NewApp } from "../../src/compose/newApp/app.ts";
import { ExpectedError } from "../../src/model/errors.ts";
import { namespaceFile } from "../../src/model/layout.ts";
import type { Plan } from "../../src/model/plan.ts";
import { asMap, at } from "../../src/model/unknown.ts";
import { readFiles } from "../../src/repo/disk.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import { pathBelowRoot } from "../belowRoot.ts";

/** As the repository has it: its people may have said another than it was made with. */
export async function podLevelOf(namespace: string, root: string, plan: Plan): Promise<unknown> {
  const path = pathBelowRoot(namespaceFile(namespace, plan), plan);
  const text = (await readFiles(root, [path])).get(path);
  if (text === undefined) return undefined;
  try {
    const [object] = readDocuments(text, path);
    return asMap(at(object, "metadata", "labels"))["pod-security.kubernetes.io/enforce"];
  } catch (error) {
    // `check` names files that cannot be read.
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}

/** For the preview. With a user that is told every pod that is written here fits. */
export function podLevelLines({ name, namespace, source }: NewApp, level: unknown): readonly string[] {
  if (level !== "restricted" || source.kind === "machine") return [];
  if (source.kind === "chart")
    return [
      `${namespace} takes no pod that may be root or gain rights (Pod Security restricted): the chart or its values have to say so`,
    ];
  return source.container.runAs === undefined
    ? [`${namespace} takes no pod that may be root (Pod Security restricted): without --run-as ${name} does not start`]
    : [];
}
