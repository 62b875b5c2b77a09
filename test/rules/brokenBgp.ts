/** Pools, addresses that are shared, and what is said to routers. */
import { edit, type Case } from "./edits.ts";

const POOLS = "pools: { lan: 172.16.1.60-172.16.1.69 }";
const shared = (...ips: readonly string[]) => edit(POOLS, `${POOLS}\n  shared: [${ips.join(", ")}]`);
const GATEWAY = "address: 172.16.1.61";

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
];
