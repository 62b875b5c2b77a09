/** Services that have addresses of nodes. */
import { KEPT_ON_NODES, ON_NODES, ON_TWO_NODES } from "../fixtures/onNodes.ts";
import { edit, type Case } from "./edits.ts";

const GATEWAY = "address: 172.16.1.53,";
const DEFAULT = "internal: { address: 172.16.1.53, default: true }";
const SERVICE_LB = "provider: servicelb\n";

export const onNodesCases: readonly Case[] = [
  {
    id: "LB-NODE-ADDRESS",
    broken: [...ON_NODES, edit(GATEWAY, "address: 172.16.1.61,")],
    nearMiss: [...ON_NODES, edit(GATEWAY, "address: 172.16.1.50,")],
  },
  {
    id: "LB-NODE-ADDRESS",
    broken: [...ON_TWO_NODES, edit("[172.16.1.52, fd00:1::52] }\n", "[172.16.1.52, fd00:1::51] }\n")],
    nearMiss: [...ON_TWO_NODES, edit("[172.16.1.52, fd00:1::52] }\n", "[172.16.1.51, fd00:1::51] }\n")],
  },
  {
    id: "LB-NODE-PORT",
    broken: [...ON_NODES, edit(DEFAULT, `${DEFAULT}\n    things: { address: 172.16.1.53 }`)],
    nearMiss: [...ON_NODES, edit(DEFAULT, `${DEFAULT}\n    things: { address: 172.16.1.52 }`)],
  },
  {
    id: "LB-NODE-TAINT",
    broken: [
      ...ON_NODES,
      edit("address: 172.16.1.53 ", "address: 172.16.1.50 "),
      edit("53, role: worker", "53, role: worker, gpu: intel"),
    ],
    nearMiss: [
      ...ON_NODES,
      edit(
        "53, role: worker }",
        "53, role: worker }\n    talos-worker-2: { ip: 172.16.1.54, role: worker, gpu: intel }",
      ),
    ],
  },
  {
    id: "LB-NODE-POOLS",
    broken: [...ON_NODES, edit(SERVICE_LB, `${SERVICE_LB}  pools: { lan: 172.16.1.60-172.16.1.69 }\n`)],
    nearMiss: ON_NODES,
  },
  {
    id: "LB-NODE-POOLS",
    broken: [...ON_NODES, edit(SERVICE_LB, `${SERVICE_LB}  pools: { lan: 172.16.1.50-172.16.1.59 }\n`)],
    nearMiss: ON_NODES,
  },
  {
    id: "LB-NODE-POOLS",
    broken: [...ON_NODES, edit(SERVICE_LB, `${SERVICE_LB}  shared: [172.16.1.53]\n`)],
    nearMiss: ON_NODES,
  },
  {
    id: "LB-NODE-NETWORK",
    broken: [...ON_NODES, edit("  provider: flannel\n", "  provider: cilium\n")],
    nearMiss: [...ON_NODES, edit("  provider: flannel\n", "  provider: calico\n")],
  },
  {
    id: "LB-NODE-NETWORK",
    broken: [...ON_NODES, edit("  provider: flannel\n", "  provider: calico\n  dataplane: ebpf\n")],
    nearMiss: [...ON_NODES, edit("  provider: flannel\n", "  provider: calico\n  dataplane: nftables\n")],
  },
  {
    id: "CHOICE-BROUGHT",
    broken: [...KEPT_ON_NODES, edit("servicelb, traefik]", "traefik]")],
    nearMiss: KEPT_ON_NODES,
  },
];
