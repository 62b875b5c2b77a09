/** What can be wrong outside, one world for each, and a near miss that is none. Only the difference is said. */
import type { AddressAnswer } from "../../src/probes/question.ts";
import type { Case } from "./case.ts";
import { routerCases } from "./routers.ts";
import { houseCases } from "./house.ts";
import { before, nodes, own, running, services, silent, versions, type Change, type World } from "./world.ts";

const at = (ip: string, answer: Partial<AddressAnswer>): Change => ({ addresses: { [ip]: answer } });
const somebody = { neighbour: { mac: "a4:83:e7:00:00:01" } };
const machine = (change: Partial<Extract<World["machine"], { addresses: unknown }>>): Change => ({
  machine: { addresses: own("172.16.1.123"), routers: ["172.16.1.1"], resolvers: ["172.16.1.11"], ...change },
});
const tool = (words: string, stdout: string): Change => ({ programs: { [words]: { stdout } } });
const SERVED = { "172.16.1.60": "network/k8s-gateway", "172.16.1.61": "network/envoy-internal" };
const ALL_SERVED = { ...SERVED, "172.16.1.62": "network/envoy-external" };
const ready = (name: string, index: number, is = "True"): string => `${name}\t172.16.1.5${index}\t${is}`;
const CONTROL_PLANES = ["talos-cp-1", "talos-cp-2", "talos-cp-3"].map((name, index) => ready(name, index));

