import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { chartFolder, renderChart, type RenderOptions } from "../support/charts.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

const TEMPLATE = `
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
data:
  color: {{ required "color is needed" .Values.color }}
  version: {{ .Capabilities.KubeVersion.Version }}
  routes: {{ .Capabilities.APIVersions.Has "gateway.networking.k8s.io/v1/HTTPRoute" | quote }}
`;

function release(values: string, template = TEMPLATE): RenderOptions {
  const folder = temporaryFolder("chart");
  writeFiles(folder, {
    "web/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
    "web/values.yaml": "color:\n",
    "web/values.schema.json": JSON.stringify({ properties: { color: { type: ["string", "null"] } } }),
    "web/templates/map.yaml": template,
    "values.yaml": values,
  });
  return { chartDir: join(folder, "web"), name: "front", namespace: "apps", valuesFile: join(folder, "values.yaml") };
}

describe("rendering a chart", () => {
  test("gives the objects the release installs", async () => {
    const apiVersions = ["gateway.networking.k8s.io/v1/HTTPRoute"];
    const objects = await renderChart({ ...release("color: red\n"), kubeVersion: "1.36.0", apiVersions });
    expect(objects).toEqual([
      {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "front", namespace: "apps" },
        data: { color: "red", version: "v1.36.0", routes: "true" },
      },
    ]);
  }, 60_000);

  test.each([
    ["a value the chart needs is missing", "{}\n", TEMPLATE, "color is needed"],
    ["a value is off its schema", "color: 1\n", TEMPLATE, "got number, want null or string"],
    ["the template is broken", "color: red\n", "{{ .Values.color", "unclosed action"],
    [
      "what it prints is no object",
      "color: red\n",
      "color: {{ .Values.color }}",
      "front (web): not a Kubernetes object",
    ],
  ])("rejects when %s", async (_, values, template, message) => {
    await expect(renderChart(release(values, template))).rejects.toThrow(message);
  });
});

describe("HOMELAB_NET_CHARTS", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test("names the folder of a chart", () => {
    const { chartDir } = release("");
    vi.stubEnv("HOMELAB_NET_CHARTS", join(chartDir, ".."));
    expect(chartFolder("web")).toBe(chartDir);
    expect(() => chartFolder("wib")).toThrow("holds no chart wib");
    vi.stubEnv("HOMELAB_NET_CHARTS", "");
    expect(chartFolder("web")).toBeUndefined();
  });
});
