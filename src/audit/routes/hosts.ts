/** Host names that are answered once, under one of the domains, with a certificate that is for them. */
import type { Finding } from "../../model/finding.ts";
import { isUnder } from "../../model/names.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Cluster } from "../cluster.ts";
import { asList, at } from "../../model/unknown.ts";
import { asText, asTexts } from "../values.ts";
import type { Attachment } from "./attachment.ts";
import type { Gateway, Listener } from "./gateways.ts";
import { covers, meets } from "./names.ts";
import type { Route, Written } from "./routes.ts";

export const takenHost: Audit = {
  id: "ROUTE-TWICE",
  severity: "error",
  title: "Two routes take the same requests of one host name on one gateway.",
  because:
    "The older route answers all of them, and the other one is never asked, or is refused when it is applied (ingress-nginx).",
  source:
    "gateway-api.sigs.k8s.io, HTTPRouteRule: matches, ties; kubernetes/ingress-nginx controller-v1.15.1, checkOverlap",
};

export const mixedKinds: Audit = {
  id: "ROUTE-KINDS",
  severity: "error",
  title: "A host name is that of two kinds of routes on one gateway, or of one that its listener does not open.",
  because: "Requests for it reach one of the two and never the other, whatever they ask for.",
  source: "gateway-api v1.6.1, GRPCRouteSpec: hostnames; Listener: hostname",
};

export const foreignHost: Audit = {
  id: "ROUTE-DOMAIN",
  severity: "warning",
  title: "A route has a host name outside the domains of homelab.yaml.",
  because: "No resolver of this network sends that name here, and no certificate of it is for the name.",
  source: "homelab.yaml, domains",
};

export const uncoveredHost: Audit = {
  id: "ROUTE-CERTIFICATE",
  severity: "error",
  title: "A host name is not covered by the certificate of its listener.",
  because: "Browsers refuse the page. The wildcard of a certificate stands for one label, that of a listener for many.",
  source: "RFC 6125 §6.4.3; gateway-api.sigs.k8s.io, Listener: hostname",
};

export function* hosts(attachments: readonly Attachment[], cluster: Cluster): Generator<Finding> {
  yield* taken(attachments);
  yield* mixed(attachments);
  yield* unopened(attachments);
  const { domains } = cluster.plan;
  for (const route of new Set(attachments.map((attachment) => attachment.route)))
    for (const host of route.hostnames)
      if (!domains.some((domain) => isUnder(host.text.replace(/^\*\./, ""), domain)))
        yield foreign(route, host, domains);
  yield* uncovered(attachments, cluster);
}

const shown = ({ name, namespace }: { readonly name: string; readonly namespace: string | undefined }): string =>
  `${namespace ?? "?"}/${name}`;

function* taken(attachments: readonly Attachment[]): Generator<Finding> {
  const first = new Map<string, { readonly route: Route; readonly host: Written }>();
  const said = new Set<string>();
  for (const { route, gateway, listeners } of attachments)
    for (const host of route.hostnames)
      for (const listener of listeners)
        for (const match of route.matches) {
          const key = [gateway?.namespace, gateway?.name, listener.name, host.text, match].join("\n");
          const holder = first.get(key);
          if (holder === undefined) first.set(key, { route, host });
          else if (holder.route !== route && !said.has(`${host.text}\n${shown(route)}`)) {
            said.add(`${host.text}\n${shown(route)}`);
            yield toFinding(takenHost, {
              message: `${host.text} is answered by ${shown(holder.route)} and by ${shown(route)} on Gateway ${gateway?.name ?? "?"}`,
              places: [host.place, holder.host.place],
              fix: "give one of them another name, another path, or another gateway",
            });
          }
        }
}

const EXCLUSIVE = ["HTTPRoute", "GRPCRoute"];

