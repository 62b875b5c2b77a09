/** What the tunnel to Cloudflare does not carry, whichever gateway is at its end. */
import type { Gateway } from "../model/gateway.ts";
import type { Plan } from "../model/plan.ts";
import type { Unable } from "../model/routeOptions.ts";
import { TUNNEL } from "./cloudflared.ts";
import { publishersOf } from "./publishing.ts";

export const noGrpc = ({ name, public: wayIn }: Gateway): Unable | undefined =>
  wayIn === TUNNEL
    ? {
        because: `${name} is at the end of a tunnel to Cloudflare, which carries no gRPC for public names`,
        source: "Cloudflare documentation, Network, gRPC connections: Limitations",
        instead: "a gateway without a tunnel",
      }
    : undefined;

export const noPassthrough = ({ name, public: wayIn }: Gateway): Unable | undefined =>
  wayIn === TUNNEL
    ? {
        because: `${name} is at the end of a tunnel to Cloudflare, which opens every connection itself`,
        source: "Cloudflare documentation, Cloudflare Tunnel: Origin configuration",
        instead: "a gateway without a tunnel",
      }
    : undefined;

/** Nobody writes a record of such a route into public DNS. */
export const unpublished = (gateway: Gateway, plan: Plan): Unable | undefined =>
  publishersOf(gateway, plan).length === 0
    ? undefined
    : {
        because: `the names of ${gateway.name} are published, and external-dns 0.21 reads TLSRoutes in a version alone that nobody serves`,
        source: "kubernetes-sigs/external-dns v0.21.0, source/gateway_tlsroute.go; kubernetes-sigs/external-dns#6247",
        instead: "a gateway whose names stay in the house",
      };
