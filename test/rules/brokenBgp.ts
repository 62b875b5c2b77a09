/** Pools, addresses that are shared, and what is said to routers. */
import { ANNOUNCED, CALICO_IN_TUNNEL, OVER_BGP, routers } from "../fixtures/overBgp.ts";
import { DUAL_STACK } from "../fixtures/dualStack.ts";
import { edit, type Case, type Edit } from "./edits.ts";

const POOLS = "pools: { lan: 172.16.1.60-172.16.1.69 }";
const shared = (...ips: readonly string[]) => edit(POOLS, `${POOLS}\n  shared: [${ips.join(", ")}]`);
const GATEWAY = "address: 172.16.1.61";
const ROUTED = "pools: { lan: 10.50.0.0/24 }";
const METALLB: Edit = edit("provider: cilium\n  mode: bgp", "provider: metallb\n  mode: bgp");

/** The network over BGP with these routers. */
const told = (peers: string, asn = 64_513): readonly Edit[] => [
  ...ANNOUNCED,
  routers(`{ asn: ${asn}, peers: { ${peers} } }`),
];

export const bgpCases: readonly Case[] = [
  {
    id: "NET-OWNER",
    broken: [edit(GATEWAY, "address: 172.16.1.60")],
    nearMiss: [edit(GATEWAY, "address: 172.16.1.60"), shared("172.16.1.60")],
  },
  { id: "LB-SHARED-POOL", broken: [shared("172.16.1.59")], nearMiss: [shared("172.16.1.69")] },
  {
    id: "LB-SHARED-PORT",
    broken: [
      edit(
        "{ address: 172.16.1.61, default: true }",
        "{ address: 172.16.1.61, default: true }\n    second: { address: 172.16.1.61 }",
      ),
      shared("172.16.1.61"),
    ],
    nearMiss: [edit(GATEWAY, "address: 172.16.1.60"), shared("172.16.1.60")],
  },
  {
    id: "LB-SHARED-ABLE",
    broken: [...CALICO_IN_TUNNEL, edit(ROUTED, `${ROUTED}\n  shared: [10.50.0.70]`)],
    nearMiss: CALICO_IN_TUNNEL,
  },
  {
    id: "LB-POOL-ROUTED",
    broken: [edit("  mode: l2\n", "  mode: bgp\n"), routers("{ asn: 64513, peers: { router: { asn: 64512 } } }")],
    nearMiss: OVER_BGP,
  },
  {
    id: "LB-POOL-CLUSTER",
    broken: [...OVER_BGP, edit(ROUTED, "pools: { lan: 10.50.0.0/24, more: 10.42.7.0/24 }")],
    nearMiss: [...OVER_BGP, edit(ROUTED, "pools: { lan: 10.50.0.0/24, more: 10.41.7.0/24 }")],
  },
  {
    id: "LB-POOL-LAN",
    broken: [edit(POOLS, "pools: { lan: 172.16.1.60-172.16.1.69, more: 10.50.0.0/24 }")],
    nearMiss: OVER_BGP,
  },
  {
    id: "BGP-ROUTER",
    broken: told("edge: { asn: 64512 }"),
    nearMiss: told("edge: { asn: 64512, address: 172.16.1.1 }"),
  },
  {
    id: "BGP-ROUTER-TWICE",
    broken: told("router: { asn: 64512 }, edge: { asn: 64512, address: 172.16.1.1 }"),
    nearMiss: told("router: { asn: 64512 }, edge: { asn: 64512, address: 172.16.1.254 }"),
  },
  { id: "BGP-NUMBER", broken: told("router: { asn: 65535 }"), nearMiss: told("router: { asn: 65534 }") },
  { id: "BGP-NUMBER-SAME", broken: told("router: { asn: 64513 }"), nearMiss: told("router: { asn: 64512 }") },
  {
    id: "BGP-ABILITY",
    broken: told("router: { asn: 64512, bfd: true }"),
    nearMiss: [...told("router: { asn: 64512, bfd: true }"), METALLB],
  },
  {
    id: "BGP-ABILITY",
    broken: [...CALICO_IN_TUNNEL, edit("far: { asn: 64514,", "far: { asn: 4200000000,")],
    nearMiss: [...CALICO_IN_TUNNEL, edit("far: { asn: 64514,", "far: { asn: 65000,")],
  },
  {
    id: "BGP-ABILITY",
    broken: [...CALICO_IN_TUNNEL, edit("{ asn: 64512 }", "{ asn: 64512, bfd: true }")],
    nearMiss: [...CALICO_IN_TUNNEL, edit("{ asn: 64512 }", "{ asn: 64512, password: true, multihop: 2 }")],
  },
  {
    id: "BGP-ABILITY",
    broken: [...CALICO_IN_TUNNEL, edit("{ asn: 64512 }", "{ asn: 64512, timers: { connectRetry: 10 } }")],
    nearMiss: [
      ...CALICO_IN_TUNNEL,
      edit("{ asn: 64512 }", "{ asn: 64512, timers: { hold: 9, keepalive: 3, connectRetry: 5 } }"),
    ],
  },
  {
    id: "BGP-TIMERS",
    broken: told("router: { asn: 64512, timers: { hold: 9, keepalive: 9 } }"),
    nearMiss: told("router: { asn: 64512, timers: { hold: 9, keepalive: 8 } }"),
  },
  {
    id: "BGP-FAMILY",
    broken: [
      ...DUAL_STACK,
      edit("  mode: l2\n", "  mode: bgp\n"),
      edit(
        "pools: { lan: [172.16.1.60-172.16.1.69, fd00:1::60-fd00:1::69] }",
        "pools: { lan: [10.50.0.0/24, fd00:10:0:5000::/112] }",
      ),
      edit("[172.16.1.60, fd00:1::60]", "[10.50.0.60, fd00:10:0:5000::60]"),
      edit("[172.16.1.61, fd00:1::61]", "[10.50.0.61, fd00:10:0:5000::61]"),
      routers("{ asn: 64513, peers: { edge: { asn: 64512, address: 172.16.1.1 } } }"),
    ],
    nearMiss: [
      ...DUAL_STACK,
      edit("  mode: l2\n", "  mode: bgp\n"),
      edit(
        "pools: { lan: [172.16.1.60-172.16.1.69, fd00:1::60-fd00:1::69] }",
        "pools: { lan: [10.50.0.0/24, fd00:10:0:5000::/112] }",
      ),
      edit("[172.16.1.60, fd00:1::60]", "[10.50.0.60, fd00:10:0:5000::60]"),
      edit("[172.16.1.61, fd00:1::61]", "[10.50.0.61, fd00:10:0:5000::61]"),
      routers("{ asn: 64513, peers: { edge: { asn: 64512, address: [172.16.1.1, fd00:1::1] } } }"),
    ],
  },
];

export const bgpWarnings: readonly Case[] = [
  {
    id: "BGP-HOPS",
    broken: told("edge: { asn: 64512, address: 172.16.9.1 }"),
    nearMiss: told("edge: { asn: 64512, address: 172.16.9.1, multihop: 2 }"),
  },
  {
    id: "BGP-UNUSED",
    broken: [routers("{ asn: 64513, peers: { router: { asn: 64512 } } }")],
    nearMiss: OVER_BGP,
  },
  { id: "BGP-NUMBER-PUBLIC", broken: told("router: { asn: 64500 }"), nearMiss: told("router: { asn: 4200000000 }") },
];
