/** Versions of apps that were added: in files that Renovate's managers are pointed at, in the words they look for. */
import { expect, it } from "vitest";
import { compose } from "../../src/compose/compose.ts";
import { assembleCatalog } from "../../src/cli/catalog.ts";
import { rules } from "../../src/rules/index.ts";
import { planSpec } from "../../src/rules/planSpec.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import { composedApp, newApps } from "../fixtures/newApps.ts";

const catalog = assembleCatalog();
const specText = catalog.templates.render("presets/talos-cilium-envoy.yaml", {});
const { plan } = planSpec(specText, "homelab.yaml", catalog, rules);
const { tree } = compose(plan, catalog, { specText, version: "0.0.0" });
const configuration = [...tree].find(([path]) => path === ".renovaterc.json5")?.[1].content ?? "";

type Manager = "flux" | "helm-values" | "kubernetes";

/** Whether the manager looks into the file at all. */
function looksInto(manager: Manager, path: string): boolean {
  const found = new RegExp(`"?${manager}"?: \\{ managerFilePatterns: \\[("(?:[^"\\\\]|\\\\.)+")\\]`).exec(
    configuration,
  );
  const pattern = JSON.parse(found?.[1] ?? '""') as string;
  return new RegExp(pattern.slice(1, -1)).test(path);
}

type Mapping = Readonly<Record<string, unknown>>;
const isMap = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const maps = (value: unknown): readonly Mapping[] =>
  Array.isArray(value) ? value.flatMap(maps) : isMap(value) ? [value, ...Object.values(value).flatMap(maps)] : [];

/** What each manager takes for a version (Renovate documentation, Managers). */
const FOUND: Readonly<Record<Manager, (file: unknown) => readonly string[]>> = {
  "helm-values": (file) =>
    maps(file).flatMap(({ repository, tag }) =>
      typeof repository === "string" ? [`${repository} ${String(tag)}`] : [],
    ),
  kubernetes: (file) => maps(file).flatMap(({ image }) => (typeof image === "string" ? [image.replace(":", " ")] : [])),
  flux: (file) =>
    maps(file).flatMap(({ kind, spec }) => {
      if (!isMap(spec)) return [];
      const { url, ref, chart } = spec;
      if (kind === "OCIRepository" && isMap(ref)) return [`${String(url)} ${String(ref["tag"])}`];
      if (kind !== "HelmRelease" || !isMap(chart) || !isMap(chart["spec"])) return [];
      return [`${String(chart["spec"]["chart"])} ${String(chart["spec"]["version"])}`];
    }),
};

const TEMPLATE = `oci://ghcr.io/bjw-s-labs/helm/app-template ${catalog.pins.get("app-template")?.version}`;

it.each([
  ["an image", "helm-values", "ghcr.io/owner/app 1.2.3"],
  ["an image", "flux", TEMPLATE],
  ["an image with everything", "helm-values", `ghcr.io/owner/app 1.2.3@sha256:${"0".repeat(64)}`],
  ["plain objects", "kubernetes", "ghcr.io/owner/app 1.2.3"],
  ["a chart of a registry", "flux", "oci://ghcr.io/owner/charts/app 1.0.0"],
  ["a chart of a repository", "flux", "app 1.0.0"],
] as const)("%s: %s finds %s", (name, manager, wanted) => {
  const files = [...composedApp(newApps[name]).tree].filter(([path]) => looksInto(manager, path));
  expect(files.flatMap(([path, { content }]) => readDocuments(content, path).flatMap(FOUND[manager]))).toContain(
    wanted,
  );
});
