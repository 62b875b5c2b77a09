/** What a pod of an unknown image may do: as little as lets most images run. */
import type { Container } from "./app.ts";

/** For the pod: its user where one is known, and the system calls the runtime allows everybody. */
export const podSecurity = ({ runAs }: Container) => ({
  ...(runAs !== undefined && {
    runAsNonRoot: true,
    runAsUser: runAs,
    runAsGroup: runAs,
    // Volumes belong to this group, so that the process can write to them.
    fsGroup: runAs,
    fsGroupChangePolicy: "OnRootMismatch",
  }),
  seccompProfile: { type: "RuntimeDefault" },
});

/**
 * An image that starts as root, makes its folders its own and then becomes another user needs these, and Pod Security
 * "baseline" allows them (Kubernetes documentation, Pod Security Standards, Baseline: Capabilities).
 */
const OF_ROOT_IMAGES = ["CHOWN", "DAC_OVERRIDE", "FOWNER", "NET_BIND_SERVICE", "SETGID", "SETUID"];

/** The root file system stays writable unless asked: most images write to /run, /tmp or their own folder. */
export const containerSecurity = ({ runAs, readOnly }: Container) => ({
  allowPrivilegeEscalation: false,
  ...(readOnly && { readOnlyRootFilesystem: true }),
  capabilities: { drop: ["ALL"], ...(runAs === undefined && { add: OF_ROOT_IMAGES }) },
});

/** A new pod gets the time to start that it needs; afterwards half a minute of silence is enough. */
export const probes = (port: number) => ({
  startup: { tcpSocket: { port }, periodSeconds: 5, failureThreshold: 60 },
  readiness: { tcpSocket: { port } },
  liveness: { tcpSocket: { port } },
});

/** What it is given at least. Without a limit, because nobody knows yet what it takes. */
export const RESOURCES = { requests: { cpu: "10m", memory: "64Mi" } };
