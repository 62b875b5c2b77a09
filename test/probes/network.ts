/** The network of the preset, and what is said of a world around it. */
import { assembleCatalog } from "../../src/cli/catalog.ts";
import type { Catalog } from "../../src/model/component.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Plan } from "../../src/model/plan.ts";
import { probesFor } from "../../src/probes/index.ts";
import type { Verdict } from "../../src/probes/probe.ts";
import { rules } from "../../src/rules/index.ts";
import { planSpec } from "../../src/rules/planSpec.ts";
import { peerOf } from "../fixtures/plan.ts";
import { outsideIn, type World } from "./world.ts";

export const catalog = assembleCatalog();
export const text = catalog.templates.render("presets/talos-cilium-envoy.yaml", {});
export const { plan } = planSpec(text, "homelab.yaml", catalog, rules);

export async function verdictsIn(world: World, network: Plan = plan, of: Catalog = catalog, installed = "") {
  const probes = probesFor(network, of, installed);
  const answers = await outsideIn(world).ask(probes.flatMap(({ questions }) => questions));
  return probes.flatMap(({ area, judge }) => judge(answers).map((verdict) => ({ area, verdict })));
}

/** The same network with ports forwarded in place of a tunnel. */
export const forwarded: Plan = planSpec(
  text
    .replace("public: cloudflare-tunnel", "public: port-forward")
    .replace(/^dns:\n/m, "dns:\n  dynamic: { cloudflare: { zone: 023e105f4ecef8ad9ca31a8372d0c353 } }\n"),
  "homelab.yaml",
  catalog,
  rules,
).plan;

/** The same network with a router that is told the way. */
export const toldToRouter: Plan = {
  ...plan,
  bgp: { asn: 64_513, peers: [peerOf({ name: "edge", ips: ["172.16.1.254"] })] },
  chosen: plan.chosen.map((chosen) =>
    chosen.slot === "load-balancer" ? { ...chosen, options: { mode: "bgp" } } : chosen,
  ),
};

/** The same network with an authority on a machine beside it. */
export const withStepCa: Plan = planSpec(
  text.replace("certificates:\n", "certificates:\n  step-ca: { host: pve1, ssh: true }\n"),
  "homelab.yaml",
  catalog,
  rules,
).plan;

export const findingsOf = (all: readonly { readonly verdict: Verdict }[]): readonly Finding[] =>
  all.flatMap(({ verdict }) => (verdict.is === "wrong" ? [verdict.finding] : []));
export const idsIn = async (world: World, network: Plan = plan): Promise<readonly string[]> => [
  ...new Set(findingsOf(await verdictsIn(world, network)).map(({ id }) => id)),
];
