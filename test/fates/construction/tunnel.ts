/** The way in from the internet: what cloudflared does with a request. */
import { asList, asMap, at } from "../../../src/model/unknown.ts";
import { readDocuments } from "../../../src/yaml/documents.ts";
import { documents, objects, pathsOf, replaced, valuesOf, type Check, type Files } from "./check.ts";

const VALUES = /\/cloudflared\/app\/values\.yaml$/;

/** Its own configuration, in a text of the values. Undefined where there is no tunnel. */
function configurationOf(files: Files): unknown {
  const text = at(valuesOf(files, "cloudflared"), "configMaps", "config", "data", "config.yaml");
  return typeof text === "string" ? readDocuments(text, "config.yaml")[0] : undefined;
}

const rulesOf = (files: Files): readonly unknown[] => asList(at(configurationOf(files), "ingress"));
const servicesOf = (files: Files): readonly string[] =>
  rulesOf(files)
    .map((rule) => String(at(rule, "service")))
    .filter((service) => !service.startsWith("http_status:"));

const nginxOf = (files: Files): readonly unknown[] =>
  pathsOf(files, /\/ingress-nginx\/[^/]+\/values\.yaml$/).map((path) => documents(files, path)[0]);

const traefikServices = (files: Files): readonly string[] => {
  const service = at(valuesOf(files, "traefik"), "service");
  const others = Object.keys(asMap(at(service, "additionalServices"))).map((name) => `traefik-${name}`);
  return [String(at(service, "nameOverride")), ...others];
};

const overHttps = (files: Files): boolean =>
  objects(files, "Gateway").some(({ object }) =>
    asList(at(object, "spec", "listeners")).some((listener) => at(listener, "protocol") === "HTTPS"),
  ) || nginxOf(files).some((values) => at(values, "controller", "config", "force-ssl-redirect") === "true");

export const tunnel: readonly Check[] = [
  {
    id: "tunnel-has-an-answer-for-all",
    says: "rules of the tunnel end with one for all other names, and have neither ports in names nor paths in addresses",
    check(files) {
      const rules = rulesOf(files);
      const open = rules.flatMap((rule, index) => (at(rule, "hostname") === undefined ? [index] : []));
      return rules.length === 0 || (open.length === 1 && open[0] === rules.length - 1)
        ? [
            ...rules.map((rule) => String(at(rule, "hostname") ?? "")).filter((name) => /:|.\*/.test(name)),
            ...servicesOf(files).filter((service) => !/^https?:\/\/[^/]+:\d+$/.test(service)),
          ]
        : ["the rule for all names is not the last one"];
    },
    broken: [
      (files) => replaced(files, VALUES, "          - service: http_status:404\n", ""),
      (files) => replaced(files, VALUES, /hostname: (\w\S+)/, "hostname: $1:443"),
      (files) => replaced(files, VALUES, /(svc\.cluster\.local:\d+)/, "$1/app"),
    ],
  },
  {
    id: "tunnel-speaks-as-the-gateway-does",
    says: "where gateways redirect to https the tunnel speaks https, looks for a name of the certificate, and knows a root the internet does not",
    check(files) {
      const sealed = servicesOf(files).filter((service) => service.startsWith("https://"));
      const settings = asMap(at(configurationOf(files), "originRequest"));
      const unknown = objects(files, "Certificate").some(({ object }) =>
        /-staging$|^internal-ca$/.test(String(at(object, "spec", "issuerRef", "name"))),
      );
      return [
        ...(overHttps(files) && sealed.length < servicesOf(files).length
          ? ["http to a gateway that redirects it"]
          : []),
        ...(sealed.length > 0 && typeof settings["originServerName"] !== "string" ? ["no name to look for"] : []),
        ...(sealed.length > 0 && unknown && typeof settings["caPool"] !== "string" ? ["no root to check against"] : []),
      ];
    },
    broken: [
      (files) => replaced(files, VALUES, /\n +caPool: .*/, ""),
      (files) => replaced(files, VALUES, /https:\/\/(envoy|ingress)/, "http://$1"),
      (files) => replaced(files, VALUES, /\n +originServerName: .*/, ""),
    ],
  },
  {
    id: "tunnel-ends-at-a-gateway",
    says: "the address a request is handed to is the Service of a gateway",
    check(files) {
      const gateways = [
        ...objects(files, "Gateway").map(
          ({ object }) =>
            `${at(object, "spec", "gatewayClassName") === "cilium" ? "cilium-gateway-" : ""}${String(at(object, "metadata", "name"))}.${String(at(object, "metadata", "namespace"))}.svc.cluster.local`,
        ),
        ...traefikServices(files).map((name) => `${name}.network.svc.cluster.local`),
        ...nginxOf(files).map(
          (values) => `${String(at(values, "fullnameOverride"))}-controller.network.svc.cluster.local`,
        ),
      ];
      return servicesOf(files).filter((service) => !gateways.includes(new URL(service).hostname));
    },
    broken: (files) =>
      replaced(files, VALUES, /:\/\/(?:envoy|cilium|ingress|traefik)-[a-z-]+\./, "://envoy-network-envoy-1a2b3c."),
  },
];
