import { z } from "zod";
import type { Component } from "../model/component.ts";
import type { Plan } from "../model/plan.ts";
import { anywhere } from "../model/workloads.ts";
import { replicas } from "./workloadNodes.ts";
import { closedPods } from "./closedPods.ts";

const NAME = "kubelet-csr-approver";
const NAMESPACE = "kube-system";

/** Nobody in Kubernetes approves serving certificates of kubelets by itself (its documentation, TLS bootstrapping). */
export const kubeletCsrApprover: Component<Record<string, never>> = {
  id: NAME,
  title: "kubelet-csr-approver",
  summary: "approves the certificates that the kubelets of your nodes ask for, and no others",
  options: z.strictObject({}),
  needed: (plan) => plan.cluster.traits.rotatesServingCertificates,
  units: (plan) => [
    {
      id: NAME,
      component: NAME,
      namespace: NAMESPACE,
      release: { name: NAME, chart: NAME, values: "components/kubelet-csr-approver/values.yaml" },
      // Until it runs, a kubelet has no certificate and `kubectl logs` nobody to ask: needed when the rest does not start.
      early: true,
      view: {
        names: `^(${plan.nodes.map(({ name }) => name).join("|")})$`,
        lan: lans(plan),
        replicas: replicas(plan.nodes),
      },
    },
  ],
  flows: () => [nobody],
  workloads: ({ nodes }) => [anywhere(NAME, 24, replicas(nodes), nodes)],
  pins: [NAME],
  docs: {
    template: "components/kubelet-csr-approver/docs.md",
    fragments: { troubleshooting: "components/kubelet-csr-approver/troubleshooting.md" },
    view: (plan: Plan) => ({ nodes: plan.nodes.map(({ name }) => name), lan: lans(plan).join(" and ") }),
  },
};

const lans = ({ stacks }: Plan): readonly string[] => stacks.flatMap(({ lan }) => lan?.value.text ?? []);

const nobody = closedPods({
  unit: NAME,
  namespace: NAMESPACE,
  name: NAME,
  to: { "app.kubernetes.io/instance": NAME, "app.kubernetes.io/name": NAME },
});
