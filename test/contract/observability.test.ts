/** What is asked and what is told, in every emitted network that is looked at. */
import { describe, expect, it } from "vitest";
import { parseIp } from "../../src/model/address.ts";
import { asList, at } from "../../src/model/unknown.ts";
import { emittedNetworks, type Emitted } from "../fixtures/emitted.ts";
import { readManifests, type KubernetesObject } from "../support/manifests.ts";

const MADE = /\/(podmonitors|probes|prometheusrule|scrapeconfigs)\.yaml$/;

const objectsOf = ({ tree }: Emitted): readonly KubernetesObject[] =>
  [...tree].flatMap(([path, { content }]) => (MADE.test(path) ? readManifests(content, path) : []));
const ofKind = (network: Emitted, kind: string) => objectsOf(network).filter((object) => object.kind === kind);

const looked = emittedNetworks.filter((network) => ofKind(network, "PrometheusRule").length > 0);

/** `[fd00::1]:53` → fd00::1; what is pinged has no port. */
const addressOf = (target: string) => parseIp(target) ?? parseIp(target.replace(/:\d+$/, "").replace(/^\[|\]$/g, ""));

const targetsOf = (network: Emitted): readonly string[] =>
  [
    ...ofKind(network, "Probe").flatMap((probe) => asList(at(probe, "spec", "targets", "staticConfig", "static"))),
    ...ofKind(network, "ScrapeConfig").flatMap((config) =>
      asList(at(config, "spec", "staticConfigs")).flatMap((one) => asList(at(one, "targets"))),
    ),
  ].map(String);

/** Names that lead out of the house: of nobody in it. */
const cameBack = (plan: Emitted["plan"]): readonly string[] =>
  plan.chosen.flatMap(({ component: { wayIn } }) => (wayIn?.comesBack ? [`https://${wayIn.target(plan)}`] : []));

const unowned = (targets: readonly string[], { plan }: Emitted): readonly string[] =>
  targets.filter((target) => {
    if (target.startsWith("https://")) return !cameBack(plan).includes(target);
    const ip = addressOf(target);
    return ip === undefined || plan.addresses.ownersOf(ip).length === 0;
  });

const pageOf = ({ tree, prefix }: Emitted): string => {
  const [, page] = [...tree].find(([path]) => path === `${prefix}docs/alarms.md`) ?? [];
  return page?.content ?? "";
};
const headings = (page: string): readonly string[] => [...page.matchAll(/^## (\S+)$/gm)].map(([, name = ""]) => name);

const alarmsOf = (network: Emitted) =>
  ofKind(network, "PrometheusRule")
    .flatMap((rule) => asList(at(rule, "spec", "groups")))
    .flatMap((group) => asList(at(group, "rules")))
    .map((rule) => ({ name: String(at(rule, "alert")), page: String(at(rule, "annotations", "runbook")) }));

it("has networks that are looked at, and some that are not", () => {
  expect(looked.length).toBeGreaterThan(3);
  expect(looked.length).toBeLessThan(emittedNetworks.length);
});

it("finds a target that nobody has", () => {
  const [network] = looked;
  if (network === undefined) throw new Error("no network is looked at");
  const targets = ["203.0.113.9:53", "nonsense", "https://elsewhere.example.com"];
  expect(unowned(targets, network)).toEqual(targets);
});

describe.each(looked)("$name", (network) => {
  it("asks addresses that stand in the address book", () => {
    expect(targetsOf(network).length).toBeGreaterThan(1);
    expect(unowned(targetsOf(network), network)).toEqual([]);
  });

  it("says of each alarm what it means, under its heading, and of no other", () => {
    const names = alarmsOf(network).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect([...headings(pageOf(network))].sort()).toEqual([...names].sort());
    for (const { name, page } of alarmsOf(network))
      expect(page).toBe(`${network.prefix}docs/alarms.md#${name.toLowerCase()}`);
  });

  it("asks nobody under the name of another", () => {
    const names = ofKind(network, "PodMonitor").map(({ metadata }) => metadata?.name);
    expect(new Set(names).size).toBe(names.length);
  });
});

it("has no page and no object where nobody looks", () => {
  for (const network of emittedNetworks.filter((one) => !looked.includes(one))) {
    expect(pageOf(network), network.name).toBe("");
    expect(ofKind(network, "PodMonitor"), network.name).toEqual([]);
  }
});

it("waits for who makes the volumes of what keeps a database, and for nobody where a class is not of this network", () => {
  const afterOf = (name: string) =>
    emittedNetworks
      .find((network) => network.name === name)
      ?.units.filter(({ id }) => ["loki", "kube-prometheus-stack", "grafana"].includes(id))
      .filter(({ dependsOn }) => dependsOn.includes("local-path-provisioner"))
      .map(({ id }) => id);
  expect(afterOf("logs beside numbers, on disks of the nodes")).toEqual(["kube-prometheus-stack", "grafana", "loki"]);
  expect(afterOf("logs alone, kept by Argo CD, on K3s")).toEqual([]);
});
