/** Host names against the map of their owners: what the cluster would refuse, and what the map does not know. */
import {
  gatewayNamespaces,
  HOST_NAMES,
  hindrance,
  mapNamespace,
  SHARED,
  stands,
  type Owners,
} from "../../model/claims.ts";
import type { Finding } from "../../model/finding.ts";
import { nameKey, nameOfKey } from "../../model/routeNames.ts";
import { OTHER_ROUTE_KINDS, ROUTE_KINDS } from "../../model/unit.ts";
import { asMap } from "../../model/unknown.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Instance } from "../builds.ts";
import type { Cluster } from "../cluster.ts";
import type { Services } from "../services.ts";
import { asText } from "../values.ts";
import type { Route, Written } from "./routes.ts";

export const takenName: Audit = {
  id: "NAME-TAKEN",
  severity: "error",
  title: "A route has a host name that belongs to another namespace.",
  because: "The cluster refuses the route when it is applied, and what is applied together with it waits.",
  source: "this program: policies.names of homelab.yaml; Kubernetes documentation, Validating Admission Policy",
};

export const freeName: Audit = {
  id: "NAME-FREE",
  severity: "note",
  title: "A host name belongs to nobody.",
  because: "Any namespace may have a route with this name, and answer what was meant for the app.",
  source: "this program: policies.names of homelab.yaml",
};

export const idleName: Audit = {
  id: "NAME-IDLE",
  severity: "note",
  title: "A host name belongs to a namespace that has no route with it.",
  because: "No other namespace can have the name, and nobody answers it.",
  source: "this program: policies.names of homelab.yaml",
};

export function* claims(routes: readonly Route[], services: Services, cluster: Cluster): Generator<Finding> {
  const { plan, find } = cluster;
  const map = find({ kind: "ConfigMap", group: "", name: HOST_NAMES, namespace: mapNamespace(plan) });
  if (map === undefined || map.isPatched) return;
  const owners = ownersIn(map);
  const asked = routes.filter(({ namespace }) => !gatewayNamespaces(plan).includes(namespace ?? ""));
  yield* taken(asked, owners, map);
  yield* free(asked, owners);
  yield* idle(routes, owners, { map, services, cluster });
}

const ownersIn = ({ object }: Instance): Owners =>
  new Map(
    Object.entries(asMap(object.value["data"])).flatMap(([key, value]) => {
      const owner = asText(value);
      return owner === undefined ? [] : [[nameOfKey(key), owner.split(SHARED)] as const];
    }),
  );

function* taken(routes: readonly Route[], owners: Owners, { object }: Instance): Generator<Finding> {
  for (const { kind, name, namespace = "", hostnames } of routes)
    for (const { text, place } of namespace === "" ? [] : hostnames) {
      const other = hindrance(text, namespace, owners);
      if (other === undefined) continue;
      yield toFinding(takenName, {
        message: `${kind} ${namespace}/${name} asks for ${text}, ${other.host === text ? "which" : `and ${other.host}`} belongs to ${other.namespaces.join(" and ")}`,
        places: [place, object.place(["data", nameKey(other.host)], "value")],
        fix: `another name; or give or share it, policies.names.${namespace}: [${inYaml(text)}] in homelab.yaml, then gen apply`,
      });
    }
}

/** One for each namespace: they are written down together. */
function* free(routes: readonly Route[], owners: Owners): Generator<Finding> {
  const isKnown = (host: string): boolean => [...owners.keys()].some((name) => name === host || stands(name, host));
  for (const namespace of new Set(routes.flatMap((route) => route.namespace ?? []))) {
    const found = routes
      .filter((route) => route.namespace === namespace)
      .flatMap(({ hostnames }) => hostnames.filter(({ text }) => !isKnown(text)));
    const first = [
      ...new Map(found.toReversed().map((host): [string, Written] => [host.text, host])).values(),
    ].reverse();
    if (first.length === 0) continue;
    const names = first.map(({ text }) => text);
    yield toFinding(freeName, {
      message: `${namespace} answers ${names.join(", ")}, which ${names.length === 1 ? "belongs" : "belong"} to nobody`,
      places: first.map(({ place }) => place),
      fix: `policies: { names: { ${namespace}: [${names.map(inYaml).join(", ")}] } } in homelab.yaml, then gen apply`,
    });
  }
}

interface Around {
  readonly map: Instance;
  readonly services: Services;
  readonly cluster: Cluster;
}

/** Only where every route of the namespace can be seen; what components answer is theirs to say. */
function* idle(routes: readonly Route[], owners: Owners, { map, services, cluster }: Around): Generator<Finding> {
  const { plan, live } = cluster;
  const isHidden = (namespace: string): boolean =>
    services.hidden(namespace, "") !== undefined ||
    live.some((one) => one.namespace === namespace && one.isPatched && KINDS.includes(one.object.kind));
  for (const [host, namespace] of [...owners].flatMap(([name, all]) => all.map((one) => [name, one] as const))) {
    const isTold = plan.policies.names.some((claim) => claim.host === host && claim.namespace === namespace);
    const own = routes.filter((route) => route.namespace === namespace).flatMap(({ hostnames }) => hostnames);
    const isAnswered = own.some(({ text }) => text === host || stands(host, text)) || host === "*";
    if (!isTold || isAnswered || isHidden(namespace)) continue;
    yield toFinding(idleName, {
      message: `${host} belongs to ${namespace}, where no route has it`,
      places: [map.object.place(["data", nameKey(host)], "key")],
      fix: `take it out of policies.names.${namespace} in homelab.yaml, then gen apply; or gen add-route ${host}`,
    });
  }
}

/** An asterisk at the beginning is a sign of YAML. */
const inYaml = (host: string): string => (host.startsWith("*") ? JSON.stringify(host) : host);

const KINDS: readonly string[] = [...ROUTE_KINDS, ...OTHER_ROUTE_KINDS];
