/** What the tunnel to Cloudflare does not carry, whichever gateway is at its end. */
import type { Gateway } from "../model/gateway.ts";
import type { Unable } from "../model/routeOptions.ts";
import { TUNNEL } from "./cloudflared.ts";

export const noGrpc = ({ name, public: wayIn }: Gateway): Unable | undefined =>
  wayIn === TUNNEL
    ? {
        because: `${name} is at the end of a tunnel to Cloudflare, which carries no gRPC for public names`,
        source: "Cloudflare documentation, Network, gRPC connections: Limitations",
        instead: "a gateway without a tunnel",
      }
    : undefined;
