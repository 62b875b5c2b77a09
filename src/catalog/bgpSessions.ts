/** Sessions with the routers of `bgp`, as those who speak BGP write them down. */
import { familyOf, type Family, type Ip } from "../model/address.ts";
import type { BgpPeer } from "../model/bgp.ts";
import { familyName } from "../model/families.ts";
import type { Plan } from "../model/plan.ts";
import type { SecretNeed } from "../model/unit.ts";

/** A session carries the addresses of its own family. */
export interface BgpSession {
  /** `opnsense`; of a router with two addresses the second is `opnsense-ipv6`. */
  readonly name: string;
  readonly peer: BgpPeer;
  readonly ip: Ip;
  readonly family: Family;
}

export const sessionsOf = ({ bgp, stacks }: Plan): readonly BgpSession[] =>
  (bgp?.peers ?? []).flatMap((peer) =>
    peer.ips
      .map((ip) => ({ ip, family: familyOf(ip) }))
      .filter(({ family }) => stacks.some((stack) => stack.family === family))
      .map(({ ip, family }, index) => ({
        name: index === 0 ? peer.name : `${peer.name}-${familyName(family).toLowerCase()}`,
        peer,
        ip,
        family,
      })),
  );

/** The password of a router's sessions, where they have one. Its name, or null. */
export const bgpSecretName = ({ name, password }: BgpPeer): string | null => (password ? `bgp-${name}` : null);

export const bgpSecrets = ({ bgp }: Plan, type?: string): readonly SecretNeed[] =>
  (bgp?.peers ?? []).flatMap((peer) => {
    const name = bgpSecretName(peer);
    return name === null ? [] : [{ ...password(peer), name, ...(type !== undefined && { type }) }];
  });

// Linux takes 80 bytes (TCP_MD5SIG_MAXKEYLEN), and routers read the password from a line of their configuration.
const password = ({ name }: BgpPeer): Omit<SecretNeed, "name"> => ({
  keys: [
    {
      key: "password",
      what: `password of the BGP sessions with ${name}, the same on both sides`,
      from: "make one up: openssl rand -hex 20; then give it to the router as docs/network.md says",
    },
  ],
  because: `nodes prove with it to ${name} who they are`,
});
