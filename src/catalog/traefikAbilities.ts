/** What Traefik can do for a route, in whichever objects its routes are. */
import type { Gateway } from "../model/gateway.ts";
import type { Plan } from "../model/plan.ts";
import type { RouteAbilities, Unable } from "../model/routeOptions.ts";
import { hiddenClients } from "./clients.ts";
import { TUNNEL } from "./cloudflared.ts";
import { schemeOf } from "./gatewayCertificates.ts";
import { noGrpc, noPassthrough } from "./throughTunnel.ts";

export const traefikAbilities = (gateway: Gateway, plan: Plan): RouteAbilities => ({
  path: true,
  header: true,
  "set-header": true,
  timeout: {
    because: "Traefik has time limits for all that an entrypoint hears and none for a route",
    source: "traefik v3.7, EntryPoints: respondingTimeouts; Gateway API: no HTTPRouteRequestTimeout",
    instead: "requests take as long as they take here already; a limit belongs into the app",
  },
  "allow-from": unseen(gateway, plan) ?? true,
  "forward-auth": true,
  "sign-in": true,
  oidc: {
    because: "Traefik speaks OpenID Connect only in the edition of Traefik Labs, Traefik Hub",
    source: "traefik v3.7, docs, HTTP middlewares: oidc",
    instead: "--auth forward=NS/NAME:PORT of a service that does, such as Authelia, authentik or oauth2-proxy",
  },
  grpc: noGrpc(gateway) ?? true,
  passthrough: schemeOf(plan) === "http" ? withoutEntrypoint : (noPassthrough(gateway) ?? true),
});

const withoutEntrypoint: Unable = {
  because: "Traefik listens on no port for TLS here, because nobody issues certificates",
  source: "the entrypoints this program writes",
  instead: "certificates.letsencrypt in homelab.yaml",
};

/** It compares the address that a connection comes from, and nobody but the tunnel connects to a gateway behind one. */
function unseen({ name, public: wayIn, addresses }: Gateway, plan: Plan): Unable | undefined {
  if (wayIn !== TUNNEL) return hiddenClients(addresses, plan);
  return {
    because: `Traefik compares the address that a connection comes from, and what comes to ${name} from the internet comes from the tunnel`,
    source: "traefik v3.7, IPAllowList: ipStrategy; pkg/ip/strategy.go, RemoteAddrStrategy",
    instead: "a gateway without a tunnel, or rules at Cloudflare, which knows who asks",
  };
}
