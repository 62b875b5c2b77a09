/** `cluster`: keys of ours, of the distribution, of the hardware, and the nodes with what both ask of them. */
import type { Catalog } from "../model/component.ts";
import type { Choices } from "./choices.ts";
import { clusterKeys, machineKeys, nodeKeys } from "./core.ts";
import { named } from "../fields/fields.ts";
import { join, objectOf, type Keys } from "./objects.ts";
import { partOf } from "./partOf.ts";

const oneNode = { "node-1": { ip: "192.168.1.50", role: "control-plane" } };

export function clusterSchema(catalog: Catalog, { platforms: { distribution, hardware } }: Choices, slots: Keys) {
  const known = distribution !== undefined && hardware !== undefined;
  const ofNodes = join(
    "a node",
    machineKeys,
    (distribution?.nodeOptions ?? {}) as Keys,
    (hardware?.nodeOptions ?? {}) as Keys,
  );
  const nodes = named(
    objectOf(join("a node", nodeKeys, ofNodes), known).meta({
      description: "a machine of the cluster",
      kind: "a map with ip and role",
      example: oneNode["node-1"],
    }),
  )
    .refine((all) => Object.keys(all).length > 0, "no machine is named")
    .meta({
      description: "the machines of the cluster, by name",
      kind: "a map of machines",
      example: oneNode,
      minProperties: 1,
    });
  const defaults = objectOf(
    Object.fromEntries(Object.entries(ofNodes).map(([key, value]) => [key, partOf(value)])),
    known,
  );
  const {
    distribution: distributionKey,
    hardware: hardwareKey,
    kubernetes,
    ...rest
  } = clusterKeys(catalog, distribution);
  const keys = join(
    "cluster",
    { distribution: distributionKey, hardware: hardwareKey, kubernetes },
    (distribution?.clusterOptions ?? {}) as Keys,
    (hardware?.clusterOptions ?? {}) as Keys,
    slots,
    rest,
    {
      nodeDefaults: defaults.prefault({}).meta({
        description: "what every node has that does not say otherwise",
        because: "each node says everything itself",
      }),
      nodes,
    },
  );
  return objectOf(keys, known).prefault({}).meta({ description: "the Kubernetes cluster" });
}
