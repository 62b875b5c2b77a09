/** Addresses of nodes that Services have: a machine answers at them before there is any Service. */
import { expect, it } from "vitest";
import { addressProbe } from "../../src/probes/addresses.ts";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { before, changed, outsideIn, running, services, type Change, type World } from "./world.ts";

const SOMEBODY: Change = { addresses: { "172.16.1.53": { open: [22], neighbour: { mac: "a4:83:e7:00:00:01" } } } };

async function said(world: World, change: Change = {}) {
  const plan = emittedNetworks.find(({ name }) => name.includes("addresses of a node by ServiceLB"))?.plan;
  if (plan === undefined) throw new Error("no network has ServiceLB");
  const { questions, judge } = addressProbe(plan);
  const answers = await outsideIn(changed(changed(world, SOMEBODY), change)).ask(questions);
  return judge(answers).filter((verdict) => "says" in verdict === false || verdict.says.includes("172.16.1.53"));
}

it("nothing is said of them before there is a cluster", async () => {
  expect(await said(before)).toEqual([]);
});

it("they are those of a Service afterwards", async () => {
  const served = { programs: services({ "172.16.1.53": "network/k8s-gateway" }) };
  expect(await said(running, served)).toEqual([{ is: "fine", says: "172.16.1.53 answers for network/k8s-gateway" }]);
  const [missing] = await said(running, { programs: services({}) });
  expect(missing).toMatchObject({ is: "wrong", finding: { id: "DOCTOR-ADDRESS-SILENT" } });
});
