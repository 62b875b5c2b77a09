import { z } from "zod";
import type { Alarm } from "../model/alarms.ts";
import type { Component } from "../model/component.ts";
import type { Pin, PinId, SecretNeed, Unit } from "../model/unit.ts";
import { at } from "../model/layout.ts";
import { keepsEarlySecrets, writtenSecrets } from "../model/keptSecrets.ts";
import { pinOf } from "../model/pins.ts";
import type { Plan } from "../model/plan.ts";
import { anywhere } from "../model/workloads.ts";
import { accessKeys } from "./repositoryAccess.ts";
import { FLUX_PICTURES } from "./enginePictures.ts";

export const FLUX_NAMESPACE = "flux-system";

const ACCESS = "git-access";

/** The parts of Flux that the instance names. */
const CONTROLLERS = ["source-controller", "kustomize-controller", "helm-controller", "notification-controller"];

/** Installs and upgrades the controllers of Flux from one object, so that none of their manifests lies in the repository. */
export const fluxOperator = (pins: ReadonlyMap<PinId, Pin>): Component<Record<string, never>> => ({
  id: "flux-operator",
  slot: "gitops",
  provider: "flux",
  engine: "flux",
  title: "Flux",
  summary: "controllers in the cluster that pull this repository and apply it; no web interface of their own",
  options: z.strictObject({}),
  units: (plan) => [operator, instance(plan, pinOf(pins, "flux"))],
  metrics: () => [
    {
      unit: operator.id,
      namespace: FLUX_NAMESPACE,
      name: operator.id,
      // Labels of the chart's pod (0.58.1, templates/_helpers.tpl).
      pods: { "app.kubernetes.io/name": "flux-operator", "app.kubernetes.io/instance": "flux-operator" },
      port: 8080,
    },
    {
      unit: "flux-operator/instance",
      namespace: FLUX_NAMESPACE,
      name: "flux",
      // Of every controller (Flux documentation, Flux Prometheus metrics).
      pods: { "app.kubernetes.io/part-of": "flux" },
      port: 8080,
    },
  ],
  dashboards: () => [FLUX_PICTURES],
  alarms: () => [FLUX_STUCK],
  // The chart of the operator says 64, and so do the Deployments of all controllers (flux2 v2.9.4, manifests).
  workloads: () => [anywhere("flux-operator", 64), ...CONTROLLERS.map((name) => anywhere(name, 64))],
  pins: ["flux-operator", "flux"],
  docs: {
    template: "components/flux-operator/docs.md",
    fragments: {
      troubleshooting: "components/flux-operator/troubleshooting.md",
      alarms: "components/flux-operator/alarms.md",
      operations: "components/flux-operator/operations.md",
      "public-repository": "components/flux-operator/public-repository.md",
    },
    view: (plan) => ({
      url: plan.repository.url,
      branch: plan.repository.branch,
      access: plan.repository.access === "public" ? null : ACCESS,
      kept: keepsEarlySecrets(plan),
    }),
  },
});

/** Flux Operator documentation, Flux Monitoring and Reporting: one for each object of Flux. */
const FLUX_STUCK: Alarm = {
  name: "FluxStuck",
  expr: 'max by (kind, exported_namespace, name, reason) (flux_resource_info{ready="False", suspended!="True"}) > 0',
  for: "30m",
  severity: "warning",
  summary:
    "{{ $labels.kind }} {{ $labels.name }} in {{ $labels.exported_namespace }} is not ready: {{ $labels.reason }}",
};

const operator: Unit = {
  id: "flux-operator",
  component: "flux-operator",
  namespace: FLUX_NAMESPACE,
  early: true,
  release: {
    name: "flux-operator",
    chart: "flux-operator",
    values: "components/flux-operator/values.yaml",
    installs: ["fluxcd.controlplane.io/*"],
  },
  view: {},
};

const instance = (plan: Plan, { version, datasource, depName }: Pin): Unit => ({
  id: "flux-operator/instance",
  component: "flux-operator",
  namespace: FLUX_NAMESPACE,
  early: true,
  templates: "components/flux-operator/instance",
  // The controllers of Flux and their types come with the FluxInstance.
  installs: ["notification.toolkit.fluxcd.io/*"],
  secrets: access(plan),
  view: {
    version,
    datasource,
    depName,
    url: plan.repository.url,
    branch: plan.repository.branch,
    path: at(plan, "kubernetes/flux/cluster"),
    access: plan.repository.access === "public" ? null : ACCESS,
    opensSecrets: writtenSecrets(plan)?.as === "Secret",
  },
});

/** Keys of the Secret by Flux's documentation, GitRepository, Secret reference. */
function access({ repository }: Plan): readonly SecretNeed[] {
  if (repository.access === "public") return [];
  const names = { key: "identity", knownHosts: "known_hosts", username: "username", password: "password" };
  return [{ name: ACCESS, keys: accessKeys(repository, names), because: "Flux reads the repository with it" }];
}
