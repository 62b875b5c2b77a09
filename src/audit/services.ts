/** Services of a cluster as far as files tell: objects, and what app-template makes of its values. */
import type { Instance } from "./builds.ts";
import type { Cluster } from "./cluster.ts";
import { releasesOf, type Release } from "./releases.ts";
import { asList, asMap, at } from "./values.ts";

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
    ...[...isOpen].flatMap((release) => templateServices(release)),
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
  ports: asList(at(object.value, "spec", "ports")).flatMap((port) => numbers(at(port, "port"))),
});

/** bjw-s' app-template is told by its values: no other chart has `controllers` at the top. */
export const isAppTemplate = ({ values }: Release): boolean =>
  values.some(({ value }) => value["controllers"] !== undefined);

/**
 * A single Service is called as the release, several `<release>-<key>`; `forceRename` and `nameOverride` come first
 * (charts/library/common of bjw-s, lib.determineResourceNameFromValues).
 */
function templateServices({ name, namespace, values }: Release): readonly Service[] {
  const merged = Object.fromEntries(values.flatMap(({ value }) => Object.entries(asMap(value["service"]))));
  const base = String(values.map(({ value }) => at(value, "global", "fullnameOverride")).find(Boolean) ?? name);
  const enabled = Object.entries(merged).filter(([, service]) => at(service, "enabled") !== false);
  return enabled.map(([key, service]) => {
    const suffix = at(service, "nameOverride") ?? at(service, "suffix") ?? key;
    const plain = enabled.length === 1 && at(service, "nameOverride") === undefined;
    return {
      name: String(at(service, "forceRename") ?? (plain ? base : `${base}-${String(suffix)}`)),
      namespace,
      ports: Object.values(asMap(at(service, "ports"))).flatMap((port) => numbers(at(port, "port"))),
    };
  });
}

const numbers = (value: unknown): readonly number[] => (typeof value === "number" ? [value] : []);

// Groups whose objects make no Services of their own.
const QUIET =
  /(^|\.)(fluxcd\.io|k8s\.io|cilium\.io|cert-manager\.io|monitoring\.coreos\.com|external-secrets\.io)$|^(apps|batch|policy|autoscaling|)$/;

const isCustom = ({ object }: Instance): boolean => !QUIET.test(object.group);
