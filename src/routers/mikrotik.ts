import { brand } from "./files.ts";

/** RouterOS from 7.20 on, where the number of a router stands in /routing/bgp/instance. */
export const mikrotik = brand({
  id: "mikrotik",
  title: "MikroTik RouterOS 7",
  software: ["mikrotik", "routeros"],
  configurations: {
    "homelab.rsc": {
      template: "routers/mikrotik/homelab.rsc",
      needed: ({ bgp, detours, dhcp, passings }) =>
        bgp !== null || detours.length > 0 || passings.length > 0 || (dhcp?.reservations ?? []).some(({ mac }) => mac),
    },
  },
});
