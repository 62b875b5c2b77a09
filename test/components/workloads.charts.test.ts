/** What components say of their pods, against what their charts render. Needs HOMELAB_NET_CHARTS and HOMELAB_NET_COMPONENTS. */
import { expect, test } from "vitest";
import { nodesOf, workloadsIn } from "../../src/model/workloads.ts";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { objectsOf } from "./started.ts";
import { workloadsOf } from "./sizes.ts";

const line = (name: string, pods: number, nodes: number, memory: number): string =>
  `${name}: ${pods} pods on ${nodes} nodes, ${Math.ceil(memory)} MiB each`;

test.each(emittedNetworks)("pods and their memory are as the charts have them: $name", async (network) => {
  const { plan } = network;
  const objects = await objectsOf(network);
  const rendered = objects
    .flatMap((object) => workloadsOf(object, plan))
    // A plug-in that shares cards waits for a label that nobody gives.
    .filter(({ pods }) => pods > 0)
    .map(({ name, pods, nodes, memory }) => line(name, pods, nodes, memory));
  const told = workloadsIn(plan).map((one) => {
    const nodes = nodesOf(one, plan).length;
    return line(one.name, one.pods === "each" ? nodes : one.pods, nodes, one.memory);
  });
  expect(rendered.length).toBeGreaterThan(0);
  expect(told.toSorted()).toEqual(rendered.toSorted());
});
