/** A route that was added, as the plan of today would have it: its gateways may have other names or namespaces now. */
import { composeApp } from "../../src/compose/composeApp.ts";
import { namespaceFile } from "../../src/model/layout.ts";
import { routeObjects } from "../../src/plan/units.ts";
import { parseHostname } from "../../src/model/names.ts";
import type { GeneratorRecord } from "../../src/repo/record.ts";
import { createTree } from "../../src/tree/tree.ts";
import { printDocuments } from "../../src/yaml/print.ts";
import { belowRoot, namedBelowRoot, pathBelowRoot } from "../belowRoot.ts";
import type { Rerendered, Today } from "../generator.ts";
import { inability } from "./able.ts";
import { impossibleFor } from "./machine.ts";
import { machineApp } from "./machineApp.ts";
import { objectName } from "./newRoute.ts";
import { rememberedOptions } from "./options.ts";

export function rerender(record: GeneratorRecord, today: Today): Rerendered {
  return record.inputs["to"] === undefined ? toApp(record, today) : toMachine(record, today);
}

/** Its machine may have another address as well. */
function toMachine({ inputs, files }: GeneratorRecord, { plan, catalog }: Today): Rerendered {
  const app = machineApp(inputs, plan);
  if ("because" in app) return app;
  const { source, route, namespace } = app;
  const gateways = plan.gateways.filter(({ name }) => route?.gateways.includes(name));
  const impossible = impossibleFor(gateways, source.kind === "machine" ? source.tls : undefined, catalog);
  if (impossible !== undefined) return { because: impossible.message };
  const unable = route && inability({ host: route.host, options: route, gateways }, plan, catalog);
  if (unable !== undefined) return { because: unable.message };
  const newNamespace = files.has(pathBelowRoot(namespaceFile(namespace, plan), plan));
  const { tree, ...named } = composeApp(app, { newNamespace, managedBy: "add-route" }, plan, catalog);
  return {
    tree: belowRoot(tree, plan),
    named: {
      registrations: namedBelowRoot(named.registrations, plan),
      mentions: namedBelowRoot(named.mentions, plan),
    },
  };
}

function toApp({ inputs, files }: GeneratorRecord, { plan, catalog }: Today): Rerendered {
  const { service, port, gateways } = inputs;
  const [host, options] = [parseHostname(String(inputs["host"])), rememberedOptions(inputs["options"])];
  const [namespace, app] = String(inputs["app"]).split("/");
  const [path, ...others] = files.keys();
  if (path === undefined || others.length > 0) return { because: "it is not one file" };
  if (
    host === undefined ||
    options === undefined ||
    namespace === undefined ||
    app === undefined ||
    typeof service !== "string" ||
    typeof port !== "number" ||
    !Array.isArray(gateways)
  )
    return { because: "what it was asked for is not known" };
  const there = plan.gateways.filter(({ name }) => gateways.includes(name)).map(({ name }) => name);
  if (there.length === 0) return { because: `homelab.yaml has no gateway ${gateways.join(", ")}` };
  const on = plan.gateways.filter(({ name }) => there.includes(name));
  const unable = inability({ host, options, gateways: on }, plan, catalog);
  if (unable !== undefined) return { because: unable.message };
  // The first route of an app is called like it, and so is its file by the kind alone.
  const [, suffix] = /\/[a-z]+-([^/]+)\.yaml$/.exec(path) ?? [];
  const name = suffix === undefined ? app : objectName(suffix);
  const route = { ...options, name, namespace, host, service, port, gateways: there };
  const objects = routeObjects(route, plan, catalog);
  return { tree: createTree([[path, { content: printDocuments(objects), kept: "managed", by: "add-route" }]]) };
}
