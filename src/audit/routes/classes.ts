/** What an Ingress says to its controller and to those who make records: a class that somebody reads, and where its name leads. */
import { gatewayCertificates, namesOf } from "../../catalog/gatewayCertificates.ts";
import { INGRESS_NGINX } from "../../catalog/ingress-nginx.ts";
import { ANNOTATIONS, publicTarget, publishersOf } from "../../catalog/publishing.ts";
import type { Finding } from "../../model/finding.ts";
import { isUnder } from "../../model/names.ts";
import type { Plan } from "../../model/plan.ts";
import type { Gateway } from "../../model/gateway.ts";
import { suggest } from "../../model/suggest.ts";
import { certifiedDomains } from "../../model/zones.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Cluster } from "../cluster.ts";
import { releasesOf } from "../releases.ts";
import { unseen } from "./attachment.ts";
import { inTheClear } from "./exposure.ts";
import { foreign, takenHost, uncoveredHost } from "./hosts.ts";
import { INGRESS_GROUP, type Ingress } from "./ingresses.ts";
import { covers } from "./names.ts";
import type { Written } from "./routes.ts";

export const missingClass: Audit = {
  id: "INGRESS-CLASS",
  severity: "error",
  title: "An Ingress has no class, or one that nobody reads.",
  because:
    "No controller answers for its names, or one that nobody meant; and k8s-gateway stops at an Ingress without a class.",
  source:
    "Kubernetes documentation, Ingress, Ingress class; k8s-gateway/k8s_gateway v1.7.0, kubernetes.go, lookupIngressIndex",
};

export const missingTarget: Audit = {
  id: "INGRESS-TARGET",
  severity: "error",
  title: "An Ingress whose name is published does not say what its record points at.",
  because:
    "The record gets the address of the Ingress, which is one of the LAN: Cloudflare refuses it, and nobody on the internet reaches it.",
  source: "kubernetes-sigs/external-dns v0.21.0, source/ingress.go: the annotation target, else the status",
};

export const refusedSnippet: Audit = {
  id: "INGRESS-SNIPPET",
  severity: "error",
  title: "An Ingress has a snippet, and snippets are off.",
  because: "The controller refuses the Ingress when it is applied, and with it the whole step it stands in.",
  source: "kubernetes/ingress-nginx controller-v1.15.1, internal/ingress/controller/controller.go, CheckIngress",
};

const NGINX = "nginx.ingress.kubernetes.io/";

export function* classes(ingresses: readonly Ingress[], cluster: Cluster): Generator<Finding> {
  const { plan } = cluster;
  for (const ingress of ingresses) {
    const gateway = gatewayOf(ingress, plan);
    if (gateway === undefined) yield* unknownClass(ingress, cluster);
    else yield* answered(ingress, gateway, plan);
    for (const host of ingress.hostnames)
      if (!plan.domains.some((domain) => isUnder(host.text.replace(/^\*\./, ""), domain)))
        yield foreign(ingress, host, plan.domains);
  }
  yield* taken(ingresses);
}

const shown = ({ name, namespace }: Ingress): string => `${namespace ?? "?"}/${name}`;

const readers = ({ gateways }: Plan): readonly Gateway[] => gateways.filter(({ routeKind }) => routeKind === "Ingress");

const gatewayOf = ({ className }: Ingress, plan: Plan): Gateway | undefined =>
  readers(plan).find((gateway) => gateway.className === className?.text);

