/**
 * A machine of the LAN behind a gateway: a Service without pods, whose addresses are written down. A Service by name
 * (ExternalName) is refused by Envoy Gateway (its documentation, Routing outside Kubernetes).
 */
import type { GatewayProvider } from "../../model/gatewayProvider.ts";
import type { KubernetesObject, Route } from "../../model/unit.ts";
import type { MachineSource } from "./app.ts";

interface Named {
  readonly name: string;
  readonly namespace: string;
}

type Objects = Readonly<Record<string, readonly KubernetesObject[]>>;

export interface MachineObjects {
  readonly objects: Objects;
  /** What the route names, where that is no Service. */
  readonly backend?: Route["backend"];
}

/** `provider`: who carries the requests. */
export function machineObjects(named: Named, source: MachineSource, provider: GatewayProvider): MachineObjects {
  const { tls, address, port } = source;
  if (tls !== undefined && tls.name === undefined) {
    if (provider.unverified === undefined) throw new Error(`${named.name}: the gateway looks at every certificate`);
    if (provider.unverified !== "route") {
      const object = provider.unverified({ ...named, address, port });
      return { objects: { "backend.yaml": [object] }, backend: object };
    }
  }
  return {
    objects: {
      "service.yaml": [service(named, source), endpoints(named, source)],
      ...(tls?.name !== undefined &&
        provider.unverified !== "route" && { "backendtlspolicy.yaml": [verified(named, tls.name)] }),
    },
  };
}

const portName = ({ tls, unopened }: MachineSource): string =>
  tls === undefined && unopened === undefined ? "http" : "https";

const service = ({ name }: Named, source: MachineSource): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name },
  spec: { ports: [{ name: portName(source), port: source.port }] },
});

/** Found by the label, and by the name of the port (Kubernetes documentation, Services without selectors). */
const endpoints = ({ name }: Named, source: MachineSource): KubernetesObject => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { name, labels: { "kubernetes.io/service-name": name } },
  addressType: "IPv4",
  ports: [{ name: portName(source), port: source.port, protocol: "TCP" }],
  endpoints: [{ addresses: [source.address], conditions: { ready: true } }],
});

/** The gateway speaks https to it and expects a certificate of this name, as a browser would. */
const verified = ({ name }: Named, hostname: string): KubernetesObject => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "BackendTLSPolicy",
  metadata: { name },
  spec: {
    targetRefs: [{ group: "", kind: "Service", name, sectionName: "https" }],
    validation: { hostname, wellKnownCACertificates: "System" },
  },
});
