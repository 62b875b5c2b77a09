import { z } from "zod";
import type { Component } from "../model/component.ts";
import type { Pin, PinId, SecretNeed, Unit } from "../model/unit.ts";
import { at } from "../model/layout.ts";
import { pinOf } from "../model/pins.ts";
import type { Plan } from "../model/plan.ts";

export const FLUX_NAMESPACE = "flux-system";

const ACCESS = "git-access";

/** Installs and upgrades the controllers of Flux from one object, so that none of their manifests lies in the repository. */
export const fluxOperator = (pins: ReadonlyMap<PinId, Pin>): Component<Record<string, never>> => ({
  id: "flux-operator",
  title: "Flux Operator",
  summary: "installs Flux and keeps it up to date from one object",
  options: z.strictObject({}),
  needed: (plan) => plan.engine === "flux",
  units: (plan) => [operator, instance(plan, pinOf(pins, "flux"))],
  pins: ["flux-operator", "flux"],
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
      access: plan.repository.access === "public" ? null : ACCESS,
    }),
  },
});

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
  },
});

const FROM = {
  "deploy-key": (host: string) => [
    {
      key: "identity",
      what: "private half of a key that may read the repository",
      from: `ssh-keygen -t ed25519 -N '' -C flux -f deploy-key; deploy-key.pub goes to the repository's settings as a deploy key without write access`,
    },
    {
      key: "known_hosts",
      what: `keys by which ${host} is known`,
      from: `ssh-keyscan ${host}, compared with what ${host} publishes`,
    },
  ],
  token: (host: string) => [
    {
      key: "username",
      what: `your user name at ${host}, or any where it takes tokens alone`,
      from: `your account at ${host}`,
    },
    {
      key: "password",
      what: "access token that may read the contents of this one repository",
      from: `the settings of your account at ${host}: access tokens`,
    },
  ],
} as const;

/** Keys of the Secret by Flux's documentation, GitRepository, Secret reference. */
function access({ repository }: Plan): readonly SecretNeed[] {
  if (repository.access === "public") return [];
  const { hostname } = new URL(repository.url);
  return [{ name: ACCESS, keys: FROM[repository.access](hostname), because: "Flux reads the repository with it" }];
}
