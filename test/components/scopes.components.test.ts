/** Which kinds are in no namespace, against the definitions of those who make them. Needs HOMELAB_NET_COMPONENTS. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { isClusterWide } from "../../src/model/clusterWide.ts";
import { at } from "../../src/model/unknown.ts";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { crdFiles, requireComponents } from "../support/components.ts";
import { readManifests } from "../support/manifests.ts";

/** `operator.tigera.io/Goldmane` → whether it is in no namespace. */
const scopes = new Map<string, boolean>(
  crdFiles(requireComponents()).flatMap((file) =>
    parseAllDocuments(readFileSync(file, "utf8")).flatMap((document) => {
      const definition: unknown = document.toJS();
      const [group, kind] = [at(definition, "spec", "group"), at(definition, "spec", "names", "kind")];
      return kind === undefined
        ? []
        : [[`${String(group)}/${String(kind)}`, at(definition, "spec", "scope") === "Cluster"] as const];
    }),
  ),
);

const named = new Set(
  emittedNetworks.flatMap(({ tree, units }) => [
    ...units.flatMap(({ release }) => release?.clusterWide ?? []),
    ...[...tree].flatMap(([path, { content }]) =>
      /(?:^|\/)kubernetes\/.*\.yaml$/.test(path) &&
      /^kind: (?!.*Config$)/m.test(content) &&
      !path.endsWith("/kustomizeconfig.yaml") &&
      !path.endsWith("/values.yaml")
        ? readManifests(content, path).map(({ apiVersion, kind }) => `${apiVersion.split("/")[0]}/${kind}`)
        : [],
    ),
  ]),
);

const defined = [...named].filter((name) => scopes.has(name)).toSorted();

test("kinds of many makers are looked at", () => {
  expect(defined.length).toBeGreaterThan(30);
  expect(defined).toEqual(expect.arrayContaining(["operator.tigera.io/Goldmane", "projectcalico.org/Tier"]));
});

test.each(defined)("%s", (name) => {
  const [group = "", kind = ""] = name.split("/");
  expect(isClusterWide(kind, group)).toBe(scopes.get(name));
});
