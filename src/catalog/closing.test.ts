import { describe, expect, it } from "vitest";
import { unitsIn } from "../../test/fixtures/inUse.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { withPolicies } from "../../test/fixtures/policies.ts";
import { at } from "../model/unknown.ts";
import type { Denial } from "../model/policies.ts";
import type { Plan } from "../model/plan.ts";
import { defaultDeny } from "./default-deny.ts";

const ENTRIES = [
  ["media/web", "databases/postgres", "5432", "53/udp"],
  ["media/web", "api"],
  ["media/*", "anyone"],
  ["anyone", "media/web", "80"],
] as const;

/** Objects of the namespace media by name, as the pod network of a plan writes them. */
function written(plan: Plan, denial: Denial = "enforce") {
  const told = withPolicies(plan, { media: denial }, ENTRIES);
  const chosen = { component: defaultDeny, options: {}, shared: {} };
  const unit = defaultDeny.units(told, {}, chosen).find(({ namespace }) => namespace === "media");
  const objects = Object.values(unit?.objects ?? {}).flat();
  const named = (name: string) => objects.find((object) => at(object, "metadata", "name") === name);
  return { unit, objects, spec: (name: string) => named(name)?.["spec"], kind: (name: string) => named(name)?.kind };
}

describe("Cilium", () => {
  const { unit, objects, spec } = written(planOf());

  it("closes with empty rules and lets through without closing", () => {
    expect(spec("default-deny")).toMatchObject({ endpointSelector: {}, ingress: [{}], egress: [{}] });
    const others = objects.filter((object) => at(object, "metadata", "name") !== "default-deny");
    expect(new Set(others.map((object) => JSON.stringify(at(object, "spec", "enableDefaultDeny"))))).toEqual(
      new Set(['{"ingress":false,"egress":false}']),
    );
    expect(unit).toMatchObject({ id: "policies-media", guest: true });
  });

  it("knows the API and everybody by what they are", () => {
    expect(spec("web-to-api")).toMatchObject({
      egress: [{ toEntities: ["kube-apiserver"], toPorts: [{ ports: [{ port: "6443", protocol: "TCP" }] }] }],
    });
    expect(spec("all-to-anyone")).toMatchObject({ egress: [{ toEntities: ["all"] }] });
    expect(spec("web-from-anyone-80")).toMatchObject({
      ingress: [{ fromEntities: ["world", "cluster"], toPorts: [{ ports: [{ port: "80", protocol: "TCP" }] }] }],
    });
  });

  it("looks with all of its agents while one namespace is looked at", () => {
    const view = (denial: Denial) => unitsIn(withPolicies(planOf(), { media: denial }), "cilium")[0]?.view["audits"];
    expect([view("audit"), view("enforce")]).toEqual([true, false]);
  });
});

describe("Calico", () => {
  const calico = planOf({ cni: "calico", loadBalancer: "metallb" });

  it("stages what closes a namespace that is looked at", () => {
    expect(written(calico, "audit").kind("default-deny")).toBe("StagedKubernetesNetworkPolicy");
    expect(written(calico).kind("default-deny")).toBe("NetworkPolicy");
  });

  it("allows in a tier that hands on what it does not know, which is there first", () => {
    const { unit, spec } = written(calico);
    expect(unit?.after).toEqual(["calico/tiers"]);
    expect(unitsIn(withPolicies(calico, { media: "enforce" }), "calico").map(({ id }) => id)).toContain("calico/tiers");
    expect(unitsIn(calico, "calico").map(({ id }) => id)).not.toContain("calico/tiers");
    expect(spec("allowed.web-to-databases-postgres-5432-53-udp")).toMatchObject({
      tier: "allowed",
      selector: "app.kubernetes.io/name == 'web'",
      types: ["Egress"],
      egress: [
        { action: "Allow", protocol: "TCP", destination: { ports: [5432] } },
        { action: "Allow", protocol: "UDP", destination: { ports: [53] } },
      ],
    });
  });

  it("says nothing of the other end where that is everybody", () => {
    const { spec } = written(calico);
    expect(at(spec("allowed.all-to-anyone"), "egress")).toEqual([{ action: "Allow" }]);
    expect(at(spec("allowed.web-from-anyone-80"), "ingress")).toEqual([
      { action: "Allow", protocol: "TCP", destination: { ports: [80] } },
    ]);
  });
});

describe("policies of Kubernetes", () => {
  const k3s = planOf({ distribution: "k3s", cni: "flannel", loadBalancer: "metallb" });

  it("name the API by its addresses and port, and everybody by nobody", () => {
    const { spec } = written(k3s);
    expect(spec("default-deny")).toEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    expect(at(spec("web-to-api"), "egress")).toMatchObject([
      { to: [{ ipBlock: { cidr: `${k3s.nodes[0]?.ip}/32` } }, {}, {}], ports: [{ port: 6443, protocol: "TCP" }] },
    ]);
    expect(at(spec("all-to-anyone"), "egress")).toEqual([{ ports: undefined }]);
    expect(at(spec("web-from-anyone-80"), "ingress")).toEqual([{ ports: [{ port: 80, protocol: "TCP" }] }]);
  });
});
