/** Host names of routes, listeners and certificates against each other. */
import { isUnder } from "../../model/names.ts";

/** Gateway API, HTTPRoute.spec.hostnames: a wildcard stands for one label or more, an absent name for all. */
export function meets(route: string, listener: string | undefined): boolean {
  if (listener === undefined || route === listener) return true;
  if (route.startsWith("*.") && listener.startsWith("*."))
    return isUnder(route.slice(2), listener.slice(2)) || isUnder(listener.slice(2), route.slice(2));
  if (listener.startsWith("*.")) return route !== listener.slice(2) && isUnder(route, listener.slice(2));
  return route.startsWith("*.") && listener !== route.slice(2) && isUnder(listener, route.slice(2));
}

/** RFC 6125 §6.4.3: the wildcard of a certificate stands for exactly one label. */
export const covers = (certificate: string, host: string): boolean =>
  certificate === host ||
  (certificate.startsWith("*.") &&
    !host.startsWith("*.") &&
    host.slice(host.indexOf(".") + 1) === certificate.slice(2));
