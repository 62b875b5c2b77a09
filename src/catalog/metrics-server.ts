import { z } from "zod";
import type { Component } from "../model/component.ts";
import type { Flow } from "../model/unit.ts";
import { anywhere } from "../model/workloads.ts";

const NAME = "metrics-server";
const NAMESPACE = "kube-system";

export const metricsServer: Component<Record<string, never>> = {
  id: NAME,
  title: "metrics-server",
  summary: "says what pods and nodes use right now, for kubectl top and autoscaling; one small pod",
  options: z.strictObject({}),
  needed: (plan) => !plan.cluster.traits.brings.includes(NAME),
  units: ({ cluster: { traits } }) => [
    {
      id: NAME,
      component: NAME,
      namespace: NAMESPACE,
      release: {
        name: NAME,
        chart: NAME,
        values: "components/metrics-server/values.yaml",
        clusterWide: ["apiregistration.k8s.io/APIService"],
      },
      ...(traits.rotatesServingCertificates && { after: ["kubelet-csr-approver"] }),
      view: { signed: traits.rotatesServingCertificates || traits.signsServingCertificates === true },
    },
  ],
  flows: () => [apiFlow],
  workloads: () => [anywhere(NAME, 48)],
  pins: [NAME],
  docs: { template: "components/metrics-server/docs.md", view: () => ({}) },
};

// The API server hands the questions for metrics.k8s.io on to it.
const apiFlow: Flow = {
  unit: NAME,
  namespace: NAMESPACE,
  name: NAME,
  to: { "app.kubernetes.io/instance": NAME, "app.kubernetes.io/name": NAME },
  from: ["kube-apiserver", "host", "remote-node"],
  ports: [{ port: 10250, protocol: "TCP" }],
  because: "the API server asks it for metrics",
};
