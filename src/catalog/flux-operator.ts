import { z } from "zod";
import type { Component } from "../model/component.ts";
import type { Pin, PinId, Unit } from "../model/unit.ts";
import { at } from "../model/layout.ts";
import { pinOf } from "../model/pins.ts";
import type { Plan } from "../model/plan.ts";

const NAMESPACE = "flux-system";

/** Installs and upgrades the controllers of Flux from one object, so that none of their manifests lies in the repository. */
export const fluxOperator = (pins: ReadonlyMap<PinId, Pin>): Component<Record<string, never>> => ({
  id: "flux-operator",
  title: "Flux Operator",
  summary: "installs Flux and keeps it up to date from one object",
  options: z.strictObject({}),
  needed: (plan) => plan.engine === "flux",
  units: (plan) => [operator, instance(plan, pinOf(pins, "flux"))],
  pins: ["flux"],
  docs: {
    template: "components/flux-operator/docs.md",
    fragments: {
      troubleshooting: "components/flux-operator/troubleshooting.md",
      operations: "components/flux-operator/operations.md",
      "public-repository": "components/flux-operator/public-repository.md",
    },
    view: (plan) => ({
      url: plan.repository.url,
      branch: plan.repository.branch,
    }),
  },
});

const operator: Unit = {
  id: "flux-operator",
  component: "flux-operator",
  namespace: NAMESPACE,
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
  namespace: NAMESPACE,
  early: true,
  templates: "components/flux-operator/instance",
  view: {
    version,
    datasource,
    depName,
    url: plan.repository.url,
    branch: plan.repository.branch,
    path: at(plan, "kubernetes/flux/cluster"),
  },
});
