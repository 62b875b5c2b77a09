/** The page of closed namespaces: its commands name what the cluster has, in the words of its pod network and engine. */
import { describe, expect, it } from "vitest";
import { at } from "../../src/model/unknown.ts";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { readManifests } from "../support/manifests.ts";

const PAGE = "docs/network-policies.md";

const networks = emittedNetworks.flatMap(({ name, tree, prefix, plan }) => {
  const page = tree.get(`${prefix}${PAGE}` as never)?.content;
  return page === undefined ? [] : [{ name, tree, plan, page }];
});

/** Objects of the tree by group, kind, namespace and name. */
const objectsOf = (tree: (typeof networks)[number]["tree"]): ReadonlySet<string> =>
  new Set(
    [...tree]
      .filter(([path]) => /(?:default-deny|\/policies-[^/]+)\.yaml$/.test(path))
      .flatMap(([path, { content }]) => readManifests(content, path))
      .map(
        ({ apiVersion, kind, metadata }) =>
          `${String(apiVersion).replace(/\/.*/, "")} ${kind} ${metadata?.namespace ?? ""} ${metadata?.name ?? ""}`,
      ),
  );

const KINDS: Readonly<Record<string, string>> = {
  "ciliumnetworkpolicies.cilium.io": "cilium.io CiliumNetworkPolicy",
  "networkpolicies.networking.k8s.io": "networking.k8s.io NetworkPolicy",
};

it("is there for each pod network and engine", () => {
  const kinds = networks.map(({ page }) => /delete (\S+)/.exec(page)?.[1]);
  expect(new Set(kinds)).toEqual(new Set(Object.keys(KINDS)));
  expect(new Set(networks.map(({ plan }) => plan.engine)).size).toBe(2);
});

describe.each(networks)("$name", ({ tree, page, plan }) => {
  const enforced = new Set([...plan.policies.closed].flatMap(([name, denial]) => (denial === "enforce" ? [name] : [])));
  const [, namespace = "", resource = "", object = ""] = /kubectl -n (\S+) delete (\S+) (\S+)/.exec(page) ?? [];

  it("deletes what closes the namespace", () => {
    const kind = KINDS[resource];
    expect(kind).toBeDefined();
    if ([...enforced].some((name) => name === namespace))
      expect(objectsOf(tree)).toContain(`${kind} ${namespace} default-deny`);
    expect(object === "--all").toBe(
      at(
        plan.chosen.find(({ slot }) => slot === "cni"),
        "component",
        "closing",
        "audits",
      ) === undefined,
    );
  });

  it("holds what would bring it back at once, and lets go of it again", () => {
    const steps = [...page.matchAll(/application\.argoproj\.io (\S+) argocd\.argoproj\.io\/skip-reconcile(\S+)/g)];
    expect(steps.map(([, step, word]) => [step, word])).toEqual(
      plan.engine === "argocd"
        ? [
            [`policies-${namespace}`, "=true"],
            [`policies-${namespace}`, "-"],
          ]
        : [],
    );
    if (steps.length > 0 && plan.policies.closed.has(namespace as never))
      expect(objectsOf(tree)).toContain(`argoproj.io Application argocd policies-${namespace}`);
    expect(page.includes("within the hour")).toBe(plan.engine === "flux");
  });

  it("looks with Hubble where Cilium has it, and names no filter that is not there", () => {
    const cni = plan.chosen.find(({ slot }) => slot === "cni");
    const asks = (text: string): boolean => page.includes(text);
    expect(asks("hubble observe -t policy-verdict --verdict AUDIT")).toBe(at(cni, "options", "hubble") === true);
    expect(asks("cilium-dbg monitor -t policy-verdict")).toBe(at(cni, "options", "hubble") === false);
    expect(asks("Staged Action: Deny")).toBe(asks("service/whisker"));
  });

  it("has no block of commands with empty ends", () => {
    for (const [block] of page.matchAll(/```sh\n[\s\S]*?\n *```/g))
      expect(block).not.toMatch(/```sh\n\s*\n|\n\s*\n *```$/);
  });
});
