/** What is proposed where Services have addresses of nodes. */
import { expect, it } from "vitest";
import { openAddresses, propose } from "../../src/plan/propose.ts";
import { specIn, textOf, values } from "./openSpecs.ts";

const onK3s = (nodes: readonly string[], rest: string) =>
  specIn(
    `${textOf({ nodes }).replace("distribution: talos", "distribution: k3s").replace("{ interface: eth0, disk: /dev/sda }", "{ interface: eth0 }")}cni: { provider: flannel }\nloadBalancer: { provider: servicelb }\n${rest}`,
  );

it("no pool is, and the first machine has the resolver beside the first gateway", () => {
  const spec = onK3s(["172.16.1.50", "172.16.1.51"], "");
  expect(openAddresses(spec)).not.toContain("loadBalancer.pools");
  expect(values(propose(spec))).toEqual({
    "lan.gateway": "172.16.1.1",
    "cluster.api.address": "172.16.1.49",
    "dns.split.address": "172.16.1.50",
    "ingress.gateways": { internal: { address: "172.16.1.50", default: true } },
  });
});

it("each gateway has a machine for itself, as long as there are any", () => {
  const spec = onK3s(
    ["172.16.1.50", "172.16.1.51"],
    "ingress: { gateways: { taken: { address: 172.16.1.50, default: true }, second: {}, third: {} } }\n",
  );
  expect(values(propose(spec))).toMatchObject({ "ingress.gateways.second.address": "172.16.1.51" });
  expect(values(propose(spec))).not.toHaveProperty("ingress.gateways.third.address");
});
