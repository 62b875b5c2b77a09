import { z } from "zod";
import { collectorOf } from "../model/metrics.ts";
import type { Component } from "../model/component.ts";
import { OBSERVABILITY } from "../model/observability.ts";
import type { Flow } from "../model/unit.ts";
import { anywhere } from "../model/workloads.ts";
import { METRIC_TYPES } from "./prometheus-operator-crds.ts";
import { probesBegin } from "./probesBegin.ts";
import { ALARMS, internetResolvers, modulesOf, pings, probedIn, probeObject } from "./probes.ts";
import { PROBE_PICTURES } from "./addressPictures.ts";

export const BLACKBOX = "blackbox-exporter";
const ID = BLACKBOX;
const PROBES = `${ID}/probes`;
const PORT = 9115;

/** Asks addresses of the network as its people do, where nothing behind them has numbers of its own. */
export const blackboxExporter: Component<Record<string, never>> = {
  id: ID,
  title: "Blackbox exporter",
  summary: "asks the addresses of the network whether they answer, so that Prometheus knows; one small pod",
  options: z.strictObject({}),
  units: (plan) => [
    {
      id: ID,
      component: ID,
      namespace: OBSERVABILITY,
      release: { name: ID, chart: ID, values: `components/${ID}/values.yaml` },
      view: { modules: modulesOf(plan), pings: pings(plan), resolvers: internetResolvers(plan) },
    },
    {
      id: PROBES,
      component: ID,
      namespace: OBSERVABILITY,
      objects: { "probes.yaml": probedIn(plan).map((probed) => probeObject(probed, `${ID}:${PORT}`)) },
      after: [METRIC_TYPES, ID],
      view: {},
    },
  ],
  flows: (plan) => [asked(plan)],
  begins: (plan) => probesBegin({ namespace: OBSERVABILITY, labels }, plan),
  metrics: () => [{ unit: ID, namespace: OBSERVABILITY, name: ID, pods: labels, port: PORT }],
  dashboards: () => [PROBE_PICTURES],
  alarms: (plan) => ALARMS.filter(({ job }) => probedIn(plan).some((probed) => probed.job === job)),
  workloads: () => [anywhere(BLACKBOX, 24)],
  pins: [ID],
  docs: {
    template: `components/${ID}/docs.md`,
    fragments: { alarms: `components/${ID}/alarms.md` },
    view: (plan) => {
      const of = (job: string) => probedIn(plan).filter((probed) => probed.job === job);
      const targets = (job: string) => [...new Set(of(job).flatMap((probed) => probed.targets))];
      return {
        probed: probedIn(plan).flatMap(({ what, targets: all }) => all.map((target) => ({ what, target }))),
        api: targets("probe-api"),
        gateways: targets("probe-gateways"),
        server: targets("probe-dns")[0] ?? null,
        resolvers: targets("probe-resolvers").join(", ") || null,
        machines: targets("probe-machines"),
        publicly: targets("probe-public"),
        servers: internetResolvers(plan),
        domain: plan.domains[0] ?? "",
      };
    },
  },
};

/** Of the chart's pod (11.17.2, templates/_helpers.tpl). */
const labels = {
  "app.kubernetes.io/name": "prometheus-blackbox-exporter",
  "app.kubernetes.io/instance": ID,
};

const asked = (plan: Parameters<typeof collectorOf>[0]): Flow => {
  const collector = collectorOf(plan);
  return {
    unit: ID,
    namespace: OBSERVABILITY,
    name: ID,
    to: labels,
    from: collector === undefined ? [] : [collector.pods],
    ports: [{ port: PORT, protocol: "TCP" }],
    because: "Prometheus says what to ask",
  };
};
