/** Services of a cluster as far as files tell: objects, and what app-template makes of its values. */
import { isAppTemplate as isTemplate, numberAt, templateServices } from "../catalog/appTemplate.ts";
import type { Instance } from "./builds.ts";
import type { Cluster } from "./cluster.ts";
import { releasesOf, type Release } from "./releases.ts";
import { asList, at } from "../model/unknown.ts";

export interface Service {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly ports: readonly number[];
}

export interface Services {
  readonly known: readonly Service[];
  /** What may make Services of this namespace that no file shows, in words. */
  hidden(namespace: string | undefined, name: string): string | undefined;
}

export function servicesOf(cluster: Cluster): Services {
  const releases = releasesOf(cluster);
  const isOpen = new Set(releases.filter((release) => isAppTemplate(release)));
  const known = [
    ...cluster.ofKind("Service", "").map(plainService),
    ...[...isOpen].flatMap((release) => madeOf(release)),
  ];
  return {
    known,
    hidden(namespace, name) {
      const chart = releases.find((release) => release.namespace === namespace && !isOpen.has(release));
      if (chart !== undefined) return `the chart of ${chart.instance.name}`;
      const maker = cluster.live.find(
        (instance) =>
          instance.namespace === namespace &&
          isCustom(instance) &&
          name.startsWith(instance.name) &&
          instance.name !== "",
      );
      return maker === undefined ? undefined : `whoever takes care of ${maker.object.kind} ${maker.name}`;
    },
  };
}

const plainService = ({ object, name, namespace }: Instance): Service => ({
  name,
  namespace,
  ports: asList(at(object.value, "spec", "ports")).flatMap((port) => numberAt(port, "port")),
});

/** By its values, whatever the release says of its chart. */
export const isAppTemplate = ({ values }: Release): boolean => isTemplate(values.map(({ value }) => value));

const madeOf = ({ name, namespace, values }: Release): readonly Service[] =>
  templateServices(
    name,
    values.map(({ value }) => value),
  ).map((service) => ({ ...service, namespace }));

// Groups whose objects make no Services of their own.
const QUIET =
  /(^|\.)(fluxcd\.io|argoproj\.io|k8s\.io|cilium\.io|cert-manager\.io|monitoring\.coreos\.com|external-secrets\.io)$|^(apps|batch|policy|autoscaling|)$/;

const isCustom = ({ object }: Instance): boolean => !QUIET.test(object.group);
