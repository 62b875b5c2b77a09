/** IPv6 alone or beside IPv4, where it does not go together, beside broken.ts. */
import { DUAL_STACK } from "../fixtures/dualStack.ts";
import { edit, type Case, type Edit } from "./edits.ts";

const PODS = "pods: [10.42.0.0/16, fd00:1:0:4200::/56]";
const SERVICES = "services: [10.43.0.0/16, fd00:1:0:4300::/112]";
const POOL = "[172.16.1.60-172.16.1.69, fd00:1::60-fd00:1::69]";
const NODE = "fd00:1::53";
const GATEWAY = "[172.16.1.61, fd00:1::61]";
const ROUTER = "[172.16.1.1, fe80::1]";

const OF_ONE_FAMILY = edit(", fd00:1::60] ", "] ");
const METALLB = edit("provider: cilium\n  mode: l2", "provider: metallb\n  mode: l2");

const dual = (...edits: readonly Edit[]): readonly Edit[] => [...DUAL_STACK, ...edits];

/** One value of the network in both families, wrong and right. */
const beside = (id: string, find: string, wrong: string, right: string): Case => ({
  id,
  broken: dual(edit(find, wrong)),
  nearMiss: dual(edit(find, right)),
});

const another = (range: string): string => `${POOL}, more: ${range}`;

/** Of `[one, other]` the other in front, or the other alone. */
const turned = DUAL_STACK.map(({ find, replace }) => edit(find, replace.replace(/\[(\S+), (\S+)\]/, "[$2, $1]")));
const alone = DUAL_STACK.map(({ find, replace }) => edit(find, replace.replace(/\[(\S+), (\S+)\]/, "$2")));

export const familyCases: readonly Case[] = [
  beside("FAMILY-NETWORK", PODS, "pods: 10.42.0.0/16", "pods: [10.42.0.0/16, fd00:7::/56]"),
  beside("FAMILY-NETWORK", SERVICES, "services: fd00:1:0:4300::/112", "services: [10.44.0.0/16, fd00:7::/112]"),
  {
    id: "FAMILY-NETWORK",
    broken: [edit("lan: 172.16.1.60-172.16.1.69", "lan: [172.16.1.60-172.16.1.69, fd00:1::60-fd00:1::69]")],
    nearMiss: [edit("pve4: 172.16.1.5", "pve4: [172.16.1.5, fd00:1::5]")],
  },
  beside("FAMILY-ORDER", PODS, "pods: [fd00:1:0:4200::/56, 10.42.0.0/16]", PODS),
  { id: "FAMILY-SUPPORT", broken: turned, nearMiss: DUAL_STACK },
  {
    id: "FAMILY-SUPPORT",
    broken: [
      ...alone,
      edit("dns: [adguard, technitium]", "dns: [technitium]"),
      edit("  dhcp: ", "  # "),
      edit("    router: 172.16.1.1\n", ""),
    ],
    nearMiss: DUAL_STACK,
  },
  beside("FAMILY-NODE", `[172.16.1.53, ${NODE}]`, "172.16.1.53", "[172.16.1.53, fd00:1::54]"),
  {
    id: "FAMILY-SERVER",
    broken: [edit("dns: [adguard, technitium]", "dns: [adguard, 'fd00:1::10']")],
    nearMiss: dual(edit("dns: [adguard, technitium]", "dns: [adguard, 'fd00:1::10']")),
  },
  beside("NET-KIND", SERVICES, "services: [10.43.0.0/16, 2001:db8::/112]", SERVICES),
  beside("NET-OVERLAP", PODS, "pods: [10.42.0.0/16, fd00:1::/56]", "pods: [10.42.0.0/16, fd00:1:0:100::/56]"),
  beside("NET-PODS-SIZE", "4200::/56", "4200::/63", "4200::/62"),
  beside("NET-PODS-SIZE", "fd00:1:0:4200::/56", "fd00:8::/47", "fd00:8::/48"),
  beside("NET-SERVICES-SIZE", "4300::/112", "4300::/107", "4300::/108"),
  beside("NET-LAN", NODE, "fd00:2::53", "fd00:1::54"),
  beside("NET-LAN", ROUTER, "[172.16.1.1, fd00:2::1]", ROUTER),
  beside("NET-RESERVED", NODE, "'fd00:1::'", "'fd00:1::1'"),
  beside("NET-OWNER", GATEWAY, "[172.16.1.61, fd00:1::60]", "[172.16.1.61, fd00:1::62]"),
  beside("NET-RESOLVER", "dns: [adguard, technitium]", "dns: ['fd00:1:0:4300::a']", "dns: ['fd00:1::a']"),
  beside("LB-POOL-LAN", POOL, another("fd00:2::1-fd00:2::9"), another("fd00:1::1-fd00:1::9")),
  beside("LB-POOL-RESERVED", POOL, another("fd00:1::0-fd00:1::9"), another("fd00:1::1-fd00:1::9")),
  beside("LB-POOL-TAKEN", POOL, another("fd00:1::53-fd00:1::5f"), another("fd00:1::54-fd00:1::5f")),
  beside("LB-POOL-OVERLAP", POOL, another("fd00:1::69-fd00:1::79"), another("fd00:1::70-fd00:1::79")),
  beside("LB-ADDRESS-POOL", GATEWAY, "[172.16.1.61, fd00:1::71]", "[172.16.1.61, fd00:1::62]"),
  {
    id: "LB-POOL-FAMILIES",
    broken: dual(METALLB, OF_ONE_FAMILY, edit(POOL, "172.16.1.60-172.16.1.69, six: 'fd00:1::60-fd00:1::69'")),
    nearMiss: dual(METALLB, OF_ONE_FAMILY),
  },
  {
    // Cilium takes each address from the pool that has it.
    id: "LB-POOL-FAMILIES",
    broken: dual(METALLB, edit(GATEWAY, "[172.16.1.61, fd00:1::71]"), edit(POOL, another("fd00:1::70-fd00:1::79"))),
    nearMiss: dual(edit(GATEWAY, "[172.16.1.61, fd00:1::71]"), edit(POOL, another("fd00:1::70-fd00:1::79"))),
  },
  {
    id: "LB-ADDRESS-POOL",
    broken: dual(edit(POOL, "172.16.1.60-172.16.1.69"), OF_ONE_FAMILY),
    nearMiss: dual(edit(POOL, "172.16.1.60-172.16.1.69"), OF_ONE_FAMILY, edit(GATEWAY, "172.16.1.61")),
  },
];
