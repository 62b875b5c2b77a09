/** Whether a route finds a gateway that takes it: by name, listener, namespace and host name. */
import type { Finding } from "../../model/finding.ts";
import { suggest } from "../../model/suggest.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Cluster } from "../cluster.ts";
import { releasesOf } from "../releases.ts";
import { allows, speaks, type Gateway, type Listener } from "./gateways.ts";
import { meets } from "./names.ts";
import type { Parent, Route } from "./routes.ts";

export const missingGateway: Audit = {
  id: "ROUTE-GATEWAY",
  severity: "error",
  title: "A route names a Gateway that does not exist.",
  because: "Nobody listens for the route; its names are answered by nothing, or by another app.",
  source: "gateway-api.sigs.k8s.io, HTTPRoute: parentRefs",
};

export const unseen: Audit = {
  id: "ROUTE-UNSEEN",
  severity: "note",
  title: "A route goes to or through something that only its chart knows.",
  because: "Charts make objects that no file shows, so whether this one exists cannot be told from here.",
  source: "what this program cannot see",
};

export const missingListener: Audit = {
  id: "ROUTE-LISTENER",
  severity: "error",
  title: "A route names a listener that its Gateway does not have, or that speaks another protocol.",
  because: "The Gateway refuses the route (NoMatchingParent), and its names are answered by nothing.",
  source: "gateway-api.sigs.k8s.io, ParentReference: sectionName, port; Listener: protocol",
};

export const otherNamespace: Audit = {
  id: "ROUTE-NAMESPACE",
  severity: "error",
  title: "A Gateway takes no routes from the namespace of a route.",
  because:
    "The Gateway refuses the route (NotAllowedByListeners). Without allowedRoutes it takes only those beside it.",
  source: "gateway-api.sigs.k8s.io, Listener: allowedRoutes",
};

export const otherHostname: Audit = {
  id: "ROUTE-HOSTNAME",
  severity: "error",
  title: "No listener takes the host name of a route.",
  because: "The Gateway refuses the route (NoMatchingListenerHostname). A wildcard never stands for its own domain.",
  source: "gateway-api.sigs.k8s.io, Listener and HTTPRoute: hostname",
};

/** A route at the listeners that take it, or what is in the way. */
export interface Attachment {
  readonly route: Route;
  readonly parent: Parent;
  readonly gateway: Gateway | undefined;
  readonly listeners: readonly Listener[];
  readonly finding: Finding | undefined;
}

export function attach(route: Route, gateways: readonly Gateway[], cluster: Cluster): readonly Attachment[] {
  return route.parents.map((parent): Attachment => {
    const gateway = gateways.find(({ name, namespace }) => name === parent.name && namespace === parent.namespace);
    if (gateway === undefined)
      return { route, parent, gateway, listeners: [], finding: absent(route, parent, gateways, cluster) };
    // What a patch makes of a Gateway stands nowhere else.
    if (gateway.instance.isPatched) return { route, parent, gateway, listeners: [], finding: undefined };
    return { route, parent, gateway, ...listening(route, parent, gateway, cluster) };
  });
}

type Step = (listener: Listener) => boolean;

/** Listeners are left out one reason after the other; the reason that leaves none is the finding. */
function listening(
  route: Route,
  parent: Parent,
  gateway: Gateway,
  cluster: Cluster,
): Pick<Attachment, "listeners" | "finding"> {
  const steps: readonly (readonly [keeps: Step, finding: (left: readonly Listener[]) => Finding])[] = [
    [
      ({ name }) => parent.sectionName === undefined || name === parent.sectionName,
      () => noListener(route, parent, gateway),
    ],
    [({ port }) => parent.port === undefined || port === parent.port, () => noListener(route, parent, gateway)],
    [(listener) => speaks(listener, route.kind), () => noListener(route, parent, gateway)],
    [
      (listener) => allows(listener, gateway, route.namespace, cluster),
      (left) => refused(route, parent, gateway, left),
    ],
    [
      ({ hostname }) => route.hostnames.length === 0 || route.hostnames.some(({ text }) => meets(text, hostname)),
      (left) => noName(route, parent, gateway, left),
    ],
  ];
  let listeners = gateway.listeners;
  for (const [keeps, finding] of steps) {
    const kept = listeners.filter(keeps);
    if (kept.length === 0) return { listeners: kept, finding: finding(listeners) };
    listeners = kept;
  }
  return { listeners, finding: undefined };
}

