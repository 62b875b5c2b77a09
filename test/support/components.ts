/**
 * The folder HOMELAB_NET_COMPONENTS names: `<component>/crds/*.yaml`, `<component>/values.yaml`, `kubernetes/`.
 * It is data of other projects and no part of this repository.
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** `undefined` when the variable is not set. A value that names no such folder is an error. */
export function componentsFolder(): string | undefined {
  const folder = process.env["HOMELAB_NET_COMPONENTS"];
  if (folder === undefined || folder === "") return undefined;
  if (existsSync(join(folder, "kubernetes/openapi-v2-definitions.json"))) return folder;
  throw new Error(`HOMELAB_NET_COMPONENTS: ${folder} holds no kubernetes/openapi-v2-definitions.json`);
}

export function requireComponents(): string {
  const folder = componentsFolder();
  if (folder !== undefined) return folder;
  throw new Error("HOMELAB_NET_COMPONENTS is not set: it names the folder with CRDs and chart values this check reads");
}

/** Files with custom resource definitions, `crds/` and `crds-…/`, sorted. */
export function crdFiles(folder: string, components: readonly string[] = readdirSync(folder).toSorted()): string[] {
  return components.flatMap((component) => {
    if (!existsSync(join(folder, component))) throw new Error(`no component ${component} in ${folder}`);
    return readdirSync(join(folder, component), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && /^crds(-|$)/.test(entry.name))
      .flatMap(({ name }) =>
        readdirSync(join(folder, component, name))
          .toSorted()
          .map((file) => join(folder, component, name, file)),
      )
      .filter((file) => /\.ya?ml$/.test(file));
  });
}
