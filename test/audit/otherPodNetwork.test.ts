/** What the audits say of policies where Cilium is not the pod network: each reads its own kinds. */
import { describe, expect, it } from "vitest";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { edited } from "../rules/edits.ts";
import { audited } from "./repository.ts";

const ECHO = "kubernetes/apps/default/echo/app";

function findings(cni: string, policy: string): readonly string[] {
  const network = emittedNetworks.find(({ plan }) => plan.chosen.some(({ component }) => component.id === cni));
  if (network === undefined) throw new Error(`no network has ${cni}`);
  const files = new Map([...network.tree].map(([path, { content }]) => [path as string, content]));
  const list = `${ECHO}/kustomization.yaml`;
  files.set(list, edited(files.get(list) ?? "", [{ find: "resources:\n", replace: "resources:\n  - ./more.yaml\n" }]));
  files.set(`${ECHO}/more.yaml`, policy);
  return audited(files, network.plan)
    .filter(({ severity }) => severity !== "note")
    .map(({ id }) => id);
}

const policy = (apiVersion: string, kind: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: more, namespace: default }\nspec: { podSelector: {}, ingress: [{}] }\n`;

const OF_KUBERNETES = policy("networking.k8s.io/v1", "NetworkPolicy");
const OF_CILIUM = policy("cilium.io/v2", "CiliumNetworkPolicy");
const OF_CALICO = policy("projectcalico.org/v3", "NetworkPolicy");
const OF_CALICO_FOR_ALL = policy("projectcalico.org/v3", "GlobalNetworkPolicy");

describe("a policy", () => {
  it.each([
    ["of Cilium", "calico", OF_CILIUM],
    ["of Kubernetes", "flannel", OF_KUBERNETES],
    ["of Calico", "flannel", OF_CALICO],
    ["of Calico for all namespaces", "cilium", OF_CALICO_FOR_ALL],
  ])("%s is found where %s is the pod network", (_, cni, text) => {
    expect(findings(cni, text)).toContain("POLICY-UNREAD");
  });

  it.each([
    ["of Kubernetes", "calico", OF_KUBERNETES],
    ["of Calico", "calico", OF_CALICO],
    ["of Calico for all namespaces", "calico", OF_CALICO_FOR_ALL],
    ["of Kubernetes", "cilium", OF_KUBERNETES],
    ["of Cilium", "cilium", OF_CILIUM],
  ])("%s is fine where %s is", (_, cni, text) => {
    expect(findings(cni, text)).not.toContain("POLICY-UNREAD");
  });
});
