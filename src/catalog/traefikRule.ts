/** What a rule of Traefik's own routes asks of a request (traefik v3.7, Routers: Rule). */
import { askOf } from "../model/routeOptions.ts";
import type { Route } from "../model/unit.ts";

/** Backticks hold texts as they are; neither a path nor a header of ours has one. */
const quoted = (text: string): string => `\`${text}\``;

export function ruleOf({ host, path, headers = [] }: Pick<Route, "host" | "path" | "headers">): string {
  return [
    `Host(${quoted(host)})`,
    ...(path === undefined || path === "/" ? [] : [below(path)]),
    ...headers.map(({ name, value }) => `Header(${quoted(name)}, ${quoted(value)})`),
  ].join(" && ");
}

/** `PathPrefix` alone would take `/apis` for `/api` (traefik v3.7, Routers: Rule, PathPrefix). */
function below(path: string): string {
  const whole = path.replace(/\/$/, "");
  return `(Path(${quoted(whole)}) || PathPrefix(${quoted(`${whole}/`)}))`;
}

const BELOW = /\(Path\(`([^`]+)`\) \|\| PathPrefix\(`\1\/`\)\)/;
const HEADER = /\bHeader\(`([^`]+)`, `([^`]+)`\)/g;

/** "Host(`a`) || Host(`b`, `c`)": the names a rule asks for. */
export const hostsIn = (rule: string): readonly string[] =>
  [...rule.matchAll(HOST)].flatMap(([, names = ""]) =>
    [...names.matchAll(/[`"]([^`"]+)[`"]/g)].map(([, host = ""]) => host.toLowerCase()),
  );

const HOST = /\bHost(?:SNI)?\(([^)]*)\)/g;

/** Beside the names. What no route of ours says is left as it is written. */
export function askIn(rule: string): string {
  const besides = rule.replaceAll(HOST, "");
  const left = besides.replace(BELOW, "").replaceAll(HEADER, "").replaceAll("&&", "").trim();
  if (/^[()|\s]*$/.test(left))
    return askOf({
      path: BELOW.exec(besides)?.[1] ?? "/",
      headers: [...besides.matchAll(HEADER)].map(([, name = "", value = ""]) => ({ name, value })),
    });
  return besides.replace(/^[\s&|]+/, "").trim();
}
