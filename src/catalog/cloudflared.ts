import { z } from "zod";
import { parseIp } from "../model/address.ts";
import type { Alarm } from "../model/alarms.ts";
import { isMetered } from "../model/metrics.ts";
import { isChosen, optionsOf } from "../model/chosen.ts";
import type { Component } from "../model/component.ts";
import { pinOf } from "../model/pins.ts";
import type { Hostname } from "../model/names.ts";
import type { Plan } from "../model/plan.ts";
import { appDomain } from "../model/zones.ts";
import type { Gateway } from "../model/gateway.ts";
import type { KubernetesObject, Pin, PinId, SecretNeed, Unit } from "../model/unit.ts";
import { anywhere } from "../model/workloads.ts";
import { print } from "../yaml/print.ts";
import { asksAddress, asksInternet, tcp, udp } from "./begins.ts";
import { gatewayCertificates, issuedCertificates, signerOf } from "./gatewayCertificates.ts";
import { letsEncrypt } from "./letsencrypt.ts";
import { delegated } from "./dnsHosts.ts";
import { isProxied, nameOfWay, publishersOf } from "./publishing.ts";
import { replicas, workloadNodes } from "./workloadNodes.ts";
import { closedPods } from "./closedPods.ts";
import { TUNNEL_PICTURES } from "./addressPictures.ts";

const NAME = "cloudflared";
const IMAGE = "cloudflared-image";
const NAMESPACE = "network";
/** How a gateway says that it is reached this way. */
export const TUNNEL = "cloudflare-tunnel";

const target = (plan: Pick<Plan, "domains">): Hostname => nameOfWay("external", plan);

const idOf = ({ options }: Gateway): string | undefined => options["tunnel"] as string | undefined;

/** Cloudflare's own (Cloudflare documentation, 1.1.1.1, IP addresses): in the house the same names lead to the gateway. */
const RESOLVERS = ["1.1.1.1", "2606:4700:4700::1111"].flatMap((text) => parseIp(text) ?? []);

const ROOTS = "/etc/letsencrypt-staging/roots.pem";
const OWN = "/etc/internal-ca";

export const cloudflared = (pins: ReadonlyMap<PinId, Pin>): Component<Record<string, never>> => ({
  id: NAME,
  provider: TUNNEL,
  title: "Cloudflare Tunnel",
  summary: "lets requests from the internet in without an open port; Cloudflare reads them on the way",
  options: z.strictObject({}),
  needed: (plan) => tunnelled(plan) !== undefined,
  offer: {},
  wayIn: {
    keys: {
      tunnel: z
        .uuid("expected the id of a tunnel, as `cloudflared tunnel create` prints it")
        .optional()
        .describe(
          "id of the Cloudflare Tunnel, no secret; with it the cluster keeps the record that leads into the tunnel",
        )
        .meta({ kind: "the id of a tunnel", example: "6ff42ae2-765d-4adf-8112-31c55c1551ef" }),
    },
    target,
    // Cloudflare documentation, Tunnel, DNS records: cfargotunnel.com leads somewhere only behind its proxy.
    proxied: "cloudflare",
    comesBack: RESOLVERS,
  },
  units: (plan) => [tunnel(plan, gatewayOf(plan), pinOf(pins, IMAGE))],
  flows: () => [nobody],
  // The gateway is a neighbour, or Cilium's own, which is asked before policies are looked at (cilium/cilium, bpf_lxc.c).
  begins: (plan) => [
    asksInternet(pods, [...tcp(7844, 443), ...udp(7844)], "it opens the tunnel to Cloudflare"),
    // Where the resolvers here cannot tell the names of its servers (cloudflared 2026.8.2, allregions/discovery.go).
    ...(plan.stacks.some(({ family }) => family === 4)
      ? [asksAddress(pods, "1.1.1.1", tcp(853), "it asks Cloudflare for names that nobody here knows")]
      : []),
  ],
  metrics: () => [{ unit: NAME, namespace: NAMESPACE, name: NAME, pods: nobody.to, port: 8080 }],
  dashboards: () => [TUNNEL_PICTURES],
  alarms: () => [TUNNEL_DOWN],
  workloads: (plan) => [anywhere(NAME, 32, replicas(workloadNodes(plan)))],
  pins: ["app-template", IMAGE, NAME],
  expects: (plan) => [
    ...plan.domains.flatMap((domain) => delegated(domain, "cloudflare", "the tunnel")),
    { kind: "public", name: target(plan), by: "the tunnel" },
  ],
  docs: {
    template: "components/cloudflared/docs.md",
    fragments: {
      alarms: "components/cloudflared/alarms.md",
      dns: "components/cloudflared/dns.md",
      certificates: "components/cloudflared/certificates.md",
      requests: "components/cloudflared/requests.md",
      troubleshooting: "components/cloudflared/troubleshooting.md",
    },
    view: (plan) => {
      const gateway = gatewayOf(plan);
      return {
        name: plan.name,
        gateway: gateway.object,
        address: gateway.address,
        target: target(plan),
        tunnel: idOf(gateway) ?? null,
        path: `ingress.gateways.${gateway.name}.tunnel`,
        records: publishersOf(gateway, plan).length > 0,
        domains: plan.domains,
        example: `app.${appDomain(plan)}`,
        staging: staging(plan),
        own: ownRoot(plan) !== undefined,
        https: overHttps(plan),
      };
    },
  },
});

