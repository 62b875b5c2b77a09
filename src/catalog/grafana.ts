import { z } from "zod";
import { hostnameField, ipsField, labelField } from "../fields/fields.ts";
import type { Ip } from "../model/address.ts";
import type { Component } from "../model/component.ts";
import { dashboardsIn } from "../model/dashboard.ts";
import type { PerFamily } from "../model/families.ts";
import { isMetered } from "../model/metrics.ts";
import { parseHostname, type Hostname } from "../model/names.ts";
import { OBSERVABILITY } from "../model/observability.ts";
import type { Chosen, Plan } from "../model/plan.ts";
import { classNameFor } from "../model/storage.ts";
import { appDomain } from "../model/zones.ts";
import type { Flow, SecretNeed, Unit, View } from "../model/unit.ts";
import { anywhere } from "../model/workloads.ts";
import { asksApi, asksInternet, tcp } from "./begins.ts";
import { schemeOf } from "./gatewayCertificates.ts";
import { dashboardObject } from "./grafanaDashboards.ts";
import { GRAFANA, GRAFANA_PODS } from "./grafanaPods.ts";
import { storageClassOption } from "./storageClass.ts";
import { serviceAnnotations, serviceFamilies, serviceLabels } from "./pools.ts";

const ID = GRAFANA;

const ADMIN: SecretNeed = {
  name: "grafana-admin",
  told: { "admin-user": "admin" },
  keys: [
    {
      key: "admin-password",
      what: "password of the user admin of Grafana",
      from: "anything long; openssl rand -base64 24 makes one",
    },
  ],
  because: "a password that the chart makes up is another one each time it is rendered",
};

const options = z.strictObject({
  address: ipsField()
    .optional()
    .describe("address of its own, from a pool of the load balancer: it answers there by http, without a gateway"),
  gateway: labelField()
    .optional()
    .describe("gateway that leads to it; without an address the default one when absent")
    .meta({ kind: "the name of a gateway", example: "internal" }),
  host: hostnameField()
    .optional()
    .describe("name it answers to at the gateway; grafana under the domain of apps when absent")
    .meta({ example: "grafana.ragas.cc" }),
  class: storageClassOption("volume"),
});

type Options = z.output<typeof options>;

/** Shows numbers; dashboards are ConfigMaps in any namespace with the label grafana_dashboard. */
export const grafana: Component<Options> = {
  id: ID,
  slot: "observability",
  title: "Grafana",
  summary: "pictures of numbers and logs in a browser, behind a password; one pod",
  options,
  addresses: [
    {
      key: "address",
      from: "pool",
      owner: ID,
      role: "service",
      note: "Grafana, by http",
      needed: ({ address }) => address !== undefined,
    },
  ],
  units: (plan, chosen) => [unit(plan, chosen), ...pictures(plan)],
  disks: ({ class: written }) => [{ what: "dashboards drawn in it", written, key: "class" }],
  metrics: () => [{ unit: ID, namespace: OBSERVABILITY, name: ID, pods: GRAFANA_PODS.labels, port: 3000 }],
  flows: (_, { address }) => [requests(address)],
  // Whatever shows it numbers and lines is beside it; grafana v13.2.0, pkg/setting/setting_plugins.go: preinstall.
  begins: () => [
    asksApi(GRAFANA_PODS, "it finds dashboards and where numbers are in ConfigMaps"),
    asksInternet(GRAFANA_PODS, tcp(443), "it fetches its plug-ins, those for Prometheus and Loki too"),
  ],
  offer: {},
  // The two that look for dashboards and for where numbers are count.
  workloads: () => [anywhere(ID, 256)],
  pins: [ID],
  docs: {
    template: `components/${ID}/docs.md`,
    view: (plan, chosen) => ({
      urls: urlsOf(plan, chosen),
      secret: ADMIN.name,
      namespace: OBSERVABILITY,
      numbers: isMetered(plan),
      drawn: dashboardsIn(plan).map(({ title }) => title),
    }),
  },
};

const unit = (plan: Plan, chosen: Options): Unit => ({
  id: ID,
  component: ID,
  namespace: OBSERVABILITY,
  release: { name: ID, chart: ID, values: `components/${ID}/values.yaml` },
  secrets: [ADMIN],
  routes: gatewayOf(plan, chosen).map((gateway) => ({
    name: ID,
    namespace: OBSERVABILITY,
    host: hostOf(plan, chosen),
    service: ID,
    port: 80,
    gateways: [gateway],
  })),
  view: {
    url: urlsOf(plan, chosen)[0] ?? null,
    secret: ADMIN.name,
    storage: classNameFor(plan, chosen.class) ?? null,
    ...serviceOf(chosen.address, plan),
  },
});

/** Those of the engine apart from the rest, which is the same whatever keeps the cluster. */
function pictures(plan: Plan): readonly Unit[] {
  const isEngine = ({ component }: Chosen): boolean => component.engine !== undefined;
  const of = (stage: string, chosen: readonly Chosen[]): readonly Unit[] => {
    const drawn = dashboardsIn(plan, chosen);
    return drawn.length === 0
      ? []
      : [
          {
            id: `${ID}/${stage}`,
            component: ID,
            namespace: OBSERVABILITY,
            objects: Object.fromEntries(drawn.map((one) => [`${one.id}.yaml`, [dashboardObject(one)]])),
            after: [ID],
            view: {},
          },
        ];
  };
  return [
    ...of(
      "dashboards",
      plan.chosen.filter((chosen) => !isEngine(chosen)),
    ),
    ...of("engine", plan.chosen.filter(isEngine)),
  ];
}

function serviceOf(address: PerFamily<Ip> | undefined, plan: Plan): View {
  if (address === undefined) return { service: false, annotations: null, labels: null, families: [], policy: null };
  return {
    service: true,
    annotations: serviceAnnotations(address, plan),
    labels: serviceLabels(address, plan),
    ...serviceFamilies(address, plan),
  };
}

/** Those it names, which rules look at; without an address of its own the default one, and none where there is none. */
function gatewayOf({ gateways }: Plan, { gateway, address }: Options): readonly string[] {
  if (gateway !== undefined) return gateways.filter(({ name }) => name === gateway).map(({ name }) => name);
  if (address !== undefined) return [];
  return gateways.filter(({ isDefault }) => isDefault).map(({ name }) => name);
}

const urlsOf = (plan: Plan, chosen: Options): readonly string[] => [
  ...(gatewayOf(plan, chosen).length > 0 ? [`${schemeOf(plan)}://${hostOf(plan, chosen)}`] : []),
  ...(chosen.address ?? []).map((ip) => `http://${ip.includes(":") ? `[${ip}]` : ip}`),
];

function hostOf(plan: Plan, { host }: Options): Hostname {
  const found = host ?? parseHostname(`${ID}.${appDomain(plan)}`);
  if (found === undefined) throw new Error(`no host name: ${ID} under ${appDomain(plan)}`);
  return found;
}

const requests = (address: PerFamily<Ip> | undefined): Flow => ({
  unit: ID,
  namespace: OBSERVABILITY,
  name: ID,
  to: GRAFANA_PODS.labels,
  // Forwarded by another node, a request comes from that node and not from the world (Cilium, native routing).
  from: address === undefined ? ["gateway"] : ["world", "cluster"],
  ports: [{ port: 3000, protocol: "TCP" }],
  because: "requests of browsers",
});
