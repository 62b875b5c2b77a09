/** What a person should see before an app is written. */
import type { NewApp } from "../../src/compose/newApp/app.ts";
import type { Catalog } from "../../src/model/component.ts";
import { pinOf } from "../../src/model/pins.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Gateway } from "../../src/model/gateway.ts";
import { answered } from "../add-route/answered.ts";
import { askText, optionLines } from "../add-route/told.ts";

export interface Shown {
  readonly app: NewApp;
  readonly newNamespace: boolean;
  readonly gateways: readonly Gateway[];
  readonly plan: Plan;
  /** What the namespace does not take of them. */
  readonly pods: readonly string[];
  /** How closed its namespace is and what it begins, where that was said. */
  readonly policies: readonly string[];
}

export function preview({ app, newNamespace, gateways, plan, pods, policies }: Shown, catalog: Catalog): string {
  const { name, namespace, route } = app;
  const lines = [
    `${name}          ${what(app, catalog)}, in namespace ${namespace}${newNamespace ? " (new)" : ""}`,
    ...(route === undefined
      ? ["no host name; gen add-route gives it one"]
      : [
          `${askText(route.host, route)} → Service ${namespace}/${route.service}:${route.port}`,
          ...optionLines(route),
          answered(route.host, gateways, plan),
        ]),
    ...volumes(app),
    ...networks(app),
    ...pods,
    ...policies,
  ];
  return `${lines.map((line) => `  ${line}`).join("\n")}\n`;
}

function what({ source }: NewApp, { pins }: Catalog): string {
  if (source.kind === "chart") return `chart ${source.chart ?? source.source} ${source.version}`;
  if (source.kind === "machine") return `machine ${source.address}`;
  const image = `image ${source.container.image.repository}:${source.container.image.tag}`;
  return source.kind === "manifests"
    ? `${image}, as plain objects`
    : `${image}, by app-template ${pinOf(pins, "app-template").version}`;
}

const networks = ({ source }: NewApp): readonly string[] =>
  ("container" in source ? (source.container.networks ?? []) : []).map(
    ({ attachment, address }) =>
      `second interface: ${attachment}, ${address === undefined ? "address by DHCP" : `address ${address}`}`,
  );

function volumes({ source }: NewApp): readonly string[] {
  if (!("container" in source) || source.container.volumes.length === 0) return [];
  const { volumes: wanted, storageClass } = source.container;
  const listed = wanted.map(({ path, size }) => `${path} ${size}`).join(", ");
  return [
    `volumes: ${listed}, of ${storageClass === undefined ? "the cluster's default storage class" : `class ${storageClass}`}`,
    "nothing in this network provides storage yet: without such a class the pod waits (kubectl get storageclass)",
  ];
}
