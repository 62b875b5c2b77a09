/** What the gateways of Cilium take in another way than those of others. */
import { beside, change, GATEWAY, PHOTOS, type AuditCase } from "./case.ts";

/** Gateways of Cilium are called as homelab.yaml calls them; the repository has one called envoy-internal. */
export const ciliumGateways = [
  ...change("provider: envoy-gateway", "provider: cilium"),
  ...change("    internal: {", "    envoy-internal: {"),
];
const GATEWAYS = `${GATEWAY}/gateway.yaml`;

const policy = (validation: string): string => `apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata:
  name: photos
spec:
  targetRefs: [{ group: "", kind: Service, name: photos }]
  validation: { hostname: photos.ragas.cc, ${validation} }
`;

export const cilium: readonly AuditCase[] = [
  {
    id: "BACKEND-PLAIN",
    what: "public authorities",
    network: ciliumGateways,
    broken: beside(policy("wellKnownCACertificates: System")),
    nearMiss: beside(policy("caCertificateRefs: [{ group: '', kind: ConfigMap, name: authority }]")),
  },
  {
    id: "ROUTE-KIND",
    what: "a backend of Envoy Gateway",
    network: ciliumGateways,
    broken: {
      ...beside("apiVersion: gateway.envoyproxy.io/v1alpha1\nkind: Backend\nmetadata:\n  name: nas\nspec: {}\n"),
      [`${PHOTOS}/httproute.yaml`]: change(
        "        - name: photos\n",
        "        - group: gateway.envoyproxy.io\n          kind: Backend\n          name: nas\n",
      ),
    },
    nearMiss: {
      [`${PHOTOS}/httproute.yaml`]: change(
        "        - name: photos\n",
        "        - kind: Service\n          name: photos\n",
      ),
    },
  },
  {
    id: "GATEWAY-CERTIFICATES",
    what: "two for one listener",
    network: ciliumGateways,
    broken: {
      [GATEWAYS]: [
        ...change("gatewayClassName: envoy", "gatewayClassName: cilium"),
        ...change("          - name: wildcard-tls\n", "          - name: wildcard-tls\n          - name: other-tls\n"),
      ],
    },
    nearMiss: { [GATEWAYS]: change("gatewayClassName: envoy", "gatewayClassName: cilium") },
  },
];
