/** Policies of closed namespaces are all needed: without one of them something is refused, or passes that should not. */
import { describe, expect, it } from "vitest";
import { emittedNetworks } from "../../fixtures/emitted.ts";
import { policyVariations } from "../../fixtures/policyVariations.ts";
import type { Files } from "../../fates/construction/check.ts";
import { at } from "../../../src/model/unknown.ts";
import { header } from "../read.ts";
import { oneByOne, type Wanted } from "./findings.ts";
import type { Party } from "./declared.ts";
import { wantedOf } from "./network.ts";

/** Two that say the same of databases. */
const TWICE = /^(allowed\.)?(own-namespace|all-to-all)$/;
const OWN_NAMESPACE = /^(allowed\.)?own-namespace$/;

const closed = emittedNetworks
  .filter(({ name, plan }) => Object.hasOwn(policyVariations, name) || plan.policies.closed.size > 0)
  .map(({ name, plan, tree, prefix }) => {
    const files: Files = new Map([...tree].map(([path, { content }]) => [path.slice(prefix.length), content]));
    const wanted = wantedOf(plan, files);
    if (wanted === undefined) throw new Error("policies are enforced there");
    const namespaces = [...plan.policies.closed.keys()].map(String);
    const objects = wanted.objects.filter((object) => namespaces.includes(header(object).namespace ?? ""));
    return { name, wanted, objects };
  })
  .filter(({ objects }) => objects.length > 0);

it("are those of each pod network", () => {
  expect(new Set(closed.map(({ wanted }) => wanted.datapath.cni))).toEqual(new Set(["cilium", "calico", "kubernetes"]));
});

describe.each(closed)("in $name", ({ wanted, objects }) => {
  const needed = objects.filter((object) => {
    const { namespace = "", name } = header(object);
    if (namespace === "databases" && TWICE.test(name)) return false;
    // What pods may ask each other, where none of them takes anything of another.
    if (OWN_NAMESPACE.test(name)) return takesOfItsOwn(namespace, wanted);
    return !letsNobodyIn(object);
  });
  it.each(needed.map((object) => ({ title: header(object).title, object })))("$title is missed", ({ object }) => {
    const without = { ...wanted, objects: wanted.objects.filter((one) => one !== object) };
    expect(oneByOne(without).next().done).toBe(false);
  });
});

const takesOfItsOwn = (namespace: string, { declared }: Wanted): boolean =>
  declared.some(
    ({ from, to, only }) =>
      only !== "egress" && to.some((party) => isIn(namespace, party)) && from.some((party) => isIn(namespace, party)),
  );

const isIn = (namespace: string, party: Party): boolean =>
  typeof party === "object"
    ? "pods" in party && party.pods.namespace === namespace
    : ["cluster", "anyone"].includes(party);

/** It closes pods in a namespace that is open as well, and says the same as the namespace where that is closed. */
const letsNobodyIn = (object: unknown): boolean =>
  header(object).name !== "default-deny" &&
  /^(\[\]|\[\{\}\])$/.test(JSON.stringify(at(object, "spec", "ingress") ?? ""));
