/** Each preset that has machines of its own, started from by somebody who has others. */
import { expect, it } from "vitest";
import { assembleCatalog } from "../../src/cli/catalog.ts";
import { rules } from "../../src/rules/index.ts";
import { planSpec } from "../../src/rules/planSpec.ts";
import { recordedSession } from "../../test/support/session.ts";
import { collect } from "./collect.ts";

const ANSWERS = {
  "Cluster name": "ragas",
  Domain: "example.org",
  "Git repository": "https://github.com/ragas/homelab.git",
  "Your LAN": "192.168.7.0/24",
  "DHCP hands out": "192.168.7.100-192.168.7.199",
  "Resolvers of the machines": "",
  "Control planes": "3",
  Workers: "1",
  "Proxmox hosts": "pve1,pve2,pve3,pve4",
};

it.each([
  ["k3s-kubevip-traefik", "", /192\.168\.1\.|example\.com|eno1|vmbr0/],
  ["proxmox-cilium-nginx", "pve1-4=.2-.5", /192\.168\.10\./],
  // Its API, its router and its certificates are of machines that the house has; Consul, Nomad and Vault of its nodes.
  ["pi-calico-bgp", "allyrion=.10 opnsense=.1", /10\.4\.0\.|bettley|goldentooth|hashicorp/],
])("%s works with other machines, and nothing of its own is left", async (name, taken, own) => {
  const answers = { ...ANSWERS, "Start from": name, "Addresses already taken": taken };
  const { text } = await collect(recordedSession({ cwd: "/home/me", argument: "my-homelab", answers }));
  expect(text).not.toMatch(own);
  expect(planSpec(text, "homelab.yaml", assembleCatalog(), rules).plan.nodes).toHaveLength(4);
});
