/** Namespaces that stay open are few and known: a part that nobody wrote down the needs of would open one more. */
import { expect, it } from "vitest";
import { keptOpenBy } from "../../../src/model/closable.ts";
import { emittedNetworks } from "../../fixtures/emitted.ts";

/** Because of whom. */
const STAYS_OPEN: Readonly<Record<string, string>> = {
  "kube-system": "the cluster itself",
  "flux-system": "Flux",
  argocd: "Argo CD",
  "tigera-operator": "the pod network",
  "calico-system": "the pod network",
  "longhorn-system": "pods that settings make, and all disks",
};

it("no other namespace stays open in any network", () => {
  const open = new Set(
    emittedNetworks
      .filter(({ plan }) => plan.cluster.podNetwork.enforces.length > 0)
      .flatMap(({ plan, units }) =>
        units.filter(({ guest, namespace }) => guest !== true && keptOpenBy(namespace, plan) !== undefined),
      )
      .map(({ namespace }) => namespace),
  );
  expect([...open].sort()).toEqual(Object.keys(STAYS_OPEN).sort());
});