function* mixed(attachments: readonly Attachment[]): Generator<Finding> {
  const first = new Map<string, { readonly route: Route; readonly host: Written }>();
  const said = new Set<Route>();
  for (const { route, gateway, listeners } of attachments)
    for (const host of EXCLUSIVE.includes(route.kind) ? route.hostnames : [])
      for (const listener of listeners) {
        const key = [gateway?.namespace, gateway?.name, listener.name, host.text].join("\n");
        const holder = first.get(key);
        if (holder === undefined) first.set(key, { route, host });
        else if (holder.route.kind !== route.kind && !said.has(route)) {
          said.add(route);
          yield toFinding(mixedKinds, {
            message: `${host.text} is a name of ${holder.route.kind} ${shown(holder.route)} and of ${route.kind} ${shown(route)} on Gateway ${gateway?.name ?? "?"}`,
            places: [host.place, holder.host.place],
            fix: "a name of its own for each, or another gateway for one of them",
          });
        }
      }
}

/** Of two listeners on a port the one with the narrower name takes the connection (gateway-api v1.6.1, Listener.Hostname). */
function* unopened(attachments: readonly Attachment[]): Generator<Finding> {
  for (const { route, gateway, listeners } of attachments)
    for (const host of EXCLUSIVE.includes(route.kind) ? route.hostnames : []) {
      const ports = new Set(listeners.filter(endsTls).map(({ port }) => port));
      const other = gateway?.listeners.find(
        (one) => one.protocol === "TLS" && one.hostname === host.text && ports.has(one.port),
      );
      if (other !== undefined)
        yield toFinding(mixedKinds, {
          message: `${route.kind} ${shown(route)} is for ${host.text}, whose connections ${other.name} of Gateway ${gateway?.name ?? "?"} hands on unopened`,
          places: [host.place, other.place],
          fix: "a TLSRoute, or take the name out of passthrough in homelab.yaml",
        });
    }
}

export const foreign = (route: Route, host: Written, domains: readonly string[]): Finding =>
  toFinding(foreignHost, {
    message: `${host.text} (${route.kind} ${shown(route)}) is not under ${domains.join(" or ")}`,
    places: [host.place],
    fix: `${host.text.split(".")[0]}.${domains[0]}, or add its domain to homelab.yaml`,
  });

function* uncovered(attachments: readonly Attachment[], cluster: Cluster): Generator<Finding> {
  for (const { route, gateway, listeners } of attachments)
    for (const host of route.hostnames) {
      const ending = listeners.filter((listener) => endsTls(listener) && meets(host.text, listener.hostname));
      const certificates = ending.map((listener) => certificateNames(listener, gateway, cluster));
      // One listener with a fitting certificate, or one that cannot be told, is enough.
      if (
        ending.length === 0 ||
        certificates.some((names) => names === undefined || names.some((name) => covers(name, host.text)))
      )
        continue;
      const names = [...new Set(certificates.flatMap((found) => found ?? []))];
      yield toFinding(uncoveredHost, {
        message: `${host.text} has no certificate on Gateway ${gateway?.name ?? "?"}: it has one for ${names.join(", ")}`,
        places: [host.place, ...ending.slice(0, 1).map(({ place }) => place)],
        fix: `a name with one label before ${names.find((name) => name.startsWith("*."))?.slice(2) ?? "the domain"}, or add the name to dnsNames of the Certificate`,
      });
    }
}

const endsTls = ({ value }: Listener): boolean =>
  at(value, "tls") !== undefined && (at(value, "tls", "mode") ?? "Terminate") === "Terminate";

/** By the Certificates that fill the Secrets; else by the listener, whose name cert-manager takes. */
function certificateNames(
  listener: Listener,
  gateway: Gateway | undefined,
  { ofKind }: Cluster,
): readonly string[] | undefined {
  const secrets = asList(at(listener.value, "tls", "certificateRefs")).map((reference) => ({
    name: asText(at(reference, "name")),
    namespace: asText(at(reference, "namespace")) ?? gateway?.namespace,
  }));
  const certificates = secrets.map(({ name, namespace }) =>
    ofKind("Certificate", "cert-manager.io").find(
      (one) => at(one.object.value, "spec", "secretName") === name && one.namespace === namespace,
    ),
  );
  if (certificates.length > 0 && certificates.every((one) => one !== undefined))
    return certificates.flatMap((one) => [...asTexts(at(one.object.value, "spec", "dnsNames"))]);
  return listener.hostname === undefined ? undefined : [listener.hostname];
}