const shown = ({ name, namespace }: { readonly name: string; readonly namespace: string | undefined }): string =>
  `${namespace ?? "?"}/${name}`;

function absent(route: Route, parent: Parent, gateways: readonly Gateway[], cluster: Cluster): Finding | undefined {
  const { plan, unlisted, toApply } = cluster;
  // The component may make it by other means than a file.
  if (plan.gateways.some(({ object, namespace }) => object === parent.name && namespace === parent.namespace))
    return undefined;
  const chart = releasesOf(cluster).find(
    ({ instance: { name }, namespace }) =>
      namespace === parent.namespace && (parent.name === name || parent.name.startsWith(`${name}-`)),
  );
  if (chart !== undefined)
    return toFinding(unseen, {
      message: `${route.kind} ${shown(route)} names Gateway ${shown(parent)}, which only the chart of ${chart.instance.name} can make`,
      places: [parent.place],
      fix: `kubectl get gateway -n ${parent.namespace} ${parent.name} tells`,
    });
  const elsewhere = gateways.find(({ name }) => name === parent.name);
  const names = [...gateways.map(({ name }) => name), ...plan.gateways.map(({ object }) => object)];
  const near = suggest(parent.name, names);
  const off = unlisted({ kind: "Gateway", name: parent.name });
  return toFinding(missingGateway, {
    message: `${route.kind} ${shown(route)} names Gateway ${shown(parent)}, which does not exist`,
    places: [parent.place],
    fix:
      elsewhere !== undefined
        ? `it is in another namespace: namespace: ${elsewhere.namespace}`
        : off !== undefined
          ? toApply(off)
          : near !== undefined
            ? `did you mean ${near}?`
            : `one of ${[...new Set(names)].join(", ") || "none: add a Gateway"}`,
  });
}

function noListener(route: Route, parent: Parent, gateway: Gateway): Finding {
  const wanted = [
    ...(parent.sectionName === undefined ? [] : [`called ${parent.sectionName}`]),
    ...(parent.port === undefined ? [] : [`on port ${String(parent.port)}`]),
  ];
  const fitting = gateway.listeners.filter((listener) => speaks(listener, route.kind)).map(({ name }) => name);
  const exists = gateway.listeners.find(({ name }) => name === parent.sectionName);
  return toFinding(missingListener, {
    message:
      exists !== undefined && wanted.length === 1
        ? `listener ${exists.name} of Gateway ${shown(gateway)} speaks ${exists.protocol}, which no ${route.kind} can use`
        : `Gateway ${shown(gateway)} has no listener ${[...wanted, `for ${route.kind} ${shown(route)}`].join(" ")}`,
    places: [parent.sectionPlace, ...(exists === undefined ? [] : [exists.place])],
    fix: fitting.length === 0 ? `add a listener for it to the Gateway` : `sectionName: ${fitting.join(", or ")}`,
  });
}

const refused = (route: Route, parent: Parent, gateway: Gateway, left: readonly Listener[]): Finding =>
  toFinding(otherNamespace, {
    message: `Gateway ${shown(gateway)} takes no routes from namespace ${route.namespace ?? "?"}, where ${route.kind} ${route.name} is`,
    places: [parent.place, ...left.slice(0, 1).map(({ place }) => place)],
    fix: "allowedRoutes: { namespaces: { from: All } } on the listener, or a selector that the namespace's labels match",
  });

function noName(route: Route, parent: Parent, gateway: Gateway, left: readonly Listener[]): Finding {
  const names = [...new Set(left.flatMap(({ hostname }) => hostname ?? []))].join(", ");
  return toFinding(otherHostname, {
    message: `Gateway ${shown(gateway)} listens for ${names}, and not for ${route.hostnames.map(({ text }) => text).join(", ")}`,
    places: [...route.hostnames.map(({ place }) => place), parent.place],
    fix: `a name under ${names}, or another listener`,
  });
}
