import { describe, expect, it } from "vitest";
import { planOf } from "../../test/fixtures/plan.ts";
import { machinesMetered, meteredIn, metricFlows } from "./metrics.ts";
import type { Plan } from "./plan.ts";

const ASKED = planOf({ certificates: { letsencrypt: {} }, observability: { prometheus: {} } });
const flows = (plan: Plan) =>
  plan.chosen.flatMap((chosen) => chosen.component.flows?.(plan, chosen.options, chosen) ?? []);

describe("who answers with numbers", () => {
  it("is nobody where nobody asks", () => {
    const plan = planOf({ observability: { nodeExporter: {} } });
    expect(meteredIn(plan)).toEqual([]);
    expect(machinesMetered(plan)).toEqual([]);
    expect(metricFlows(plan, flows(plan))).toEqual([]);
  });

  it("is let in where something else has closed the pods", () => {
    const made = metricFlows(ASKED, flows(ASKED));
    expect(made.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["cert-manager-metrics", "k8s-gateway-metrics", "envoy-internal-metrics"]),
    );
    expect(made.find(({ name }) => name === "cert-manager-metrics")).toMatchObject({
      unit: "cert-manager",
      namespace: "cert-manager",
      from: [{ namespace: "observability", labels: { "app.kubernetes.io/name": "prometheus" } }],
      ports: [{ port: 9402, protocol: "TCP" }],
    });
  });

  it("stays open where nothing has closed it: a policy would close it to all others", () => {
    const names = meteredIn(ASKED).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["cilium-agent", "flux-operator"]));
    expect(metricFlows(ASKED, flows(ASKED)).map(({ name }) => name)).not.toEqual(
      expect.arrayContaining(["flux-operator-metrics"]),
    );
    expect(metricFlows(ASKED, [])).toEqual([]);
  });
});

describe("machines that answer with numbers", () => {
  it("are those of HAProxy and those of Ansible", () => {
    const plan = planOf({
      api: "haproxy",
      options: { haproxy: { hosts: ["pve1"] } },
      observability: { prometheus: {} },
    });
    const [pve1, pve2] = plan.lan.hosts;
    if (pve1 === undefined || pve2 === undefined) throw new Error("the fixture has two hosts");
    const hosts = [pve1, { ...pve2, nodeExporter: true }];
    expect(machinesMetered({ ...plan, lan: { ...plan.lan, hosts } })).toEqual([
      { job: "haproxy", name: "pve1", ip: "172.16.1.2", port: 8405 },
      { job: "node-exporter", name: "pve2", ip: "172.16.1.3", port: 9100 },
    ]);
  });
});
