import type { Edit } from "../rules/edits.ts";
import type { Changes, Engine } from "./repository.ts";

export interface AuditCase {
  /** Whose repository it is; Flux's when absent. */
  readonly engine?: Engine;
  /** Id of the one finding. */
  readonly id: string;
  readonly what: string;
  /** The network of the preset in another way, where it takes one. */
  readonly network?: readonly Edit[];
  readonly broken: Changes;
  /** As close as it gets without being wrong. */
  readonly nearMiss: Changes;
}

export const APPS = "kubernetes/apps";
export const ECHO = `${APPS}/default/echo/app`;
export const PHOTOS = `${APPS}/default/photos/app`;
export const GATEWAY = `${APPS}/network/gateway/config`;

export const change = (find: string, replace: string): readonly Edit[] => [{ find, replace }];

/** One more object beside the photos, listed. */
export const beside = (text: string) => ({
  [`${PHOTOS}/kustomization.yaml`]: change("  - ./service.yaml\n", "  - ./more.yaml\n  - ./service.yaml\n"),
  [`${PHOTOS}/more.yaml`]: text,
});

/** The same beside the gateway. */
export const besideGateway = (text: string) => ({
  [`${GATEWAY}/kustomization.yaml`]: change("  - ./pool.yaml\n", "  - ./more.yaml\n  - ./pool.yaml\n"),
  [`${GATEWAY}/more.yaml`]: text,
});

/** `Client` or `Backend`. */
export const trafficPolicy = (sort: string, spec: string): string =>
  `apiVersion: gateway.envoyproxy.io/v1alpha1\nkind: ${sort}TrafficPolicy\nmetadata:\n  name: all\nspec:\n${spec}`;
