/** Needs HOMELAB_NET_COMPONENTS. */
import { describe, expect, test } from "vitest";
import { requireComponents } from "../support/components.ts";
import type { KubernetesObject } from "../support/manifests.ts";
import { validateObjects } from "../support/schemas.ts";
import { core } from "../support/schemas/core.ts";
import { packagedDefinitions } from "../support/schemas/typeDeclarations.ts";

const route = (spec: object, apiVersion = "gateway.networking.k8s.io/v1"): KubernetesObject => ({
  apiVersion,
  kind: "HTTPRoute",
  metadata: { name: "photos", namespace: "media" },
  spec: { parentRefs: [{ name: "internal" }], rules: [{ backendRefs: [{ name: "photos", port: 80 }] }], ...spec },
});

const messages = (object: KubernetesObject, components?: readonly string[]): string =>
  validateObjects([object], components === undefined ? {} : { components })
    .map(({ path, message }) => `${path}: ${message}`)
    .join("\n");

describe("custom resources", () => {
  test("what is right passes", () => {
    const objects: KubernetesObject[] = [
      route({ hostnames: ["photos.home.example"] }),
      {
        apiVersion: "cilium.io/v2",
        kind: "CiliumLoadBalancerIPPool",
        metadata: { name: "lan" },
        spec: { blocks: [{ start: "172.16.1.60", stop: "172.16.1.69" }] },
      },
      {
        apiVersion: "helm.toolkit.fluxcd.io/v2",
        kind: "HelmRelease",
        metadata: { name: "cilium", namespace: "kube-system" },
        spec: {
          interval: "1h",
          chartRef: { kind: "OCIRepository", name: "cilium" },
          values: { anything: { goes: [1] } },
        },
      },
    ];
    expect(validateObjects(objects)).toEqual([]);
  });

  test.each<[string, KubernetesObject, string]>([
    ["an unknown field", route({ hostname: "a.b" }), "/spec: unknown field hostname"],
    ["an unknown field in a list", route({ rules: [{ backendRef: [] }] }), "/spec/rules/0: unknown field backendRef"],
    [
      "a wrong type",
      route({ rules: [{ backendRefs: [{ name: "photos", port: "80" }] }] }),
      "/spec/rules/0/backendRefs/0/port: must be integer",
    ],
    [
      "a value out of range",
      route({ rules: [{ backendRefs: [{ name: "photos", port: 70000 }] }] }),
      "/port: must be <= 65535",
    ],
    ["a value off its pattern", route({ hostnames: ["Not A Host"] }), "/spec/hostnames/0: must match pattern"],
    [
      "a bad label",
      { ...route({}), metadata: { name: "a", labels: { a: "b c" } } },
      "/metadata/labels/a: must match pattern",
    ],
    [
      "a kind nobody defines",
      { ...route({}), kind: "HTTPRute" },
      "no custom resource definition of any component has HTTPRute",
    ],
    [
      "a version that is not served",
      route({}, "gateway.networking.k8s.io/v1alpha2"),
      "HTTPRoute is served as v1, v1beta1, not as",
    ],
    [
      "two entries with one key",
      { ...route({}), kind: "Gateway", spec: { gatewayClassName: "a", listeners: [listener("a"), listener("a")] } },
      "/spec/listeners: two entries with the same name",
    ],
    [
      "a pattern Go alone can read",
      {
        apiVersion: "crd.projectcalico.org/v1",
        kind: "FelixConfiguration",
        metadata: { name: "default" },
        spec: { bpfLogLevel: "Loud" },
      },
      "/spec/bpfLogLevel: must match pattern",
    ],
  ])("%s is a problem", (_, object, message) => {
    expect(messages(object)).toContain(message);
  });

  test("only the named components count", () => {
    expect(messages(route({}), ["gateway-api-standard"])).toBe("");
    expect(messages(route({}), ["metallb"])).toContain("no custom resource definition of metallb has HTTPRoute");
    expect(() => messages(route({}), ["metalb"])).toThrow(`no component metalb in ${requireComponents()}`);
  });
});

function listener(name: string): object {
  return { name, port: 80, protocol: "HTTP" };
}

test("built-in kinds come from the definitions of the pinned version, and npm's declarations agree with them", () => {
  expect(core().source).toBe("kubernetes/openapi-v2-definitions.json");
  const service = core().find("v1", "Service")?.definitions?.["io.k8s.api.core.v1.ServiceSpec"];
  const declared = packagedDefinitions()["core/v1.ServiceSpec"];
  expect(Object.keys(service?.properties ?? {})).toEqual(
    expect.arrayContaining(Object.keys(declared?.properties ?? { none: 1 })),
  );
});
