/** What pods call networks by, and who gives them addresses there. */
import { attachmentsOf } from "../../model/attachments.ts";
import { both } from "../../model/families.ts";
import type { Rule } from "../rule.ts";

export const oneAttachment: Rule = {
  id: "ATTACH-NAME",
  severity: "error",
  title: "a name stands for one network in a namespace",
  because: "Pods ask for a network by this name alone; of two objects with one name the second replaces the first.",
  source: "Network Plumbing Working Group, multi-net-spec 1.3, Network selection annotation",
  *check(plan) {
    const attachments = attachmentsOf(plan);
    for (const [index, { network, attach }] of attachments.entries()) {
      const other = attachments
        .slice(0, index)
        .find(
          (one) =>
            one.attach.name === attach.name && one.attach.namespaces.some((name) => attach.namespaces.includes(name)),
        );
      if (other === undefined) continue;
      const shared = attach.namespaces.find((name) => other.attach.namespaces.includes(name));
      yield {
        message: `${attach.name} stands for ${other.network.name} and for ${network.name} in ${shared}`,
        paths: [`networks.${network.name}.attach`, `networks.${other.network.name}.attach`],
        fix: `another attach.name, such as ${network.name}`,
      };
    }
  },
};

export const dhcpHasFamily: Rule = {
  id: "ATTACH-DHCP",
  severity: "error",
  title: "a network in which pods get addresses by DHCP has IPv4",
  because: "The plug-in asks for IPv4 addresses and for no others, so the pod waits for an answer and never starts.",
  source: "containernetworking/plugins v1.9.1, plugins/ipam/dhcp: github.com/insomniacslk/dhcp/dhcpv4 alone",
  *check(plan) {
    for (const { network, attach } of attachmentsOf(plan)) {
      if (attach.ipam !== "dhcp" || network.cidrs.some(({ family }) => family === 4)) continue;
      yield {
        message: `pods get addresses in ${network.name} by DHCP, and it has only ${both(network.cidrs)}`,
        paths: [`networks.${network.name}.cidr`, `networks.${network.name}.attach`],
        fix: `its IPv4 network beside, or networks.${network.name}.attach.ipam: static`,
      };
    }
  },
};