export const cases: readonly Case[] = [
  {
    id: "DOCTOR-TOOL-MISSING",
    what: "no helm",
    in: before,
    broken: { programs: { "helm version": { untold: "helm not found", how: "missing" } } },
    nearMiss: { programs: { "helm version": silent("helm did not answer within 10 seconds") } },
  },
  {
    id: "DOCTOR-TOOL-VERSION",
    what: "an old talosctl",
    in: before,
    broken: tool("talosctl version", "Client v1.12.1\n"),
    nearMiss: tool("talosctl version", "Client v1.14.0\n"),
  },
  {
    id: "DOCTOR-TOOL-VERSION",
    what: "a helm of another major version",
    in: before,
    broken: tool("helm version", "v5.0.0\n"),
    nearMiss: tool("helm version", "v4.2.0\n"),
  },
  {
    id: "DOCTOR-TOOL-VERSION",
    what: "a kubectl two minor versions ahead",
    in: before,
    broken: tool("kubectl version --client", "Client Version: v1.38.0\n"),
    nearMiss: tool("kubectl version --client", "Client Version: v1.35.9\n"),
  },
  {
    id: "DOCTOR-CLUSTER-OTHER",
    what: "kubectl at work",
    in: before,
    broken: tool("kubectl config view", "https://admin:hunter2@10.9.8.7:6443"),
    nearMiss: tool("kubectl config view", ""),
  },
  {
    id: "DOCTOR-CLUSTER-SILENT",
    what: "an API that is down",
    in: running,
    broken: { programs: versions("v1.36.4", undefined), addresses: { "172.16.1.49": {} } },
    nearMiss: { programs: versions("v1.36.4", "v1.36.1") },
  },
  {
    id: "DOCTOR-CLUSTER-SKEW",
    what: "a kubectl of two minor versions before",
    in: running,
    broken: { programs: versions("v1.34.0", "v1.36.4") },
    nearMiss: { programs: versions("v1.35.0", "v1.36.4") },
  },
  {
    id: "DOCTOR-CLUSTER-VERSION",
    what: "machines that were never upgraded",
    in: running,
    broken: { programs: versions("v1.34.0", "v1.34.9") },
    nearMiss: { programs: versions("v1.36.0", "v1.35.9") },
  },
  {
    id: "DOCTOR-ADDRESS-TAKEN",
    what: "a printer at the address of the API",
    in: before,
    broken: at("172.16.1.49", { refused: [22], ...somebody }),
    nearMiss: at("172.16.1.49", {}),
  },
  {
    id: "DOCTOR-ADDRESS-TAKEN",
    what: "a telephone in the pool, which only ARP tells",
    in: before,
    broken: at("172.16.1.66", somebody),
    nearMiss: at("172.16.1.70", somebody),
  },
  {
    id: "DOCTOR-ADDRESS-TAKEN",
    what: "a stranger in the pool of a running cluster",
    in: running,
    broken: at("172.16.1.66", { open: [80], ...somebody }),
    nearMiss: {
      programs: services({ ...ALL_SERVED, "172.16.1.66": "media/jellyfin" }),
      addresses: { "172.16.1.66": { open: [80], ...somebody } },
    },
  },
  {
    id: "DOCTOR-ADDRESS-SILENT",
    what: "a gateway that nobody announces",
    in: running,
    broken: at("172.16.1.61", {}),
    nearMiss: at("172.16.1.61", somebody),
  },
  {
    id: "DOCTOR-ADDRESS-SILENT",
    what: "a gateway without a Service",
    in: running,
    broken: { programs: services(SERVED), addresses: { "172.16.1.62": {} } },
    nearMiss: { programs: { "kubectl get services": { exitCode: 1, stderr: "forbidden" } } },
  },
  {
    id: "DOCTOR-NODE-OTHER",
    what: "a machine that has not booted Talos",
    in: before,
    broken: at("172.16.1.50", { open: [22], ...somebody }),
    nearMiss: at("172.16.1.50", { open: [50_000], ...somebody }),
  },
  {
    id: "DOCTOR-NODE-MISSING",
    what: "a worker that has not joined",
    in: running,
    broken: { programs: nodes(...CONTROL_PLANES) },
    nearMiss: { programs: nodes(...CONTROL_PLANES, ready("talos-worker-1", 3), "guest\t172.16.1.99\tTrue") },
  },
  {
    id: "DOCTOR-NODE-UNREADY",
    what: "a worker that is not ready",
    in: running,
    broken: { programs: nodes(...CONTROL_PLANES, ready("talos-worker-1", 3, "Unknown")) },
    nearMiss: { programs: { "kubectl get nodes": { exitCode: 1 } } },
  },
  {
    id: "DOCTOR-RESOLVER-SILENT",
    what: "a resolver that is off",
    in: before,
    broken: { servers: ["172.16.1.11", "1.1.1.1"] },
    nearMiss: { names: { "SOA ragas.cc @172.16.1.10": "refused" } },
  },
  {
    id: "DOCTOR-RESOLVER-SERVER",
    what: "a DNS server of the cluster that does not start",
    in: running,
    broken: { servers: before.servers },
    nearMiss: { names: { "A echo.ragas.cc @172.16.1.60": "no such name" } },
  },
  {
    id: "DOCTOR-RESOLVER-FORWARD",
    what: "a resolver that asks the internet",
    in: running,
    broken: { names: { "SOA ragas.cc @172.16.1.10": ["ada.ns.cloudflare.com"] } },
    nearMiss: { names: { "SOA ragas.cc @1.1.1.1": ["ada.ns.cloudflare.com"] } },
  },
  {
    id: "DOCTOR-RESOLVER-FORWARD",
    what: "a resolver with a rewrite of its own",
    in: running,
    broken: { names: { "A echo.ragas.cc @172.16.1.11": ["172.16.1.60"] } },
    nearMiss: { names: { "A echo.ragas.cc @172.16.1.11": ["172.16.1.61", "172.16.1.62"] } },
  },
  {
    id: "DOCTOR-RESOLVER-REBIND",
    what: "a resolver that drops private addresses",
    in: running,
    broken: { names: { "A echo.ragas.cc @172.16.1.11": "no such record" } },
    nearMiss: { names: { "A echo.ragas.cc @172.16.1.11": silent("172.16.1.11 does not answer") } },
  },
  {
    id: "DOCTOR-DOMAIN-HOST",
    what: "a domain at its seller's servers",
    in: before,
    broken: { names: { "NS ragas.cc": ["ns1.registrar.example", "ns2.registrar.example"] } },
    nearMiss: { names: { "NS ragas.cc": ["ADA.ns.cloudflare.com."] } },
  },
  {
    id: "DOCTOR-DOMAIN-HOST",
    what: "a domain nobody has bought",
    in: before,
    broken: { names: { "NS ragas.cc": "no such name" } },
    nearMiss: { names: { "NS ragas.cc": "failed" } },
  },
  {
    id: "DOCTOR-DOMAIN-CAA",
    what: "a domain for another authority",
    in: before,
    broken: { names: { "CAA ragas.cc": ["issue pki.goog; cansignhttpexchanges=yes", "issuewild ;"] } },
    nearMiss: { names: { "CAA ragas.cc": ["issue pki.goog", "issue letsencrypt.org; validationmethods=dns-01"] } },
  },
  {
    id: "DOCTOR-DOMAIN-NAME",
    what: "a tunnel without its record",
    in: running,
    broken: { names: { "A external.ragas.cc @1.1.1.1": "no such name" } },
    nearMiss: { names: { "A external.ragas.cc @1.1.1.1": "failed" } },
  },
  ...houseCases,
  {
    id: "DOCTOR-LAN-PREFIX",
    what: "a LAN of another size",
    in: before,
    broken: machine({ addresses: own("172.16.1.123", { prefix: 16 }) }),
    nearMiss: machine({ addresses: own("10.0.0.5", { prefix: 16 }) }),
  },
  {
    id: "DOCTOR-LAN-ROUTER",
    what: "another router",
    in: before,
    broken: machine({ routers: ["172.16.1.254"] }),
    nearMiss: machine({ routers: ["172.16.1.1", "172.16.1.254"] }),
  },
  {
    id: "DOCTOR-LAN-RESOLVER",
    what: "a resolver that knows nothing of the network",
    in: before,
    broken: machine({ resolvers: ["172.16.1.11", "172.16.1.1"] }),
    nearMiss: machine({ resolvers: ["127.0.0.53"] }),
  },
  {
    id: "DOCTOR-LAN-DHCP",
    what: "a lease outside the range",
    in: before,
    broken: machine({ addresses: own("172.16.1.23") }),
    nearMiss: machine({ addresses: own("172.16.1.23", { leased: false }) }),
  },
  ...routerCases,
  {
    id: "DOCTOR-TIME-CLOCK",
    what: "a clock that is behind",
    in: before,
    broken: { times: { "time.cloudflare.com": { ahead: -61_000 } } },
    nearMiss: { times: { "time.cloudflare.com": { ahead: -9000 } } },
  },
  {
    id: "DOCTOR-TIME-SILENT",
    what: "a time server that does not answer",
    in: before,
    broken: { times: { "time.cloudflare.com": silent("time.cloudflare.com does not answer") } },
    nearMiss: { times: { "time.cloudflare.com": { untold: "no name", how: "impossible" } } },
  },
];
