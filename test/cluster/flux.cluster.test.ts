/**
 * The real kustomize-controller and helm-controller reconcile an emitted repository against a real API server. Sources
 * are stood in for (test/support/flux/sources.ts, test/cluster/upstream.ts). Run by `npm run test:cluster`. Needs HOMELAB_NET_COMPONENTS.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fluxCluster } from "./fluxCluster.ts";
import { isReady } from "../support/flux/watched.ts";
import { networks } from "./networks.ts";

const network = networks[0]!;
const cluster = fluxCluster(network);

it("works", async () => {
  await cluster.kustomizations.until("all ready", (now) => now.size > 5 && [...now.values()].every(isReady));
  console.log([...cluster.kustomizations.now.keys()]);
}, 300_000);