/** Cloudflare documentation, Tunnel, Metrics: a healthy one has four connections to Cloudflare. */
const TUNNEL_DOWN: Alarm = {
  name: "TunnelDown",
  expr: "sum(cloudflared_tunnel_ha_connections) < 1 or absent(cloudflared_tunnel_ha_connections)",
  for: "5m",
  severity: "critical",
  summary: "No connection to Cloudflare stands: nobody reaches the house from the internet",
};

const tunnelled = ({ gateways }: Pick<Plan, "gateways">): Gateway | undefined =>
  gateways.find((gateway) => gateway.public === TUNNEL);

function gatewayOf(plan: Plan): Gateway {
  const gateway = tunnelled(plan);
  if (gateway === undefined) throw new Error("a tunnel without a gateway behind it");
  return gateway;
}

const overHttps = (plan: Plan): boolean => gatewayCertificates(plan).length > 0;
const staging = (plan: Plan): boolean => optionsOf(plan, letsEncrypt)?.environment === "staging";

/** The Secret beside the gateway with the root of an authority that the internet does not know. */
function ownRoot(plan: Plan): string | undefined {
  const shown = issuedCertificates(plan).find(({ domains }) => domains.some((domain) => domain === plan.domains[0]));
  return shown && signerOf(shown, plan)?.component.issues?.ownRoot ? shown.secret : undefined;
}

const tunnel = (plan: Plan, gateway: Gateway, image: Pin): Unit => ({
  id: NAME,
  component: NAME,
  namespace: NAMESPACE,
  release: { name: NAME, chart: "app-template", values: "components/cloudflared/values.yaml" },
  ...(staging(plan) && { templates: "components/letsencrypt/staging" }),
  objects: rootOfTunnel(plan, gateway),
  secrets: [token(plan, gateway)],
  after: [gateway.unit],
  view: {
    repository: image.source,
    tag: image.version,
    replicas: replicas(workloadNodes(plan)),
    config: print(configuration(plan, gateway)),
    staging: staging(plan),
    roots: ROOTS,
    own: ownRoot(plan) ?? null,
    folder: OWN,
    metered: isMetered(plan),
  },
});

const rootsOf = (plan: Plan): string | undefined => {
  if (staging(plan)) return ROOTS;
  return ownRoot(plan) === undefined ? undefined : `${OWN}/ca.crt`;
};

/** Ingress rules by cloudflared's documentation, Configuration file; without a last rule for everything it does not start. */
function configuration(plan: Plan, gateway: Gateway): object {
  const https = overHttps(plan);
  const origin = `${gateway.service}.${gateway.namespace}.svc.cluster.local`;
  const service = https ? `https://${origin}:443` : `http://${origin}:80`;
  return {
    originRequest: {
      // Sent to the gateway and looked for in its certificate; the name of the Service is in none.
      originServerName: https ? target(plan) : undefined,
      caPool: rootsOf(plan),
      http2Origin: https ? true : undefined,
    },
    ingress: [
      ...plan.domains.flatMap((domain) => [
        { hostname: domain, service },
        { hostname: `*.${domain}`, service },
      ]),
      { service: "http_status:404" },
    ],
  };
}

/** The one record that names the tunnel. Its id is no secret; while the spec does not know it, it is made by hand. */
function rootOfTunnel(plan: Plan, gateway: Gateway): Readonly<Record<string, readonly KubernetesObject[]>> {
  const tunnelId = idOf(gateway);
  if (tunnelId === undefined || !isChosen(plan, "external-dns-cloudflare")) return {};
  const endpoint = {
    dnsName: target(plan),
    recordType: "CNAME",
    targets: [`${tunnelId}.cfargotunnel.com`],
    ...isProxied(true),
  };
  return {
    "dnsendpoint.yaml": [
      {
        apiVersion: "externaldns.k8s.io/v1alpha1",
        kind: "DNSEndpoint",
        metadata: { name: NAME },
        spec: { endpoints: [endpoint] },
      },
    ],
  };
}

const pods = {
  namespace: NAMESPACE,
  labels: { "app.kubernetes.io/instance": NAME, "app.kubernetes.io/name": NAME },
};

const nobody = closedPods(
  { unit: NAME, namespace: NAMESPACE, name: NAME, to: pods.labels },
  "it opens its connections itself, to Cloudflare and to the gateway, and nobody opens one to it",
);

// A tunnel made in the dashboard takes its rules from there and not from the configuration here (cloudflared
// documentation, Locally-managed tunnels).
const token = (plan: Plan, gateway: Gateway): SecretNeed => ({
  name: "cloudflared-secret",
  keys: [
    {
      key: "TUNNEL_TOKEN",
      what: `token of the tunnel ${plan.name}, which lets whoever has it carry the requests for ${gateway.name}`,
      from: [
        "cloudflared tunnel login",
        `cloudflared tunnel create ${plan.name}`,
        ...(idOf(gateway) === undefined ? [`cloudflared tunnel route dns ${plan.name} ${target(plan)}`] : []),
        `cloudflared tunnel token ${plan.name}`,
      ].join(", then "),
    },
  ],
  because: "cloudflared opens the tunnel with it",
});
