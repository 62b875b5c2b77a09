/** What Traefik can do for a route, in whichever objects its routes are. */
import type { RouteAbilities } from "../model/routeOptions.ts";

export const traefikAbilities: RouteAbilities = {
  path: true,
  header: true,
  "set-header": true,
  timeout: {
    because: "Traefik has time limits for all that an entrypoint hears and none for a route",
    source: "traefik v3.7, EntryPoints: respondingTimeouts; Gateway API: no HTTPRouteRequestTimeout",
    instead: "requests take as long as they take here already; a limit belongs into the app",
  },
};
