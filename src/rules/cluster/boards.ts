/** Boards, and what their processors, kernels and network cards cannot do. */
import { cilium } from "../../catalog/cilium.ts";
import { optionsOf } from "../../model/chosen.ts";
import type { Rule } from "../rule.ts";

const at = (name: string): string => `cluster.nodes.${name}`;

/** PI-01 and R-PI-02 of the facts. */
export const envoyStarts: Rule = {
  id: "PI-01",
  severity: "error",
  title: "Envoy runs on no kernel with few bits of addresses",
  because: "Envoy asks for a place that a program on such a kernel cannot have, and ends: no gateway would answer.",
  source: "cilium/proxy#1027, envoyproxy/envoy#23339, raspberrypi/linux#4375: 39 bits for programs on Raspberry Pi OS",
  *check(plan) {
    const nodes = plan.nodes.filter(({ traits, runsPods }) => traits.fewAddressBits && runsPods);
    const chosen = plan.chosen.find(({ component }) => component.envoy);
    const [node] = nodes;
    if (node === undefined || chosen === undefined) return;
    yield {
      message: `${chosen.component.title} runs Envoy, and the kernel of ${node.name}${nodes.length > 1 ? ` and ${nodes.length - 1} others` : ""} gives programs 39 bits of addresses`,
      paths: [chosen.path ?? "ingress", `${at(node.name)}.os`],
      fix: "os: ubuntu on these boards, or a gateway without Envoy",
    };
  },
};

export const boardArch: Rule = {
  id: "NODE-ARCH",
  severity: "error",
  title: "boards have the processor they have",
  because: "The machine would be given images of another architecture, and none of their programs starts.",
  source: "Raspberry Pi documentation, Processors",
  *check(plan) {
    for (const { name, traits } of plan.nodes) {
      if (traits.board === undefined || traits.arch === "arm64") continue;
      yield {
        message: `${name} is a Raspberry Pi, and its arch is ${traits.arch}`,
        paths: [`${at(name)}.arch`],
        fix: `leave arch out, or ${at(name)}.hardware: bare-metal`,
      };
    }
  },
};

/** Where the distribution is the image: its schematic has what one kind of board needs. */
export const oneImage: Rule = {
  id: "NODE-IMAGE",
  severity: "error",
  title: "machines that start from one image are of one kind",
  because: "The image has what one kind of board needs to start; any other machine does not start from it.",
  source: "Talos documentation, Image Factory: a schematic has one overlay",
  *check(plan) {
    const [first, ...others] = plan.nodes;
    if (!plan.cluster.traits.ownsMachine || first === undefined) return;
    const other = others.find(({ traits }) => traits.board !== first.traits.board);
    if (other === undefined) return;
    yield {
      message: `${first.name} and ${other.name} are machines of different kinds, and the network has one image for all`,
      paths: [at(other.name), at(first.name)],
      fix: "boards of one model alone, or K3s or kubeadm, which run on the system of each machine",
    };
  },
};

export const driverOnBoard: Rule = {
  id: "XDP-BOARD",
  severity: "error",
  title: "packets are handled in the driver only where the card can",
  because: "The Cilium agent stops on a node whose network driver has no native XDP.",
  source: "Cilium documentation, LoadBalancer & NodePort XDP Acceleration; Linux, drivers/net/ethernet/broadcom/genet",
  *check(plan) {
    const node = plan.nodes.find(({ traits }) => traits.noDriverPath);
    if (node === undefined || optionsOf(plan, cilium)?.loadBalancing.acceleration !== "native") return;
    yield {
      message: `acceleration: native is asked for, and the network card of ${node.name} has no native XDP`,
      paths: ["cni.loadBalancing.acceleration", at(node.name)],
      fix: "acceleration: best-effort, or leave it out",
    };
  },
};

/** R-TAL-11. */
export const boardTried: Rule = {
  id: "TAL-11",
  severity: "warning",
  title: "boards are among those the makers of the system test",
  because: "Talos is not tested on the Raspberry Pi 5: it may not start, or find no network card.",
  source: "Talos documentation, Raspberry Pi Series; siderolabs/talos#7978",
  unless: ["NODE-IMAGE"],
  *check(plan) {
    const node = plan.nodes.find(({ traits }) => traits.board === "pi5");
    if (node === undefined || !plan.cluster.traits.ownsMachine) return;
    yield {
      message: `${node.name} is a Raspberry Pi 5`,
      paths: [at(node.name)],
      fix: "K3s or kubeadm on it, a Raspberry Pi 4, or a silence with the reason that it starts",
    };
  },
};
