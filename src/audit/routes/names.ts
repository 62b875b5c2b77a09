/** Host names of routes, listeners and certificates against each other. */

/** Gateway API, HTTPRoute.spec.hostnames: a wildcard stands for one label or more, an absent name for all. */
export function meets(route: string, listener: string | undefined): boolean {
  if (listener === undefined || route === listener) return true;
  if (route.startsWith("*.") && listener.startsWith("*."))
    return isBelow(route.slice(2), listener.slice(2)) || isBelow(listener.slice(2), route.slice(2));
  if (listener.startsWith("*.")) return route !== listener.slice(2) && isBelow(route, listener.slice(2));
  return route.startsWith("*.") && listener !== route.slice(2) && isBelow(listener, route.slice(2));
}

/** RFC 6125 §6.4.3: the wildcard of a certificate stands for exactly one label. */
export const covers = (certificate: string, host: string): boolean =>
  certificate === host ||
  (certificate.startsWith("*.") &&
    !host.startsWith("*.") &&
    host.slice(host.indexOf(".") + 1) === certificate.slice(2));

export const isBelow = (name: string, domain: string): boolean => name === domain || name.endsWith(`.${domain}`);
