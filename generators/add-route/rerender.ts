/** A route that was added, as the plan of today would have it: its gateways may have other names or namespaces now. */
import { routeObjects } from "../../src/plan/units.ts";
import { parseHostname } from "../../src/model/names.ts";
import type { GeneratorRecord } from "../../src/repo/record.ts";
import { createTree } from "../../src/tree/tree.ts";
import { printDocuments } from "../../src/yaml/print.ts";
import type { Rerendered, Today } from "../generator.ts";

export function rerender({ inputs, files }: GeneratorRecord, { plan, catalog }: Today): Rerendered {
  const { service, port, gateways } = inputs;
  const host = parseHostname(String(inputs["host"]));
  const [namespace, app] = String(inputs["app"]).split("/");
  const [path, ...others] = files.keys();
  if (path === undefined || others.length > 0) return { because: "it is not one file" };
  if (
    host === undefined ||
    namespace === undefined ||
    app === undefined ||
    typeof service !== "string" ||
    typeof port !== "number" ||
    !Array.isArray(gateways)
  )
    return { because: "what it was asked for is not known" };
  const there = plan.gateways.filter(({ name }) => gateways.includes(name)).map(({ name }) => name);
  if (there.length === 0) return { because: `homelab.yaml has no gateway ${gateways.join(", ")}` };
  const name = path.endsWith("/httproute.yaml") ? app : host.replaceAll(".", "-");
  const objects = routeObjects({ name, namespace, host, service, port, gateways: there }, plan, catalog);
  return { tree: createTree([[path, { content: printDocuments(objects), kept: "managed", by: "add-route" }]]) };
}
