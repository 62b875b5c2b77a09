/** Host names in rules of Traefik, as the API server finds them in its language (CEL; regular expressions of RE2). */
import type { Plan } from "../model/plan.ts";
import type { NamedKind } from "../model/routeNames.ts";
import { namedRoutes } from "./httpRoute.ts";
import { namedIngresses } from "./ingressObject.ts";
import { entrypointsOf, traefikGateways } from "./traefikEntrypoints.ts";

// A rule is an expression of Go whose matchers may be spelled in lower and upper case (traefik v3.7, pkg/rules/parser.go).
const TEXT = '(?:`[^`]*`|"[^"\\\\]*")';
const CALL = `(?i:\\bhost(?:sni|header)?)\\s*\\(\\s*${TEXT}(?:\\s*,\\s*${TEXT})*\\s*\\)`;
const PATTERN = `(?i:\\bhost(?:sni)?regexp)\\s*\\(\\s*${TEXT}\\s*\\)`;
/** Texts are stepped over as a whole; what is in them is no matcher and no comment. */
const WORDS = '`[^`]*`|"(?:[^"\\\\]|\\\\.)*"|/\\*|//|(?i:\\bhost\\w*)';
const NOT_HOST = "(?i)!\\s*\\(*\\s*host";

const quoted = (pattern: string): string => `r'${pattern}'`;

/** Its own objects are always read; beside them what the routes of apps are. */
export const traefikNamedKinds = (plan: Plan): readonly NamedKind[] => {
  const kinds = new Set(traefikGateways(plan).map(({ routeKind }) => routeKind));
  return [
    namedIngressRoutes(plan),
    ...(kinds.has("Ingress") ? [namedIngresses(plan)] : []),
    ...(kinds.has("HTTPRoute") ? [namedRoutes(plan)] : []),
  ];
};

function namedIngressRoutes(plan: Plan): NamedKind {
  const entrypoints = traefikGateways(plan)
    .map((gateway) => entrypointsOf(gateway, plan))
    .flatMap(({ http, https }) => [http, ...(https === undefined ? [] : [https])])
    .map(({ name }) => `'${name}'`);
  // Without any they are the default ones.
  const ours = (object: string): string =>
    `(${object}.spec.?entryPoints.orValue([]).size() == 0 || ${object}.spec.entryPoints.exists(name, name in [${entrypoints.join(", ")}]))`;
  const texts = (object: string, calls: string): string =>
    `${object}.spec.routes.map(route, route.match).join(' ').findAll(${quoted(calls)}).join(' ').findAll(${quoted(TEXT)}).map(text, text.substring(1, text.size() - 1))`;
  // Every matcher of hosts has to be read, at least one of them, and none the other way round.
  const vague = (object: string): string =>
    `${object}.spec.routes.exists(route, [route.match.findAll(${quoted(`${CALL}|${PATTERN}`)}).size()].exists(read, read == 0 || route.match.findAll(${quoted(WORDS)}).filter(word, word.matches(r'(?i)^(host|/[*/])')).size() != read) || route.match.matches(${quoted(NOT_HOST)}) || route.?syntax.orValue('') == 'v2' && route.match.matches(${quoted(PATTERN)}))`;
  return {
    id: "traefik",
    group: "traefik.io",
    resources: ["ingressroutes", "ingressroutetcps"],
    asked: (object) => {
      const names = texts(object, CALL);
      return `(${names}.filter(name, name != '*').map(name, name.endsWith('.') ? name.substring(0, name.size() - 1) : name) + (${ours(object)} && ('*' in ${names} || ${vague(object)}) ? ['*'] : []))`;
    },
    limit:
      "A rule of Traefik is judged by the names in it: of `Host(…) || PathPrefix(…)` the second half, which is for every name, is not seen.",
    patterns: (object) => `(${ours(object)} ? ${texts(object, PATTERN)} : [])`,
  };
}
