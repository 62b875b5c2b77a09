/**
 * A release against its chart: rendered by helm when HOMELAB_NET_CHARTS names a folder with the charts
 * (`<folder>/<chart name>/`), otherwise its values against what HOMELAB_NET_COMPONENTS holds of the chart.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { Ajv2019 } from "ajv/dist/2019.js";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { requireComponents } from "./components.ts";
import { readManifests, type KubernetesObject } from "./manifests.ts";
import { output } from "./run.ts";
import { tool } from "./tools.ts";
import { unknownValueKeys, type ChartValues, type ValuesSchema } from "./values.ts";
import { temporaryFolder } from "./workspace.ts";

export interface RenderOptions {
  readonly chartDir: string;
  readonly name: string;
  readonly namespace: string;
  readonly valuesFile: string;
  readonly kubeVersion?: string;
  /** What the cluster serves beside the built-in kinds, `gateway.networking.k8s.io/v1/HTTPRoute`. */
  readonly apiVersions?: readonly string[];
}

/** Folder of a chart below HOMELAB_NET_CHARTS; `undefined` when the variable is not set. */
export function chartFolder(chart: string): string | undefined {
  const folder = process.env["HOMELAB_NET_CHARTS"];
  if (folder === undefined || folder === "") return undefined;
  const path = join(folder, chart);
  if (existsSync(join(path, "Chart.yaml"))) return path;
  throw new Error(`HOMELAB_NET_CHARTS: ${folder} holds no chart ${chart}`);
}

/** The objects a release installs, without its CRDs and hooks' order. Rejects with helm's message. */
export async function renderChart(options: RenderOptions): Promise<KubernetesObject[]> {
  const { chartDir, name, namespace, valuesFile, kubeVersion, apiVersions = [] } = options;
  const home = temporaryFolder("helm");
  const text = await output(
    tool("helm"),
    [
      "template",
      name,
      chartDir,
      `--namespace=${namespace}`,
      `--values=${valuesFile}`,
      ...(kubeVersion === undefined ? [] : [`--kube-version=${kubeVersion}`]),
      ...apiVersions.map((version) => `--api-versions=${version}`),
    ],
    // Neither plugins nor repositories of whoever runs the tests.
    {
      env: {
        PATH: process.env["PATH"],
        HOME: home,
        HELM_CACHE_HOME: home,
        HELM_CONFIG_HOME: home,
        HELM_DATA_HOME: home,
      },
    },
  );
  return readManifests(text, `${name} (${basename(chartDir)})`);
}

export interface ComponentChart extends ChartValues {
  /** `metallb/values.yaml`, for messages. */
  readonly source: string;
  readonly schemaFiles: readonly SchemaFile[];
}

interface SchemaFile {
  readonly name: string;
  readonly schema: ValuesSchema;
}

// Maps a chart hands on as they are although it sets some keys itself: configuration files, whole specs, environments.
const FREE: Readonly<Record<string, readonly string[]>> = {
  calico: ["defaultFelixConfiguration"],
  "envoy-gateway": ["config.envoyGateway"],
  grafana: ["grafana.ini"],
  "kube-vip": ["env"],
  "prometheus-blackbox-exporter": ["config"],
  "step-issuer": ["securityContext"],
  traefik: ["service.spec"],
  "vault-secrets-operator": ["controller.podSecurityContext", "controller.securityContext"],
};

/**
 * What a folder of the components holds of a chart. `file` where the folder has more than one:
 * `frr-k8s.values.yaml`, `1.19.6/values.yaml`.
 */
export function chartOf(
  component: string,
  options: Pick<ChartValues, "subcharts" | "free"> & { readonly file?: string } = {},
): ComponentChart {
  const { file = "values.yaml", subcharts = {}, free = [] } = options;
  const folder = join(requireComponents(), component);
  const values = readFileSync(join(folder, file), "utf8");
  const schemaFiles = schemasBeside(folder, file);
  const [root] = schemaFiles;
  return {
    values,
    subcharts,
    free: [...free, ...(FREE[component] ?? [])],
    schemaFiles,
    source: `${component}/${file}`,
    ...(root === undefined ? {} : { schema: root.schema }),
  };
}

/** The schema of the values first, then what it refers to. A chart that only refers has a folder `schemas-…`. */
function schemasBeside(folder: string, file: string): SchemaFile[] {
  const read = (path: string): SchemaFile => ({
    name: basename(path),
    schema: JSON.parse(readFileSync(path, "utf8")) as ValuesSchema,
  });
  const referred = readdirSync(folder).find((name) => name.startsWith("schemas-"));
  if (referred !== undefined) {
    const names = readdirSync(join(folder, referred)).toSorted(
      (a, b) => Number(b === "values.schema.json") - Number(a === "values.schema.json"),
    );
    return names.map((name) => read(join(folder, referred, name)));
  }
  const beside = join(folder, file.replace(/values((\.[\w-]+)?)\.yaml$/, "values.schema$1.json"));
  return existsSync(beside) ? [read(beside)] : [];
}

/** Everything that is wrong with a values file: keys the chart does not know, values its schema refuses. */
export function valuesProblems(text: string, chart: ComponentChart): string[] {
  const schemaOnly = chart.values.trim() === "" && chart.schemaFiles.length > 0;
  const unknown = schemaOnly ? [] : unknownValueKeys(text, chart);
  return [
    ...unknown.map(({ path, line }) => `line ${line}: ${chart.source} knows no ${path}`),
    ...schemaProblems(text, chart).map((problem) => `${chart.source}: ${problem}`),
  ];
}

const validators = new Map<string, ValidateFunction>();
const defaults = new Map<string, unknown>();

function schemaProblems(text: string, { schemaFiles, source, values }: ComponentChart): string[] {
  if (schemaFiles.length === 0) return [];
  const validate = validators.get(source) ?? validatorOf(schemaFiles);
  validators.set(source, validate);
  // Helm validates the chart's values with the user's laid over them.
  if (!defaults.has(values)) defaults.set(values, parse(values, { version: "1.1" }));
  validate(merged(defaults.get(values), parse(text, { version: "1.1" })) ?? {});
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    [instancePath, message, params["additionalProperty"]].filter((part) => part !== undefined).join(" "),
  );
}

function validatorOf([root, ...others]: readonly SchemaFile[]): ValidateFunction {
  const { $schema: dialect, ...schema } = root?.schema ?? {};
  const base = String(schema["$id"] ?? "https://chart.invalid/values.schema.json");
  const Validator = /2020-12/.test(String(dialect)) ? Ajv2020 : /2019-09/.test(String(dialect)) ? Ajv2019 : Ajv;
  const ajv = new Validator({ strict: false, allErrors: true, validateFormats: false, logger: false });
  for (const { name, schema: other } of others) ajv.addSchema(other, new URL(`schemas/${name}`, base).href);
  return ajv.compile({ ...schema, $id: base });
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Maps key by key, everything else replaced; a null of the user takes the chart's key away. */
function merged(chart: unknown, user: unknown): unknown {
  if (!isMap(chart) || !isMap(user)) return user ?? chart;
  const keys = [...new Set([...Object.keys(chart), ...Object.keys(user)])].filter((key) => user[key] !== null);
  return Object.fromEntries(keys.map((key) => [key, merged(chart[key], user[key])]));
}
