import { brand } from "./files.ts";

/** VyOS 1.4. */
export const vyos = brand({
  id: "vyos",
  title: "VyOS",
  software: ["vyos"],
  configurations: {
    "homelab.vyos": {
      template: "routers/vyos/homelab.vyos",
      needed: ({ bgp, detours, dhcp, passings }) =>
        bgp !== null || detours.length > 0 || passings.length > 0 || (dhcp?.reservations ?? []).some(({ mac }) => mac),
    },
  },
});
