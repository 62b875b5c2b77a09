/** Policies of closed namespaces are all needed: without one of them something is refused, or passes that should not. */
import { describe, expect, it } from "vitest";
import { emittedNetworks } from "../../fixtures/emitted.ts";
import { policyVariations } from "../../fixtures/policyVariations.ts";
import type { Files } from "../../fates/construction/check.ts";
import { header } from "../read.ts";
import { oneByOne } from "./findings.ts";
import { wantedOf } from "./network.ts";

/** Two that say the same of databases, and what pods of namespaces may ask each other where none of them takes anything. */
const TWICE = /^(allowed\.)?(own-namespace|all-to-all)$/;

const NOBODY_TAKES = [
  "databases",
  "default",
  "cert-manager",
  "consul",
  "etcd-snapshots",
  "local-path-storage",
  "system-upgrade",
  "vault-secrets-operator",
];

const closed = emittedNetworks
  .filter(({ name }) => Object.hasOwn(policyVariations, name))
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
    const { namespace, name } = header(object);
    return !(NOBODY_TAKES.includes(namespace ?? "") && TWICE.test(name));
  });
  it.each(needed.map((object) => ({ title: header(object).title, object })))("$title is missed", ({ object }) => {
    const without = { ...wanted, objects: wanted.objects.filter((one) => one !== object) };
    expect(oneByOne(without).next().done).toBe(false);
  });
});
