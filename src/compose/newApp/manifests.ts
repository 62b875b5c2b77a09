/** An app as plain objects: Deployment, Service and a claim for each volume. */
import type { KubernetesObject } from "../../model/unit.ts";
import type { Container, Volume } from "./app.ts";
import { containerSecurity, podSecurity, probes, RESOURCES } from "./hardening.ts";
import { networkAnnotations, nodeAffinity, onePodAtATime } from "./networks.ts";
import { literalVariable } from "./variable.ts";

type Annotations = Readonly<Record<string, string>>;

export const manifestLabels = (name: string) => ({
  "app.kubernetes.io/instance": name,
  "app.kubernetes.io/name": name,
});

/** `keep`: annotations on what is never pruned, the data. */
export function manifests(
  name: string,
  container: Container,
  keep: Annotations,
): Readonly<Record<string, readonly KubernetesObject[]>> {
  return {
    "deployment.yaml": [deployment(name, container)],
    "service.yaml": [service(name, container)],
    ...(container.volumes.length > 0 && {
      "persistentvolumeclaim.yaml": container.volumes.map((volume) => claim(name, volume, container, keep)),
    }),
  };
}

const claimName = (app: string, { name }: Volume): string => (name === app ? app : `${app}-${name}`);

function deployment(name: string, container: Container): KubernetesObject {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, labels: manifestLabels(name) },
    spec: {
      replicas: 1,
      strategy: { type: onePodAtATime(container) ? "Recreate" : "RollingUpdate" },
      selector: { matchLabels: manifestLabels(name) },
      template: {
        metadata: { labels: manifestLabels(name), annotations: networkAnnotations(container) },
        spec: {
          automountServiceAccountToken: false,
          // Variables for every Service of the namespace confuse apps that read variables of such names.
          enableServiceLinks: false,
          affinity: nodeAffinity(container),
          securityContext: podSecurity(container),
          containers: [main(name, container)],
          volumes: volumesOf(name, container),
        },
      },
    },
  };
}

function main(name: string, container: Container) {
  const { image, port, environment, secrets, volumes, readOnly } = container;
  const { startup, readiness, liveness } = probes(port);
  const variables = Object.entries(environment).map(([key, value]) => ({ name: key, value: literalVariable(value) }));
  const mounts = [
    ...volumes.map((volume) => ({ name: volume.name, mountPath: volume.path })),
    ...(readOnly ? [{ name: "tmp", mountPath: "/tmp" }] : []),
  ];
  return {
    name,
    image: `${image.repository}:${image.tag}`,
    env: some(variables),
    envFrom: some(secrets.map((secret) => ({ secretRef: { name: secret } }))),
    ports: [{ name: "http", containerPort: port }],
    startupProbe: startup,
    readinessProbe: readiness,
    livenessProbe: liveness,
    securityContext: containerSecurity(container),
    resources: RESOURCES,
    volumeMounts: some(mounts),
  };
}

const volumesOf = (name: string, { volumes, readOnly }: Container) =>
  some([
    ...volumes.map((volume) => ({
      name: volume.name as string,
      persistentVolumeClaim: { claimName: claimName(name, volume) },
    })),
    ...(readOnly ? [{ name: "tmp", emptyDir: {} }] : []),
  ]);

const some = <Item>(items: readonly Item[]): readonly Item[] | undefined => (items.length > 0 ? items : undefined);

const service = (name: string, { port }: Container): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, labels: manifestLabels(name) },
  spec: { selector: manifestLabels(name), ports: [{ name: "http", port, targetPort: "http" }] },
});

const claim = (name: string, volume: Volume, { storageClass }: Container, keep: Annotations): KubernetesObject => ({
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  metadata: { name: claimName(name, volume), labels: manifestLabels(name), annotations: keep },
  spec: {
    accessModes: ["ReadWriteOnce"],
    storageClassName: storageClass,
    resources: { requests: { storage: volume.size } },
  },
});
