/** Combinations of options that the agents of Cilium do not start with, or that are not what they look like. */
import { edit, WORKER, type Case } from "./edits.ts";

const GENEVE = edit("routing: native", "routing: geneve");

const CILIUM = "  provider: cilium\n  routing: native\n";
const METALLB = edit("provider: cilium\n  mode: l2", "provider: metallb\n  mode: l2");
const BESIDE = edit(
  `${CILIUM}  loadBalancing: { mode: dsr }\n`,
  `${CILIUM}  loadBalancing: { mode: snat }\n  kubeProxyReplacement: false\n  masquerade: iptables\n`,
);

export const ciliumCases: readonly Case[] = [
  {
    id: "CIL-01",
    broken: [edit("routing: native", "routing: vxlan")],
    nearMiss: [edit("routing: native", "routing: vxlan"), edit("mode: dsr", "mode: snat")],
  },
  {
    id: "CIL-01",
    broken: [edit("routing: native", "routing: vxlan"), edit("mode: dsr", "mode: hybrid, dispatch: geneve")],
    nearMiss: [GENEVE, edit("mode: dsr", "mode: hybrid, dispatch: geneve")],
  },
  { id: "CIL-02", broken: [GENEVE], nearMiss: [GENEVE, edit("mode: dsr", "mode: dsr, dispatch: geneve")] },
  {
    id: "CIL-02",
    broken: [GENEVE, edit("mode: dsr", "mode: hybrid")],
    nearMiss: [GENEVE, edit("mode: dsr", "mode: snat")],
  },
  {
    id: "CIL-NODE-ENCRYPTION",
    broken: [edit("routing: native", "routing: native\n  nodeEncryption: true")],
    nearMiss: [edit("routing: native", "routing: native\n  nodeEncryption: true\n  encryption: wireguard")],
  },
  { id: "CIL-08", broken: [BESIDE], nearMiss: [BESIDE, METALLB] },
  {
    id: "CIL-08",
    broken: [BESIDE, METALLB, edit("provider: envoy-gateway", "provider: cilium")],
    nearMiss: [BESIDE, METALLB],
  },
  {
    id: "CIL-31",
    broken: [edit(CILIUM, `${CILIUM}  kubeProxyReplacement: false\n`), edit("mode: dsr", "mode: snat"), METALLB],
    nearMiss: [BESIDE, METALLB],
  },
  ...["mode: dsr", "algorithm: maglev", "acceleration: best-effort"].map((option) => ({
    id: "CIL-SERVICES",
    broken: [BESIDE, METALLB, edit("mode: snat", option)],
    nearMiss: [BESIDE, METALLB, edit("mode: snat", "algorithm: random")],
  })),
];

const WIREGUARD = edit("routing: native", "routing: native\n  encryption: wireguard");
const BY_NODES = edit("routing: native", "routing: native\n  encryption: wireguard\n  nodeEncryption: true");
const SECOND_WORKER = edit(WORKER, `${WORKER}${WORKER.replace("worker-1", "worker-2").replace(".53", ".54")}`);
const GENEVE_DISPATCH = edit("mode: dsr", "mode: dsr, dispatch: geneve");

export const ciliumWarnings: readonly Case[] = [
  { id: "CIL-16", broken: [WIREGUARD], nearMiss: [WIREGUARD, GENEVE_DISPATCH] },
  {
    id: "CIL-16",
    broken: [WIREGUARD, edit("mode: dsr", "mode: snat, acceleration: best-effort")],
    nearMiss: [WIREGUARD, edit("mode: dsr", "mode: snat")],
  },
  {
    id: "CIL-17",
    broken: [BY_NODES, SECOND_WORKER, edit("mode: dsr", "mode: dsr, dispatch: geneve, acceleration: best-effort")],
    nearMiss: [BY_NODES, SECOND_WORKER, GENEVE_DISPATCH],
  },
  { id: "CIL-18", broken: [BY_NODES, GENEVE_DISPATCH], nearMiss: [BY_NODES, SECOND_WORKER, GENEVE_DISPATCH] },
  { id: "CIL-18", broken: [BY_NODES, edit(WORKER, ""), GENEVE_DISPATCH], nearMiss: [WIREGUARD, GENEVE_DISPATCH] },
];
