/** An app of `add-app` as its record has it. Records are files of the repository, so nothing in them is taken on trust. */
import { parseHostname, parseLabel, type Label } from "../src/model/names.ts";
import type { Plan } from "../src/model/plan.ts";
import { isMap, type Mapping } from "../src/model/unknown.ts";
import type { Container, NewApp, NewRoute } from "../src/compose/newApp/app.ts";
import type { State } from "../src/repo/state.ts";

/** Every app of the repository that was added by the program. */
export const rememberedApps = ({ records }: Pick<State, "records">, plan: Plan): readonly NewApp[] =>
  records.flatMap(({ generator, inputs }) => (generator === "add-app" ? (rememberedApp(inputs, plan) ?? []) : []));

/** The one of that name; undefined for one that somebody wrote, or that is a part of the network. */
export const rememberedAt = (
  { namespace, name }: { readonly namespace: string; readonly name: string },
  state: Pick<State, "records">,
  plan: Plan,
): NewApp | undefined => rememberedApps(state, plan).find((app) => app.namespace === namespace && app.name === name);

/** Undefined for what is none. A route keeps those gateways that there still are. */
export function rememberedApp(inputs: Mapping, plan: Plan): NewApp | undefined {
  const [name, namespace] = [label(inputs["name"]), label(inputs["namespace"])];
  const source = sourceIn(inputs["source"]);
  if (name === undefined || namespace === undefined || source === undefined) return undefined;
  const route = routeIn(inputs["route"], plan);
  return { name, namespace, source, ...(route !== undefined && { route }) };
}

const label = (value: unknown): Label | undefined => (typeof value === "string" ? parseLabel(value) : undefined);

const isText = (value: unknown): value is string => typeof value === "string";

const isTexts = (value: unknown): value is Readonly<Record<string, string>> =>
  isMap(value) && Object.values(value).every(isText);

function sourceIn(value: unknown): NewApp["source"] | undefined {
  if (!isMap(value)) return undefined;
  const { kind, source, chart, version, selector, podPort, container } = value;
  if (kind === "image" || kind === "manifests") return isContainer(container) ? { kind, container } : undefined;
  if (kind !== "chart" || !isText(source) || !isText(version)) return undefined;
  if (chart !== undefined && !isText(chart)) return undefined;
  return {
    kind,
    source,
    version,
    ...(chart !== undefined && { chart }),
    selector: isTexts(selector) ? selector : {},
    podPort: typeof podPort === "number" ? podPort : undefined,
  };
}

function isContainer(value: unknown): value is Container {
  if (!isMap(value) || !isMap(value["image"])) return false;
  const { image, port, environment, secrets, volumes, networks = [] } = value;
  return (
    isTexts(image) &&
    isText(image["repository"]) &&
    isText(image["tag"]) &&
    typeof port === "number" &&
    isTexts(environment) &&
    Array.isArray(secrets) &&
    Array.isArray(volumes) &&
    volumes.every((volume) => isTexts(volume)) &&
    Array.isArray(networks) &&
    networks.every((network) => isTexts(network))
  );
}

/** What the gateways are asked for stands in the file of the route, which is there. */
function routeIn(value: unknown, { gateways }: Plan): NewRoute | undefined {
  if (!isMap(value)) return undefined;
  const { host: text, service, port, gateways: wanted } = value;
  const host = isText(text) ? parseHostname(text) : undefined;
  const there = gateways.filter(({ name }) => Array.isArray(wanted) && wanted.includes(name)).map(({ name }) => name);
  if (host === undefined || !isText(service) || typeof port !== "number" || there.length === 0) return undefined;
  return { host, service, port, gateways: there };
}
