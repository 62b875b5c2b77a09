import { z } from "zod";
import type { Alarm } from "../model/alarms.ts";
import type { Component } from "../model/component.ts";
import type { Flow, Pods } from "../model/unit.ts";
import { anywhere } from "../model/workloads.ts";
import { asksApi } from "./begins.ts";
import { closedPods } from "./closedPods.ts";
import { CERT_MANAGER_PICTURES } from "./namePictures.ts";

const NAME = "cert-manager";

/** Where it looks for the Secrets of ClusterIssuers too (--cluster-resource-namespace of the chart). */
export const CERT_MANAGER_NAMESPACE = NAME;

export const certManager: Component<Record<string, never>> = {
  id: NAME,
  title: "cert-manager",
  summary: "asks for certificates, proves that your domains are yours, and renews in time; three small pods",
  options: z.strictObject({}),
  units: () => [
    {
      id: NAME,
      component: NAME,
      namespace: CERT_MANAGER_NAMESPACE,
      release: {
        name: NAME,
        chart: NAME,
        values: "components/cert-manager/values.yaml",
        installs: ["cert-manager.io/*", "acme.cert-manager.io/*"],
        clusterWide: [
          "admissionregistration.k8s.io/MutatingWebhookConfiguration",
          "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
        ],
      },
      restricted: true,
      view: {},
    },
  ],
  flows: () => [webhookFlow, nobody("cert-manager", "controller"), nobody("cert-manager-cainjector", "cainjector")],
  begins: () =>
    // The last is a job of the chart that waits for the others (cert-manager v1.21.1, templates/startupapicheck-job.yaml).
    ["controller", "webhook", "cainjector", "startupapicheck"].map((part) =>
      asksApi(certManagerPods(part), "it reads and writes objects of the cluster"),
    ),
  dashboards: () => [CERT_MANAGER_PICTURES],
  metrics: () => [
    { unit: NAME, namespace: CERT_MANAGER_NAMESPACE, name: NAME, pods: labels("controller"), port: 9402 },
  ],
  alarms: () => [CERTIFICATE_ENDS],
  workloads: () => [anywhere(NAME, 64), anywhere(`${NAME}-cainjector`, 64), anywhere(`${NAME}-webhook`, 32)],
  pins: [NAME],
  docs: {
    template: "components/cert-manager/docs.md",
    fragments: {
      alarms: "components/cert-manager/alarms.md",
      troubleshooting: "components/cert-manager/troubleshooting.md",
    },
    view: () => ({}),
  },
};

/** It renews when a third of the time is left: what has a week left was not renewed (cert-manager documentation, Metrics; Certificate). */
const CERTIFICATE_ENDS: Alarm = {
  name: "CertificateEnds",
  expr: "certmanager_certificate_expiration_timestamp_seconds - time() < 7 * 24 * 3600",
  for: "1h",
  severity: "critical",
  summary: "The certificate {{ $labels.name }} ends in less than a week and has not been renewed",
};

/** Labels of the chart's pods (v1.21.1, templates/*deployment.yaml). */
const labels = (component: string) => ({
  "app.kubernetes.io/instance": NAME,
  "app.kubernetes.io/component": component,
});

export const certManagerPods = (component: string): Pods => ({
  namespace: CERT_MANAGER_NAMESPACE,
  labels: labels(component),
});

// Without it no certificate or issuer could be created or changed any more, by anybody.
const webhookFlow: Flow = {
  unit: NAME,
  namespace: CERT_MANAGER_NAMESPACE,
  name: "cert-manager-webhook",
  to: labels("webhook"),
  from: ["kube-apiserver", "host", "remote-node"],
  ports: [{ port: 10250, protocol: "TCP" }],
  because: "the API server asks the webhook about every certificate and issuer",
};

const nobody = (name: string, component: string) =>
  closedPods({
    unit: NAME,
    namespace: CERT_MANAGER_NAMESPACE,
    name,
    to: labels(component),
  });
