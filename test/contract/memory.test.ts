/** What components say of their memory, against the files they write, and the page of this project that is made of it. */
import { expect, it } from "vitest";
import { parse, parseAllDocuments, stringify } from "yaml";
import { presetNames } from "../../generators/create/start.ts";
import { sizeText } from "../../src/fields/size.ts";
import { fixedMemory, memoryOf, sharedMemory, totalMemory } from "../../src/model/memory.ts";
import { unitFolder } from "../../src/model/layout.ts";
import { asMap, at } from "../../src/model/unknown.ts";
import { workloadsIn } from "../../src/model/workloads.ts";
import { mebibytes } from "../components/requests.ts";
import { emitted, emittedCatalog, emittedNetworks, type Emitted } from "../fixtures/emitted.ts";

/**
 * MiB that a component says beyond what its files write, where one amount counts for several containers or the chart has
 * the rest. What charts have of their own is held against them where they are rendered.
 */
const BESIDE: Readonly<Record<string, number | readonly number[]>> = {
  // One amount for the two sidecars.
  grafana: 64,
  // One amount for what follows the configuration of two.
  "kube-prometheus-stack": 24,
  "envoy-gateway": 256,
  "flux-operator": 5 * 64,
  // With what takes snapshots, and without.
  "csi-driver-nfs": [60 + 80, 60 + 100],
  // Several caches ask for nothing, and one for what stands in the values.
  "argo-cd": [0, -32],
  "kube-vip": 64,
  // One amount for the pods that carry routes and the one that looks after them.
  metallb: [0, 48],
  // For SSH alone it runs nowhere in the cluster.
  "step-ca": [50, 0],
};

/** Every amount asked for in a text of YAML, wherever it stands, but for what is over when the pod runs, or soon. */
function amounts(value: unknown): readonly number[] {
  if (Array.isArray(value)) return value.flatMap(amounts);
  if (["CronJob", "Job"].includes(String(at(value, "kind")))) return [];
  const own = at(value, "requests", "memory");
  const { initContainers: _before, ...rest } = asMap(value);
  return [...(own === undefined ? [] : [mebibytes(own)]), ...Object.values(rest).flatMap(amounts)];
}

const sum = (all: readonly number[]): number => all.reduce((one, other) => one + other, 0);

const written = ({ plan, units, tree }: Emitted): ReadonlyMap<string, number> => {
  const of = (component: string): number =>
    sum(
      units
        .filter((unit) => unit.component === component)
        .flatMap((unit) =>
          [...tree]
            .filter(([path]) => path.startsWith(`${unitFolder(unit, plan)}/`) && path.endsWith(".yaml"))
            .flatMap(([, { content }]) => parseAllDocuments(content).flatMap((one) => amounts(one.toJS()))),
        ),
    );
  return new Map(units.map(({ component }) => [component, of(component)]));
};

const told = ({ plan }: Emitted, id: string): number =>
  sum(
    workloadsIn(plan)
      .filter(({ chosen }) => chosen.component.id === id)
      .map(({ memory }) => memory),
  );

it.each(emittedNetworks)("says as much as is written: $name", (network) => {
  const wrong = [...written(network)]
    .map(([id, amount]) => ({ id, beside: told(network, id) - amount }))
    .filter(({ id, beside }) => ![BESIDE[id] ?? 0].flat().includes(beside));
  expect(wrong).toEqual([]);
});

const EVERYTHING = { prometheus: {}, grafana: {}, nodeExporter: true, logs: { store: "loki", agent: "vector" } };

function variant(text: string, observability: unknown): Emitted {
  const { observability: _before, ...spec } = parse(text) as Record<string, unknown>;
  return emitted(stringify(observability === undefined ? spec : { ...spec, observability }));
}

function rowsOf(preset: string): readonly string[] {
  const text = emittedCatalog.templates.render(`presets/${preset}.yaml`, {});
  const own = at(parse(text), "observability");
  const variants = [
    ["without", variant(text, undefined)],
    ["with", variant(text, { ...EVERYTHING, ...asMap(own) })],
  ] as const;
  return variants.map(([what, { plan }]) => {
    const machines = memoryOf(plan);
    const pods = machines.map((machine) => fixedMemory(machine) + sharedMemory(machine));
    const has = [...new Set(machines.map((machine) => machine.has))]
      .map((size) => (size === undefined ? "not said" : sizeText(size)))
      .join(", ");
    const cells = [
      `\`${preset}\``,
      what,
      machines.length,
      has,
      sizeText(Math.min(...pods)),
      sizeText(Math.max(...pods)),
      sizeText(totalMemory(machines)),
    ];
    return `| ${cells.join(" | ")} |`;
  });
}

it("is told in the page of the presets", async () => {
  const page = [
    "# Memory of the presets",
    "",
    "What pods ask for before any app is there, with and without `observability`. The distribution asks for its own part beside that: of a",
    "control plane 2GiB, of a worker 1GiB with Talos, 512MiB with K3s, 2GiB with kubeadm. A test writes this page; `docs/memory.md` of a",
    "repository has the same for its machines, and `gen check` warns where it does not fit (MEMORY-SHORT).",
    "",
    "| preset | observability | machines | each has | least on one | most on one | all pods |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...presetNames(emittedCatalog).flatMap(rowsOf),
    "",
    "`with` is Prometheus, Grafana, node-exporter, Loki and Vector. Pod networks and pods of Envoy ask for nothing and take some all the",
    "same.",
  ];
  await expect(`${page.join("\n")}\n`).toMatchFileSnapshot("../../docs/memory.md");
});
