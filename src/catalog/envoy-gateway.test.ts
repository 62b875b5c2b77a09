import { describe, expect, test } from "vitest";
import { networkOf } from "../../test/fixtures/network.ts";
import { unitsIn } from "../../test/fixtures/inUse.ts";
import { networks } from "../../test/fixtures/givens.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { hostname } from "../../test/fixtures/values.ts";
import type { Route } from "../model/unit.ts";
import { envoyGateway } from "./envoy-gateway.ts";

const route = (gateways: readonly string[]): Route => ({
  name: "photos",
  namespace: "media",
  host: hostname("photos.ragas.cc"),
  service: "photos",
  port: 2342,
  gateways,
});
const twoGateways = planOf(networks["three control planes kept free, two workers"]);

const replicasIn = (name: keyof typeof networks): unknown =>
  unitsIn(planOf(networks[name]), "envoy-gateway").find(({ id }) => id === "envoy-gateway/config")?.view["replicas"];

describe("a route", () => {
  test("becomes an HTTPRoute in the namespace of the app, attached to the Gateway by object name", () => {
    expect(envoyGateway.gateways?.route(route(["internal"]), twoGateways)).toEqual([
      {
        apiVersion: "gateway.networking.k8s.io/v1",
        kind: "HTTPRoute",
        metadata: { name: "photos", namespace: "media" },
        spec: {
          hostnames: ["photos.ragas.cc"],
          parentRefs: [{ name: "envoy-internal", namespace: "network", sectionName: "https" }],
          rules: [{ backendRefs: [{ name: "photos", port: 2342 }] }],
        },
      },
    ]);
  });

  test("may name several gateways", () => {
    const [object] = envoyGateway.gateways?.route(route(["internal", "external"]), twoGateways) ?? [];
    expect(object?.["spec"]).toMatchObject({ parentRefs: [{ name: "envoy-internal" }, { name: "envoy-external" }] });
  });

  test("to a gateway nobody has is our bug", () => {
    expect(() => envoyGateway.gateways?.route(route(["public"]), twoGateways)).toThrow("names the gateway public");
  });
});

test("as many Envoy pods as machines can carry, two at most", () => {
  expect(replicasIn("one node")).toBe(1);
  expect(replicasIn("a control plane and a worker")).toBe(2);
  expect(replicasIn("three control planes kept free, two workers")).toBe(2);
});

test("two pods are spread over nodes, and never kept from starting on one", () => {
  const spreadIn = (name: keyof typeof networks): unknown =>
    [...networkOf(planOf(networks[name])).tree].find(([path]) => path.endsWith("/gatewayclass.yaml"))?.[1].content;
  expect(spreadIn("one node")).not.toContain("topologySpreadConstraints");
  expect(spreadIn("a control plane and a worker")).toContain("topologyKey: kubernetes.io/hostname");
  expect(spreadIn("a control plane and a worker")).toContain("whenUnsatisfiable: ScheduleAnyway");
});

test("control planes kept free carry none", () => {
  const plan = planOf({ ...networks["a control plane and a worker"], cluster: { workloadsOnControlPlanes: false } });
  expect(unitsIn(plan, "envoy-gateway").find(({ id }) => id === "envoy-gateway/config")?.view["replicas"]).toBe(1);
});

test("each gateway asks for its address in the words of the load balancer", () => {
  const config = unitsIn(twoGateways, "envoy-gateway").find(({ id }) => id === "envoy-gateway/config");
  expect(config?.view["gateways"]).toEqual([
    {
      object: "envoy-internal",
      annotations: { "lbipam.cilium.io/ips": "172.16.1.61" },
      serviceLabels: null,
      passthrough: [],
      labels: {},
      target: null,
    },
    {
      object: "envoy-external",
      annotations: { "lbipam.cilium.io/ips": "172.16.1.62" },
      serviceLabels: null,
      passthrough: [],
      labels: { "publish.homelab-net/cloudflare": "true" },
      target: { "external-dns.alpha.kubernetes.io/target": "external.ragas.cc" },
    },
  ]);
});

test("the pods that carry requests are those of every gateway", () => {
  expect(envoyGateway.gateways?.dataPlane(twoGateways)).toEqual([
    { namespace: "network", labels: { "gateway.envoyproxy.io/owning-gateway-name": "envoy-internal" } },
    { namespace: "network", labels: { "gateway.envoyproxy.io/owning-gateway-name": "envoy-external" } },
  ]);
});
