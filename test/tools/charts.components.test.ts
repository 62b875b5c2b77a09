/** Needs HOMELAB_NET_COMPONENTS. */
import { describe, expect, test } from "vitest";
import { chartOf, valuesProblems } from "../support/charts.ts";

describe("values against the components", () => {
  test("right values of charts with and without a schema pass", () => {
    expect(
      valuesProblems("ipam: { mode: kubernetes }\nl2announcements: { enabled: true }\n", chartOf("cilium")),
    ).toEqual([]);
    expect(valuesProblems("args: [--kubelet-insecure-tls]\n", chartOf("metrics-server"))).toEqual([]);
  });

  test("a wrong key and a wrong type are problems", () => {
    const problems = valuesProblems("hubble:\n  relai: { enabled: true }\nk8sServicePort: [1]\n", chartOf("cilium"));
    expect(problems).toEqual([
      "line 2: cilium/values.yaml knows no hubble.relai",
      "cilium/values.yaml: /k8sServicePort must be string,integer",
    ]);
    expect(valuesProblems("argz: []\n", chartOf("metrics-server"))).toEqual([
      "line 1: metrics-server/values.yaml knows no argz",
    ]);
  });

  test("a map the chart hands on takes any key, the map beside it does not", () => {
    const values =
      "config:\n  envoyGateway: { provider: { type: Kubernetes, kubernetes: { deploy: { type: ControllerNamespace } } } }\n";
    expect(valuesProblems(values, chartOf("envoy-gateway"))).toEqual([]);
    expect(valuesProblems("config: { envoyGatewai: {} }\n", chartOf("envoy-gateway"))).not.toEqual([]);
  });

  test("a chart that is only a schema, in several files, is checked by it", () => {
    const chart = chartOf("app-template");
    const values = (image: string): string =>
      `controllers: { main: { containers: { main: { ${image}: { repository: nginx, tag: "1" } } } } }\n`;
    expect(valuesProblems(values("image"), chart)).toEqual([]);
    expect(valuesProblems(values("imge"), chart).join("\n")).toContain("must NOT have additional properties imge");
  });

  test("a folder may hold other charts, and charts inside a chart have keys of their own", () => {
    const frr = chartOf("metallb", { file: "frr-k8s.values.yaml" });
    expect(frr.schemaFiles.map(({ name }) => name)).toEqual(["frr-k8s.values.schema.json"]);
    const chart = chartOf("metallb", { subcharts: { "frr-k8s": frr } });
    expect(valuesProblems("frr-k8s: { frrk8s: { logLevel: debug } }\n", chart)).toEqual([]);
    expect(valuesProblems("frr-k8s: { frrk8: {} }\n", chart)).toEqual([
      "line 1: metallb/values.yaml knows no frr-k8s.frrk8",
    ]);
    expect(chartOf("flux-operator", { file: "values.flux-instance.yaml" }).schema?.properties).toHaveProperty(
      "instance",
    );
  });
});
