/** An address of a pool for those that ask is given to what asks, whoever writes the Service. */
import { expect, it } from "vitest";
import { asMap, at } from "../../src/model/unknown.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import { networks } from "../fixtures/givens.ts";
import { networkOf } from "../fixtures/network.ts";
import { planOf } from "../fixtures/plan.ts";

const ADDRESS = "10.50.0.80";

/** Each map with annotations, wherever it stands: metadata of an object, or what a chart makes a Service of. */
function annotated(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(annotated);
  const map = asMap(value);
  if (map === undefined) return [];
  const below = Object.values(map).flatMap(annotated);
  return map["annotations"] === undefined ? below : [map, ...below];
}

it.each([
  ["envoy-gateway", {}],
  ["cilium-gateway", {}],
  ["traefik", { certificates: { letsencrypt: {} } }],
  ["ingress-nginx", { certificates: { letsencrypt: {} } }],
] as const)("%s asks for it as Cilium has to be asked", (ingress, given) => {
  const plan = planOf({ ...networks["routers told by Cilium"], ...given, ingress });
  const asking = [...networkOf(plan).tree]
    .filter(([path]) => path.endsWith(".yaml"))
    .flatMap(([path, { content }]) => readDocuments(content, path))
    .flatMap(annotated)
    .filter((map) =>
      String(at(map, "annotations", "lbipam.cilium.io/ips"))
        .split(",")
        .includes(ADDRESS),
    );
  expect(asking).not.toEqual([]);
  for (const map of asking) expect(at(map, "labels", "pool.homelab-net/more")).toBe("true");
});
