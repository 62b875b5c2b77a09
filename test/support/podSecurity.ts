/** What Pod Security says of a pod at the levels `baseline` and `restricted` (kubernetes.io, Pod Security Standards). */
import { asList, asMap, at } from "../../src/model/unknown.ts";
import type { KubernetesObject } from "./manifests.ts";

const CAPABILITIES = new Set(
  "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT".split(
    " ",
  ),
);
const SYSCTLS =
  /^(kernel\.shm_rmid_forced|net\.ipv4\.(ip_local_port_range|ip_unprivileged_port_start|tcp_syncookies|ping_group_range|ip_local_reserved_ports|tcp_keepalive_(time|intvl|probes)|tcp_fin_timeout|tcp_rmem|tcp_wmem))$/;

/** The pod of a workload, whatever makes it; undefined for what makes none. */
export function podOf(object: KubernetesObject): Readonly<Record<string, unknown>> | undefined {
  const template =
    object.kind === "Pod"
      ? object
      : object.kind === "CronJob"
        ? at(object, "spec", "jobTemplate", "spec", "template")
        : ["Deployment", "DaemonSet", "StatefulSet", "ReplicaSet", "Job"].includes(object.kind)
          ? at(object, "spec", "template")
          : undefined;
  const spec = at(template, "spec");
  return spec === undefined ? undefined : asMap(spec);
}

export const containersOf = (pod: unknown): readonly unknown[] =>
  ["initContainers", "containers", "ephemeralContainers"].flatMap((list) => asList(at(pod, list)));

export function refusedByBaseline(pod: unknown): readonly string[] {
  const contexts = [pod, ...containersOf(pod)].map((one) => at(one, "securityContext"));
  return [
    ...["hostNetwork", "hostPID", "hostIPC"].filter((key) => at(pod, key) === true),
    ...asList(at(pod, "volumes")).flatMap((volume) => (at(volume, "hostPath") === undefined ? [] : ["hostPath"])),
    ...containersOf(pod).flatMap((container) =>
      asList(at(container, "ports")).flatMap((port) => ((at(port, "hostPort") ?? 0) === 0 ? [] : ["hostPort"])),
    ),
    ...contexts.flatMap((context) => [
      ...(at(context, "privileged") === true ? ["privileged"] : []),
      ...asList(at(context, "capabilities", "add"))
        .map(String)
        .filter((name) => !CAPABILITIES.has(name)),
      ...(at(context, "seccompProfile", "type") === "Unconfined" ? ["seccomp"] : []),
      ...((at(context, "procMount") ?? "Default") === "Default" ? [] : ["procMount"]),
      ...asList(at(context, "sysctls"))
        .map((sysctl) => String(at(sysctl, "name")))
        .filter((name) => !SYSCTLS.test(name)),
    ]),
  ];
}

const VOLUMES = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

/** What it says at the level `restricted` beside that, of each container with what the pod says for all. */
export const refusedByRestricted = (pod: unknown): readonly string[] => [
  ...refusedByBaseline(pod),
  ...asList(at(pod, "volumes")).flatMap((volume) =>
    Object.keys(asMap(volume)).filter((key) => !["name", "hostPath", ...VOLUMES].includes(key)),
  ),
  ...containersOf(pod).flatMap((container) => {
    const of = (...path: readonly string[]): unknown =>
      at(container, "securityContext", ...path) ?? at(pod, "securityContext", ...path);
    const capability = (list: string): readonly unknown[] =>
      asList(at(container, "securityContext", "capabilities", list));
    return [
      ...(of("runAsNonRoot") === true ? [] : ["may be root"]),
      ...(of("runAsUser") === 0 ? ["is root"] : []),
      ...(of("seccompProfile", "type") === undefined ? ["no seccomp"] : []),
      ...(at(container, "securityContext", "allowPrivilegeEscalation") === false ? [] : ["may gain privileges"]),
      ...(capability("drop").includes("ALL") ? [] : ["keeps capabilities"]),
      ...capability("add").flatMap((name) => (name === "NET_BIND_SERVICE" ? [] : [`has ${String(name)}`])),
    ];
  }),
];
