import { z } from "zod";
import { optionsOf } from "../model/chosen.ts";
import type { Component } from "../model/component.ts";
import type { Flow } from "../model/unit.ts";
import { anywhere } from "../model/workloads.ts";
import { asksApi, asksInternet, tcp } from "./begins.ts";
import { CERT_MANAGER_NAMESPACE } from "./cert-manager.ts";
import { domainsIssuedBy } from "./gatewayCertificates.ts";
import { HETZNER_SOLVER } from "./hetznerSolver.ts";
import { hostsOf, letsEncrypt } from "./letsencrypt.ts";

const NAME = "cert-manager-webhook-hetzner";

/** cert-manager itself knows no Hetzner. */
export const certManagerWebhookHetzner: Component<Record<string, never>> = {
  id: NAME,
  title: "cert-manager webhook for Hetzner",
  summary: "writes the records at Hetzner that prove your domains; one small pod, by Hetzner",
  options: z.strictObject({}),
  needed: (plan) => {
    const options = optionsOf(plan, letsEncrypt);
    return options !== undefined && hostsOf(domainsIssuedBy(letsEncrypt.id, plan), options).has("hetzner");
  },
  units: () => [
    {
      id: NAME,
      component: NAME,
      namespace: CERT_MANAGER_NAMESPACE,
      release: {
        name: NAME,
        chart: NAME,
        values: `components/${NAME}/values.yaml`,
        clusterWide: ["apiregistration.k8s.io/APIService"],
      },
      // Its own certificate comes from cert-manager (chart 0.9.0, templates/pki.yaml).
      after: ["cert-manager"],
      restricted: true,
      view: { groupName: HETZNER_SOLVER.groupName },
    },
  ],
  flows: () => [calls],
  begins: () => [
    asksApi(pods, "it asks who may call it, and reads the token"),
    asksInternet(pods, tcp(443), "it writes records at Hetzner"),
  ],
  workloads: () => [anywhere(NAME, 32)],
  pins: [NAME],
  docs: { template: `components/${NAME}/docs.md`, view: () => ({ namespace: CERT_MANAGER_NAMESPACE }) },
};

const pods = { namespace: CERT_MANAGER_NAMESPACE, labels: { app: NAME, release: NAME } };

/** Labels and port of the chart's pod (0.9.0, templates/deployment.yaml). */
const calls: Flow = {
  unit: NAME,
  namespace: CERT_MANAGER_NAMESPACE,
  name: NAME,
  to: pods.labels,
  from: ["kube-apiserver", "host", "remote-node"],
  ports: [{ port: 8443, protocol: "TCP" }],
  because: "the API server hands on what cert-manager asks it to write",
};
