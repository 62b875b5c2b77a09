import { brand, FRR_CONFIGURATION } from "./files.ts";

/** FRRouting on a machine with Linux of its own, with dnsmasq and nftables for what no routing daemon does. */
export const frr = brand({
  id: "frr",
  title: "FRR",
  software: ["frr"],
  configurations: {
    ...FRR_CONFIGURATION,
    "routes.conf": { template: "routers/frr/routes.conf", needed: ({ detours }) => detours.length > 0 },
    "dnsmasq.conf": { template: "routers/frr/dnsmasq.conf", needed: ({ dhcp }) => dhcp !== null },
    "nftables.conf": { template: "routers/frr/nftables.conf", needed: ({ passings }) => passings.length > 0 },
  },
});
