/** What the expressions in the CRD of Gateway refuse (gateway-api v1.6.1, Gateway.spec.listeners). */
import { asList, at, type Mapping } from "../../model/unknown.ts";
import { asText } from "../values.ts";
import type { Problem } from "./refused.ts";

const MOST_LISTENERS = 64;

export function* gatewayProblems(spec: Mapping): Generator<Problem> {
  const listeners = asList(spec["listeners"]);
  if (listeners.length > MOST_LISTENERS)
    yield {
      what: `has ${listeners.length} listeners, and ${MOST_LISTENERS} is the most`,
      at: ["listeners"],
      fix: "a second Gateway, or a ListenerSet",
    };
  const [names, places] = [new Set<string>(), new Set<string>()];
  for (const [index, listener] of listeners.entries()) {
    const name = asText(at(listener, "name")) ?? "";
    const place = JSON.stringify(["port", "protocol", "hostname"].map((field) => at(listener, field) ?? ""));
    if (names.has(name))
      yield { what: `has two listeners called ${name}`, at: ["listeners", index, "name"], fix: "a name for each" };
    else if (places.has(place))
      yield {
        what: `listens twice for the same names on port ${String(at(listener, "port"))}`,
        at: ["listeners", index, "name"],
        fix: "one listener; it takes several certificates",
      };
    names.add(name);
    places.add(place);
    yield* listenerProblems(listener, index, name);
  }
}

function* listenerProblems(listener: unknown, index: number, name: string): Generator<Problem> {
  const problem = (what: string, key: string, fix: string): Problem => ({
    what: `has a listener ${name} that ${what}`,
    at: ["listeners", index, key],
    fix,
  });
  const protocol = asText(at(listener, "protocol")) ?? "";
  const tls = at(listener, "tls");
  const mode = at(tls, "mode") ?? "Terminate";
  if (["HTTP", "TCP", "UDP"].includes(protocol) && tls !== undefined)
    yield problem(`speaks ${protocol} and has certificates`, "tls", "protocol: HTTPS, or no tls");
  if (["TCP", "UDP"].includes(protocol) && at(listener, "hostname") !== undefined)
    yield problem(`speaks ${protocol}, which has no host names`, "hostname", "no hostname");
  if (protocol === "HTTPS" && mode !== "Terminate")
    yield problem("speaks HTTPS and hands connections on unopened", "tls", "protocol: TLS, and a TLSRoute");
  else if (protocol === "HTTPS" && asList(at(tls, "certificateRefs")).length === 0 && at(tls, "options") === undefined)
    yield problem("speaks HTTPS without a certificate", "protocol", "tls: { certificateRefs: [{ name: its Secret }] }");
}
