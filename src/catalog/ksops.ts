import { z } from "zod";
import type { Component } from "../model/component.ts";
import { writtenSecrets } from "../model/keptSecrets.ts";
import { pinOf } from "../model/pins.ts";
import type { Plan } from "../model/plan.ts";
import type { Pin, PinId, View } from "../model/unit.ts";
import { AGE_KEY, AGE_SECRET } from "./sops-secrets-operator.ts";

const ID = "ksops";

/** Its object (viaduct-ai/kustomize-sops v4.5.1, README: exec KRM functions); the program is found by PATH. */
export const KSOPS_GENERATOR = {
  apiVersion: "viaduct.ai/v1",
  kind: ID,
  metadata: { name: "secrets", annotations: { "config.kubernetes.io/function": "exec:\n  path: ksops\n" } },
};

/** Runs beside the engine that has kustomize, and is installed by it. */
export const ksops: Component<Record<string, never>> = {
  id: ID,
  title: "ksops",
  summary: "opens encrypted Secrets while Argo CD builds a folder; no pod of its own, and Argo CD has the private key",
  options: z.strictObject({}),
  needed: isOpenedByKustomize,
  units: () => [],
  pins: [ID],
  docs: {
    template: "components/ksops/docs.md",
    fragments: { troubleshooting: "components/ksops/troubleshooting.md" },
    view: () => ({ secret: AGE_SECRET }),
  },
};

function isOpenedByKustomize(plan: Plan): boolean {
  return writtenSecrets(plan)?.generator !== undefined;
}

/** For the values of what runs kustomize; null where it opens nothing. */
export function ksopsView(plan: Plan, pins: ReadonlyMap<PinId, Pin>): View | null {
  if (!isOpenedByKustomize(plan)) return null;
  const { source, version, datasource, depName } = pinOf(pins, ID);
  return { image: `${source}:${version}`, datasource, depName, secret: AGE_SECRET, key: AGE_KEY };
}
