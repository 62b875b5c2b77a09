/**
 * A cluster with an engine or two in it, as far as they delete.
 */
import type { OrderedUnit } from "../../../src/model/unit.ts";
import { argocd } from "./argocd.ts";
import type { Files } from "./build.ts";
import { chartOf, definitionOf } from "./charts.ts";
import { flux } from "./flux.ts";
import type { Cluster } from "./model.ts";
import { createObjects, keyOf, type Key, type Objects } from "./objects.ts";

export function createCluster(pushed: Files, units: readonly OrderedUnit[]): Cluster {
  const objects = createObjects();
  const releases = new Map<string, readonly Key[]>();
  const cluster: Cluster = {
    ...objects,
    pushed,
    fetched: new Map(),
    releases,
    chart: (namespace, name) => chartOf(namespace, name, units),
    remote: (name) =>
      units
        .filter((unit) => unit.remote !== undefined && unit.id.replace("/", "-") === name)
        .flatMap(({ remote }) => (remote?.installs ?? []).map(definitionOf)),
    install: (namespace, name) => {
      const made = cluster.chart(namespace, name);
      for (const object of made) objects.apply(object);
      for (const key of releases.get(`${namespace}/${name}`) ?? [])
        if (!made.some((object) => keyOf(object) === key)) objects.remove(key);
      releases.set(`${namespace}/${name}`, made.map(keyOf));
    },
    uninstall: (namespace, name) => {
      for (const key of releases.get(`${namespace}/${name}`) ?? [])
        if (objects.get(key)?.annotations["helm.sh/resource-policy"] !== "keep") objects.remove(key);
      releases.delete(`${namespace}/${name}`);
    },
    isRunning: (kind, namespace, name) => {
      const found = objects.get(keyOf({ apiVersion: "apps/v1", kind, namespace, name }));
      return found !== undefined && !found.isDeleting && found.spec["replicas"] !== 0;
    },
    settle: () => {
      for (let round = 0; round < 12; round++) {
        const before = stateOf(objects);
        flux(cluster);
        argocd(cluster);
        if (stateOf(objects) === before) return;
      }
    },
  };
  return cluster;
}

const stateOf = (objects: Objects): string =>
  JSON.stringify(
    objects.all().map((one) => [keyOf(one), one.isDeleting, one.finalizers, one.status, one.spec["replicas"]]),
  );
