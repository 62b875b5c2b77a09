import { z } from "zod";
import { chosenIn, optionsOf } from "../model/chosen.ts";
import { closable } from "../model/closable.ts";
import type { Component } from "../model/component.ts";
import { allowedIn, basicsOf, namespacesWithPolicies } from "../model/passages.ts";
import { closingOf, policiesUnit, type Denial } from "../model/policies.ts";
import type { Plan } from "../model/plan.ts";
import type { KubernetesObject, Unit } from "../model/unit.ts";
import { cilium } from "./cilium.ts";

const ID = "default-deny";

/** Objects in the dialect of the pod network, a step of its own for each namespace: apps come and go beside it. */
export const defaultDeny: Component<Record<string, never>> = {
  id: ID,
  title: "Policies of namespaces",
  summary: "closes namespaces to what nothing allows, and lets through what homelab.yaml names; no pods of its own",
  options: z.strictObject({}),
  needed: (plan) => namespacesWithPolicies(plan).length > 0,
  units: (plan) => namespacesWithPolicies(plan).flatMap((namespace) => unitOf(namespace, plan)),
  docs: {
    template: "components/default-deny/docs.md",
    page: { path: "docs/network-policies.md", template: "components/default-deny/page.md" },
    fragments: { troubleshooting: "components/default-deny/troubleshooting.md" },
    view: docsView,
  },
};

function unitOf(namespace: string, plan: Plan): readonly Unit[] {
  const closing = closingOf(plan);
  if (closing === undefined) return [];
  const denial = denialOf(namespace, plan);
  const closed: readonly KubernetesObject[] =
    denial === undefined
      ? []
      : [...closing.deny(namespace, denial), ...basicsOf(namespace, plan).flatMap(closing.allow)];
  const allowed = allowedIn(namespace, plan).flatMap(closing.allow);
  const objects = {
    ...(closed.length > 0 && { "default-deny.yaml": closed }),
    ...(allowed.length > 0 && { "allowed.yaml": allowed }),
  };
  return [
    {
      id: policiesUnit(namespace),
      component: ID,
      namespace,
      objects,
      guest: true,
      ...(closing.after !== undefined && { after: closing.after }),
      view: {},
    },
  ];
}

const denialOf = (namespace: string, { policies }: Plan): Denial | undefined =>
  [...policies.closed].find(([name]) => name === namespace)?.[1];

function docsView(plan: Plan) {
  const closing = closingOf(plan);
  const parts = closable(plan);
  const [gitops] = chosenIn(plan, "gitops");
  const namespaces = [...plan.policies.closed].map(([name, denial]) => ({ name, denial }));
  const example = namespaces.find(({ name }) => !parts.has(name))?.name ?? "media";
  return {
    parts: [...parts].map(([namespace, titles]) => ({ namespace, titles: titles.join(", ") })),
    namespaces,
    example,
    allowed: plan.policies.allowed.map(({ from, to, ports }) => ({
      from: from.text,
      to: to.text,
      ports: ports.map(({ port, protocol }) => `${port}/${protocol.toLowerCase()}`).join(", ") || "all",
    })),
    cilium: closing?.audits === "cluster",
    calico: closing?.audits === "namespace",
    plain: closing !== undefined && closing.audits === undefined,
    hubble: optionsOf(plan, cilium)?.hubble === true,
    ...(gitops?.component.leavesAlone?.(policiesUnit(example)) ?? { hold: null, release: null }),
  };
}
