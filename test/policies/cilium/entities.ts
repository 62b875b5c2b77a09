/** Words for who is no pod (cilium/cilium, pkg/policy/api/entity.go). */
import { oneOf } from "../read.ts";
import { CLUSTER, type Identity } from "./identity.ts";

const ENTITIES = [
  "all",
  "world",
  "world-ipv4",
  "world-ipv6",
  "cluster",
  "host",
  "remote-node",
  "kube-apiserver",
  "ingress",
  "health",
  "init",
  "unmanaged",
  "none",
] as const;

export type Entity = (typeof ENTITIES)[number];

export const entity = (value: unknown, where: string): Entity => oneOf(value, ENTITIES, where);

/** Of the cluster besides its pods. */
const INSIDE = ["host", "remote-node", "init", "ingress", "health", "unmanaged", "kube-apiserver"];

export function isEntity(wanted: Entity, { labels }: Identity, family: 4 | 6): boolean {
  const is = (name: string): boolean => labels.has(`reserved:${name}`);
  switch (wanted) {
    case "all":
      return true;
    case "none":
      return false;
    case "world":
      return is("world");
    case "world-ipv4":
      return is("world") && family === 4;
    case "world-ipv6":
      return is("world") && family === 6;
    case "cluster":
      return INSIDE.some(is) || labels.has(`k8s:${CLUSTER}`);
    default:
      return is(wanted);
  }
}
