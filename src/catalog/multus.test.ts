import { describe, expect, test } from "vitest";
import { unitsIn } from "../../test/fixtures/inUse.ts";
import { networks } from "../../test/fixtures/givens.ts";
import { pins } from "../../test/fixtures/pins.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import type { Plan } from "../model/plan.ts";
import { multus } from "./multus.ts";

const plan = planOf(networks["virtual machines on Proxmox"]);
const fixed = planOf(networks["pods in a VLAN of the card of the nodes"]);

const daemonSet = (of: Plan): string => {
  const [unit] = unitsIn(of, "multus");
  return catalog.templates.render("components/multus/app/daemonset.yaml", unit?.view ?? {});
};

const elsewhere = (of: Plan, cni: Partial<Plan["cluster"]["traits"]["cni"]>): Plan => ({
  ...of,
  cluster: { ...of.cluster, traits: { ...of.cluster.traits, cni: { ...of.cluster.traits.cni, ...cni } } },
});

test("is there where pods stand in a network, and nowhere else", () => {
  const needed = (of: Plan) => multus(pins).needed?.(of);
  expect([needed(plan), needed(planOf())]).toEqual([true, false]);
});

test("has its daemon for DHCP where that gives addresses, and attachments after the type they are of", () => {
  const ids = (of: Plan) => unitsIn(of, "multus").map(({ id }) => id);
  expect(ids(plan)).toEqual(["multus", "multus/dhcp", "attachments-home"]);
  expect(ids(fixed)).toEqual(["multus", "attachments-home"]);
  expect(unitsIn(fixed, "multus")[1]).toMatchObject({ namespace: "home", after: ["multus"], guest: true });
});

describe("on a node", () => {
  test("brings the programs that it lacks and that are used", () => {
    const programs = (of: Plan) => unitsIn(of, "multus")[0]?.view["plugins"];
    expect(programs(plan)).toEqual(["dhcp", "macvlan", "tuning"]);
    expect(programs(fixed)).toEqual(["macvlan", "static", "tuning"]);
  });

  test("brings none where all are there", () => {
    expect(daemonSet(elsewhere(plan, { lacks: [] }))).not.toContain("/plugins/");
  });

  test("looks where the distribution has its folders", () => {
    const k3s = {
      configuration: "/var/lib/rancher/k3s/agent/etc/cni/net.d",
      programs: "/var/lib/rancher/k3s/data/cni",
    };
    const text = daemonSet(elsewhere(plan, { ...k3s, namespaces: "/run/netns" }));
    expect(text).toContain(`path: ${k3s.configuration}\n`);
    expect(text.match(new RegExp(`ath: ${k3s.programs}\n`, "g"))).toHaveLength(2);
    expect(text).toContain("path: /run/netns\n");
  });

  test("is the image of its pin", () => {
    expect(daemonSet(plan).match(/image: ghcr\.io\/k8snetworkplumbingwg\/multus-cni:v4\.3\.0-thick\n/g)).toHaveLength(
      2,
    );
  });
});
