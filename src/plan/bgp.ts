/** The section `bgp` with what `lan.hosts` says of the same routers. */
import type { Bgp, BgpPeer } from "../model/bgp.ts";
import type { Label } from "../model/names.ts";
import type { Spec } from "../spec/spec.ts";

export function bgpOf(spec: Spec): Bgp | undefined {
  if (spec.bgp === undefined) return undefined;
  const { asn, peers } = spec.bgp;
  return { asn, peers: Object.keys(peers).map((name) => peerOf(name as Label, spec)) };
}

function peerOf(name: Label, { bgp, lan }: Spec): BgpPeer {
  const said = bgp?.peers[name];
  if (said === undefined) throw new Error(`bgp has no peer ${name}`);
  const host = lan.hosts.find((candidate) => candidate.name === name);
  const path = `bgp.peers.${name}`;
  return {
    name,
    asn: said.asn,
    ips: said.address ?? host?.ips ?? [],
    software: host?.software ?? [],
    password: said.password,
    timers: said.timers,
    multihop: said.multihop,
    bfd: said.bfd,
    path,
    addressPath: said.address === undefined && host !== undefined ? `lan.hosts.${name}` : `${path}.address`,
  };
}
