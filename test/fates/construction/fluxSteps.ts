/** The steps Flux takes, and what each waits for. */
import { asList, at } from "../../../src/model/unknown.ts";
import { objects, type Files, type Found } from "./check.ts";

export const steps = (files: Files): readonly Found[] =>
  objects(files, "Kustomization").filter(({ object }) => object.apiVersion.startsWith("kustomize.toolkit.fluxcd.io/"));

export const nameOf = ({ object }: Found): string => String(at(object, "metadata", "name"));

/** Steps a step waits for, and those they wait for. */
export function waitsFor(files: Files, name: string): ReadonlySet<string> {
  const all = steps(files);
  const found = new Set<string>();
  const look = (of: string): void => {
    for (const step of all.filter((one) => nameOf(one) === of))
      for (const before of asList(at(step.object, "spec", "dependsOn")).map((entry) => String(at(entry, "name"))))
        if (!found.has(before)) {
          found.add(before);
          look(before);
        }
  };
  look(name);
  return found;
}
