import { calico } from "../../catalog/calico.ts";
import { optionsOf } from "../../model/chosen.ts";
import type { NodeOptions } from "../../platforms/talos/options.ts";
import type { Rule } from "../rule.ts";

export const untaggedCards: Rule = {
  id: "CAL-10",
  severity: "error",
  title: "eBPF of Calico is on cards whose frames have no VLAN tag",
  because:
    "Its programs do not read frames with a tag: requests from the LAN do not reach Services, and pods of other nodes do not answer.",
  source: "Calico documentation, Install in eBPF mode, Limitations: tagged VLAN devices",
  *check(plan) {
    if (optionsOf(plan, calico)?.dataplane !== "ebpf") return;
    const tagged = plan.nodes.filter(({ options }) => (options as NodeOptions).vlan !== undefined);
    const [first] = tagged;
    if (first === undefined) return;
    const everywhere = tagged.length === plan.nodes.length;
    yield {
      message: `the address of ${first.name} is on VLAN ${String((first.options as NodeOptions).vlan)}, and dataplane is ebpf`,
      paths: [
        "cni.dataplane",
        ...(everywhere ? ["cluster.nodeDefaults"] : tagged.map(({ name }) => `cluster.nodes.${name}.vlan`)),
      ],
      fix: "cni.dataplane: nftables, or a port of the switch that hands the frames out without a tag",
    };
  },
};
