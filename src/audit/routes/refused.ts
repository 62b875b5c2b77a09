/** Objects of gateways that the API server refuses, by rules that stand in no schema but in expressions beside it. */
import type { Finding } from "../../model/finding.ts";
import { asList, asMap, at, type Mapping } from "../../model/unknown.ts";
import type { Path } from "../../yaml/stream.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Cluster } from "../cluster.ts";
import { asText, isSubstituted } from "../values.ts";
import { gatewayProblems } from "./refusedGateways.ts";

export const refusedObject: Audit = {
  id: "GATEWAY-REFUSED",
  severity: "error",
  title: "A gateway, a route or a policy of a gateway is one that Kubernetes does not take.",
  because: "The API server refuses the object, and with it the whole step of the repository that it stands in.",
  source: "gateway-api v1.6.1 and Envoy Gateway 1.9.0, x-kubernetes-validations and patterns of their CRDs",
};

/** What is wrong with an object, as the end of a sentence, and where. */
export interface Problem {
  readonly what: string;
  readonly at: Path;
  readonly fix: string;
}

export function* refused({ live }: Cluster): Generator<Finding> {
  for (const { object, name, isPatched } of live) {
    const check = CHECKS[`${object.group}/${object.kind}`];
    if (check === undefined || isPatched) continue;
    for (const { what, at: path, fix } of check(asMap(object.value["spec"])))
      yield toFinding(refusedObject, {
        message: `${object.kind} ${name} ${what}`,
        places: [object.place(["spec", ...path], "value")],
        fix,
      });
  }
}

function* routeProblems(spec: Mapping): Generator<Problem> {
  yield* hostProblems(asList(spec["hostnames"]));
  yield* parentProblems(asList(spec["parentRefs"]));
  for (const [index, rule] of asList(spec["rules"]).entries()) yield* ruleProblems(rule, index);
}

const MOST_HOSTS = 16;
// The pattern of Hostname in the CRDs: no capitals, no underscore, a wildcard only as the whole first label.
const HOST = /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function* hostProblems(hosts: readonly unknown[]): Generator<Problem> {
  if (hosts.length > MOST_HOSTS)
    yield {
      what: `has ${hosts.length} host names, and ${MOST_HOSTS} is the most`,
      at: ["hostnames"],
      fix: "two routes",
    };
  for (const [index, host] of hosts.entries()) {
    const text = asText(host);
    if (text === undefined || isSubstituted(text) || (HOST.test(text) && !isAddress(text))) continue;
    yield {
      what: isAddress(text) ? `has the address ${text} for a host name` : `has ${text}, which is no host name here`,
      at: ["hostnames", index],
      fix: "small letters, digits and dashes; a wildcard only as the whole first label; other letters in punycode (xn--)",
    };
  }
}

const isAddress = (text: string): boolean => /^\d+(\.\d+){3}$/.test(text);

function* parentProblems(parents: readonly unknown[]): Generator<Problem> {
  const seen = new Set<string>();
  for (const [index, parent] of parents.entries()) {
    const key = JSON.stringify(
      ["group", "kind", "namespace", "name", "sectionName", "port"].map((field) => at(parent, field) ?? ""),
    );
    if (seen.has(key))
      yield {
        what: `names Gateway ${asText(at(parent, "name")) ?? ""} twice`,
        at: ["parentRefs", index],
        fix: "one of the two, or a sectionName on each that tells them apart",
      };
    seen.add(key);
  }
}

function* ruleProblems(rule: unknown, index: number): Generator<Problem> {
  const backends = asList(at(rule, "backendRefs"));
  const redirects = asList(at(rule, "filters")).some((filter) => at(filter, "type") === "RequestRedirect");
  if (redirects && backends.length > 0)
    yield {
      what: "redirects requests and sends them to a backend in one rule",
      at: ["rules", index, "backendRefs"],
      fix: "a rule, or a route, for each",
    };
  for (const [number, backend] of backends.entries())
    if ((at(backend, "kind") ?? "Service") === "Service" && at(backend, "port") === undefined)
      yield {
        what: `names Service ${asText(at(backend, "name")) ?? ""} without a port`,
        at: ["rules", index, "backendRefs", number],
        fix: "port: the port of the Service",
      };
}

function* clientProblems(spec: Mapping): Generator<Problem> {
  const detection = asMap(spec["clientIPDetection"]);
  const ways = Object.keys(detection);
  if (spec["clientIPDetection"] !== undefined && ways.length !== 1)
    yield {
      what:
        ways.length === 0
          ? "finds the client's address in no way"
          : "finds the client's address in ways that exclude each other",
      at: ["clientIPDetection"],
      fix: "one of xForwardedFor, customHeader",
    };
  const forwarded = asMap(detection["xForwardedFor"]);
  if (forwarded["numTrustedHops"] !== undefined && forwarded["trustedCIDRs"] !== undefined)
    yield {
      what: "trusts proxies by number and by address",
      at: ["clientIPDetection", "xForwardedFor"],
      fix: "trustedCIDRs alone, where the addresses are known",
    };
}

function* backendProblems(spec: Mapping): Generator<Problem> {
  if (spec["compression"] !== undefined && spec["compressor"] !== undefined)
    yield {
      what: "has both compression and compressor",
      at: ["compression"],
      fix: "compressor alone: compression is its old name",
    };
}

const CHECKS: Readonly<Record<string, (spec: Mapping) => Iterable<Problem>>> = {
  "gateway.networking.k8s.io/Gateway": gatewayProblems,
  "gateway.networking.k8s.io/HTTPRoute": routeProblems,
  "gateway.networking.k8s.io/GRPCRoute": routeProblems,
  "gateway.networking.k8s.io/TLSRoute": routeProblems,
  "gateway.envoyproxy.io/ClientTrafficPolicy": clientProblems,
  "gateway.envoyproxy.io/BackendTrafficPolicy": backendProblems,
};
