import { z } from "zod";
import type { Component } from "../model/component.ts";
import { writtenSecrets } from "../model/keptSecrets.ts";
import { anywhere } from "../model/workloads.ts";
import { asksApi } from "./begins.ts";
import { closedPods } from "./closedPods.ts";

const ID = "sops-secrets-operator";

export const OPERATOR_NAMESPACE = ID;
export const SOPS_SECRET = "isindir.github.com/SopsSecret";

/** The Secret with the private key, and the key in it: Flux reads those that end so (kustomize-controller 1.9.4, DecryptionAgeExt). */
export const AGE_SECRET = "sops-age";
export const AGE_KEY = "age.agekey";

const pods = {
  namespace: OPERATOR_NAMESPACE,
  labels: { "app.kubernetes.io/instance": ID, "app.kubernetes.io/name": ID },
};

/** Opens what is encrypted in the cluster, for an engine that has no part for it. */
export const sopsSecretsOperator: Component<Record<string, never>> = {
  id: ID,
  title: "SOPS secrets operator",
  summary: "makes Secrets of the encrypted ones in the repository; one small pod with the private key",
  options: z.strictObject({}),
  needed: (plan) => writtenSecrets(plan)?.as === "SopsSecret",
  units: () => [
    {
      id: ID,
      component: ID,
      namespace: OPERATOR_NAMESPACE,
      release: {
        name: ID,
        chart: ID,
        values: "components/sops-secrets-operator/values.yaml",
        installs: ["isindir.github.com/*"],
      },
      restricted: true,
      view: { secret: AGE_SECRET, key: AGE_KEY },
    },
  ],
  flows: () => [
    closedPods({
      unit: ID,
      namespace: OPERATOR_NAMESPACE,
      name: ID,
      // Labels of the chart's pod (0.27.2, templates/operator.yaml).
      to: pods.labels,
    }),
  ],
  // It opens with the key it has, and asks no service for another.
  begins: () => [asksApi(pods, "it makes Secrets of encrypted ones")],
  workloads: () => [anywhere(ID, 64)],
  pins: [ID],
  docs: {
    template: "components/sops-secrets-operator/docs.md",
    fragments: { troubleshooting: "components/sops-secrets-operator/troubleshooting.md" },
    view: () => ({ namespace: OPERATOR_NAMESPACE, secret: AGE_SECRET }),
  },
};