function* unknownClass(ingress: Ingress, cluster: Cluster): Generator<Finding> {
  const { plan, ofKind } = cluster;
  const { className, place } = ingress;
  const names = [
    ...readers(plan).map((gateway) => gateway.className),
    ...ofKind("IngressClass", INGRESS_GROUP).map(({ name }) => name),
  ];
  const choice = names.length === 0 ? "gen add-route makes what the gateways here read" : `one of ${names.join(", ")}`;
  if (className === undefined) {
    yield toFinding(missingClass, {
      message: `Ingress ${shown(ingress)} says no class`,
      places: [place],
      fix: `ingressClassName: ${choice}`,
    });
    return;
  }
  if (names.includes(className.text)) return;
  const chart = releasesOf(cluster).find(({ instance }) => instance.name.startsWith(className.text));
  if (chart !== undefined) {
    yield toFinding(unseen, {
      message: `Ingress ${shown(ingress)} has the class ${className.text}, which only the chart of ${chart.instance.name} can make`,
      places: [className.place],
      fix: `kubectl get ingressclass ${className.text} tells`,
    });
    return;
  }
  const near = suggest(className.text, names);
  yield toFinding(missingClass, {
    message: `Ingress ${shown(ingress)} has the class ${className.text}, which nobody reads`,
    places: [className.place],
    fix: near === undefined ? choice : `did you mean ${near}?`,
  });
}

function* answered(ingress: Ingress, gateway: Gateway, plan: Plan): Generator<Finding> {
  const { annotations, annotationPlace } = ingress;
  const says = (key: string): boolean => String(annotations[`${NGINX}${key}`]) === "false";
  const target = publicTarget(gateway, plan);
  const published =
    target !== undefined &&
    publishersOf(gateway, plan).length > 0 &&
    String(annotations[`${ANNOTATIONS}controller`]) !== "none";
  if (published && annotations[`${ANNOTATIONS}target`] === undefined && ingress.hostnames.length > 0)
    yield toFinding(missingTarget, {
      message: `Ingress ${shown(ingress)} is on ${gateway.object}, whose names are published, and says no target`,
      places: [annotationPlace()],
      fix: `annotations: { ${ANNOTATIONS}target: ${target} }`,
    });
  if (gatewayCertificates(plan).length > 0) yield* uncovered(ingress, gateway, plan);
  if (gateway.component !== INGRESS_NGINX) return;
  if (gatewayCertificates(plan).length > 0 && says("ssl-redirect") && says("force-ssl-redirect"))
    yield toFinding(inTheClear, {
      message: `Ingress ${shown(ingress)} answers by http as well as by https`,
      places: [annotationPlace(`${NGINX}force-ssl-redirect`)],
      fix: "without these annotations whoever comes by http is sent to https",
    });
  for (const key of Object.keys(annotations))
    if (key.startsWith(NGINX) && key.endsWith("-snippet"))
      yield toFinding(refusedSnippet, {
        message: `Ingress ${shown(ingress)} has the annotation ${key}`,
        places: [annotationPlace(key)],
        fix: "an annotation of its own for what it does, or another provider: Envoy Gateway has policies for headers and access",
      });
}

function* uncovered(ingress: Ingress, { object }: Gateway, plan: Plan): Generator<Finding> {
  const domains = certifiedDomains(plan);
  const names = namesOf({ domains });
  for (const host of ingress.hostnames) {
    if (ingress.ownCertificates.includes(host.text) || !domains.some((domain) => isUnder(host.text, domain))) continue;
    if (names.some((name) => covers(name, host.text))) continue;
    yield toFinding(uncoveredHost, {
      message: `${host.text} has no certificate on ${object}: it has one for ${names.join(", ")}`,
      places: [host.place],
      fix: `a name with one label before the domain, or a certificate of its own: tls with a secretName`,
    });
  }
}

function* taken(ingresses: readonly Ingress[]): Generator<Finding> {
  const first = new Map<string, { readonly ingress: Ingress; readonly host: Written | undefined }>();
  for (const ingress of ingresses)
    for (const match of ingress.matches) {
      const key = `${ingress.className?.text ?? ""} ${match}`;
      const [host = ""] = JSON.parse(match) as readonly string[];
      const where = ingress.hostnames.find(({ text }) => text === host);
      const holder = first.get(key);
      if (holder === undefined) first.set(key, { ingress, host: where });
      else if (holder.ingress !== ingress && where !== undefined)
        yield toFinding(takenHost, {
          message: `${host} is answered by ${shown(holder.ingress)} and by ${shown(ingress)} in class ${ingress.className?.text ?? "?"}`,
          places: [where.place, ...(holder.host === undefined ? [] : [holder.host.place])],
          fix: "give one of them another name, another path, or another gateway",
        });
    }
}
