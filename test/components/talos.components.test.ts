/** Machine configuration against the JSON schema Talos publishes. Needs HOMELAB_NET_COMPONENTS. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { talos } from "../../src/platforms/talos.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { networks } from "../fixtures/givens.ts";
import { planOf } from "../fixtures/plan.ts";
import { catalog } from "../fixtures/realCatalog.ts";
import { requireComponents } from "../support/components.ts";

const MACHINE_FILES = /\/talos\/(patches|nodes)\//;

type Node = Readonly<Record<string, unknown>>;
const isMap = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);

/** `$patch: delete` is for the one who merges; the schema describes what comes out. */
function merged(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(merged);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => !isMap(item) || item["$patch"] !== "delete")
      .map(([key, item]) => [key, merged(item)]),
  );
}

function validator(components: string): (document: unknown) => string | undefined {
  const schema = JSON.parse(readFileSync(join(components, "talos/config.schema.v1.13.9.json"), "utf8")) as {
    $id: string;
    $defs: Record<string, Node>;
  };
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema(schema);
  return (document) => {
    const kind = isMap(document) ? document["kind"] : undefined;
    const definition =
      kind === undefined
        ? "v1alpha1.Config"
        : Object.keys(schema.$defs).find((name) => name.endsWith(`.${String(kind)}V1Alpha1`));
    const validate = definition === undefined ? undefined : ajv.getSchema(`${schema.$id}#/$defs/${definition}`);
    if (validate === undefined) return `no schema for ${String(kind)}`;
    return validate(merged(document)) ? undefined : ajv.errorsText(validate.errors);
  };
}

describe("Talos 1.13.9 takes", () => {
  const problemIn = validator(requireComponents());

  test.each(Object.entries(networks))("every document of %s", (_, given) => {
    const plan = planOf(given);
    for (const [path, { content }] of talos.files(plan, [], catalog)) {
      if (!MACHINE_FILES.test(`/${path}`)) continue;
      for (const document of readDocuments(content, path))
        expect(problemIn(document), `${path}: ${JSON.stringify(document)}`).toBeUndefined();
    }
  });

  const emitted = emittedNetworks.filter(({ plan }) => plan.cluster.distribution === "talos");

  test.each(emitted)("every document of what is emitted: $name", ({ tree }) => {
    const files = [...tree].filter(([path]) => MACHINE_FILES.test(`/${path}`));
    expect(files).not.toEqual([]);
    for (const [path, { content }] of files)
      for (const document of readDocuments(content, path))
        expect(problemIn(document), `${path}: ${JSON.stringify(document)}`).toBeUndefined();
  });

  test.each<[string, unknown, string]>([
    ["a misspelt key", { machine: { instal: {} } }, "additional properties"],
    ["a wrong type", { apiVersion: "v1alpha1", kind: "LinkConfig", name: "ens18", up: "yes" }, "boolean"],
    [
      "a kind of another version",
      { apiVersion: "v1alpha1", kind: "KubeProxyConfig", enabled: false },
      "no schema for KubeProxyConfig",
    ],
    [
      "a document without its name",
      { apiVersion: "v1alpha1", kind: "Layer2VIPConfig", link: "ens18" },
      "required property 'name'",
    ],
  ])("not %s", (_, document, problem) => {
    expect(problemIn(document)).toContain(problem);
  });
});
