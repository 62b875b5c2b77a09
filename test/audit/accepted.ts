/** What is taken and then overlooked, or done in another way than the file says. */
import { beside, besideGateway, change, ECHO, GATEWAY, PHOTOS, trafficPolicy, type AuditCase } from "./case.ts";

const ROUTE = `${PHOTOS}/httproute.yaml`;
const SERVICE = `${PHOTOS}/service.yaml`;
const GATEWAYS = `${GATEWAY}/gateway.yaml`;
const CERTIFICATES = `${GATEWAY}/certificate.yaml`;
const VALUES = `${ECHO}/values.yaml`;

const grant = (to: string): string => `apiVersion: gateway.networking.k8s.io/v1
kind: ReferenceGrant
metadata:
  name: routes
spec:
  from:
    - { group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: default }
  to:
    - ${to}
`;

/** Nodes ask in everybody's place. */
const hidden = change("loadBalancing: { mode: dsr, acceleration: native }", "loadBalancing: { mode: snat }");

const allowed = (route: string, principal = "clientCIDRs: [172.16.1.0/24]"): string =>
  `apiVersion: gateway.envoyproxy.io/v1alpha1
kind: SecurityPolicy
metadata: { name: photos }
spec:
  targetRefs: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, name: ${route} }]
  authorization: { defaultAction: Deny, rules: [{ action: Allow, principal: { ${principal} } }] }
`;

const asking = (host: string, port: number, backend = "photos-auth"): string =>
  `apiVersion: gateway.envoyproxy.io/v1alpha1
kind: SecurityPolicy
metadata: { name: photos }
spec:
  targetRefs: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, name: photos }]
  extAuth: { http: { backendRefs: [{ group: gateway.envoyproxy.io, kind: Backend, name: ${backend} }] } }
---
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: Backend
metadata: { name: photos-auth }
spec: { endpoints: [{ fqdn: { hostname: ${host}, port: ${port} } }] }
`;

export const accepted: readonly AuditCase[] = [
  {
    id: "GATEWAY-VERSION",
    what: "a version from before",
    broken: { [ROUTE]: change("gateway.networking.k8s.io/v1\n", "gateway.networking.k8s.io/v1alpha2\n") },
    nearMiss: { [ROUTE]: change("gateway.networking.k8s.io/v1\n", "gateway.networking.k8s.io/v1beta1\n") },
  },
  {
    id: "GATEWAY-GRANT",
    what: "a certificate of another namespace",
    broken: { [GATEWAYS]: change("name: wildcard-tls\n", "name: other-tls\n            namespace: default\n") },
    nearMiss: {
      [GATEWAYS]: change("name: wildcard-tls\n", "name: other-tls\n            namespace: default\n"),
      ...beside(
        grant("{ group: '', kind: Secret, name: other-tls }").replace(
          "kind: HTTPRoute, namespace: default",
          "kind: Gateway, namespace: network",
        ),
      ),
    },
  },
  {
    id: "GRANT-IDLE",
    what: "leave to attach to a gateway",
    broken: besideGateway(grant("{ group: gateway.networking.k8s.io, kind: Gateway }")),
    nearMiss: besideGateway(grant("{ group: '', kind: Service }")),
  },
  {
    id: "GATEWAY-ADDRESS",
    what: "an address that becomes another one",
    broken: { [GATEWAYS]: change("  listeners:\n", "  addresses: [{ value: 172.16.1.61 }]\n  listeners:\n") },
    nearMiss: { [GATEWAYS]: change("  listeners:\n", "  addresses: []\n  listeners:\n") },
  },
  {
    id: "POLICY-TARGET",
    what: "a policy beside the app and not beside the gateway",
    broken: beside(
      trafficPolicy(
        "Client",
        "  targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: envoy-internal }]\n",
      ),
    ),
    nearMiss: besideGateway(
      trafficPolicy(
        "Client",
        "  targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: envoy-internal }]\n",
      ),
    ),
  },
  {
    id: "POLICY-TARGET",
    what: "a policy for a route that nobody has",
    broken: beside(allowed("photo")),
    nearMiss: beside(allowed("photos")),
  },
  {
    id: "ROUTE-SOURCES",
    what: "a policy about addresses that nobody sees",
    network: hidden,
    broken: beside(allowed("photos")),
    nearMiss: beside(allowed("photos", "headers: [{ name: x-key, values: [a] }]")),
  },
  {
    id: "ROUTE-AUTH",
    what: "a Service that nobody has, asked whether somebody may",
    broken: beside(asking("photo.default.svc.cluster.local", 80)),
    nearMiss: beside(asking("photos.default.svc.cluster.local", 80)),
  },
  {
    id: "ROUTE-AUTH",
    what: "the port of a container",
    broken: beside(asking("photos.default.svc.cluster.local", 2342)),
    nearMiss: beside(asking("auth.example.com", 2342)),
  },
  {
    id: "ROUTE-AUTH",
    what: "a Backend that is not beside the policy",
    broken: beside(asking("auth.example.com", 80, "photos-aut")),
    nearMiss: beside(asking("auth.example.com", 80)),
  },
  {
    id: "ROUTE-EXTERNAL",
    what: "a Service that is another name",
    broken: { [SERVICE]: change("spec:\n", "spec:\n  type: ExternalName\n  externalName: nas.ragas.cc\n") },
    nearMiss: { [SERVICE]: change("spec:\n", "spec:\n  type: ClusterIP\n") },
  },
  {
    id: "ROUTE-CLEAR",
    what: "http beside https",
    broken: {
      [GATEWAYS]: change("      port: 80\n", "      port: 80\n      allowedRoutes: { namespaces: { from: All } }\n"),
      [ROUTE]: change("      sectionName: https\n", ""),
    },
    nearMiss: { [ROUTE]: change("      sectionName: https\n", "") },
  },
  {
    id: "ROUTE-TARGET",
    what: "a target where nobody reads it",
    broken: {
      [ROUTE]: change(
        "  name: photos\n",
        "  name: photos\n  annotations: { external-dns.alpha.kubernetes.io/target: home.ragas.cc }\n",
      ),
    },
    nearMiss: {
      [ROUTE]: change(
        "  name: photos\n",
        "  name: photos\n  annotations: { external-dns.alpha.kubernetes.io/controller: none }\n",
      ),
    },
  },
  {
    id: "CERTIFICATE-TWICE",
    what: "an annotation beside a Certificate",
    broken: {
      [GATEWAYS]: change(
        "  name: envoy-internal\n",
        "  name: envoy-internal\n  annotations: { cert-manager.io/cluster-issuer: letsencrypt-staging }\n",
      ),
    },
    nearMiss: {
      [GATEWAYS]: change(
        "  name: envoy-internal\n",
        "  name: envoy-internal\n  annotations: { external-dns.alpha.kubernetes.io/target: external.ragas.cc }\n",
      ),
    },
  },
  {
    id: "CERTIFICATE-TWICE",
    what: "two Certificates",
    broken: { [CERTIFICATES]: `${certificate("wildcard")}---\n${certificate("apex")}` },
    nearMiss: {
      [CERTIFICATES]: `${certificate("wildcard")}---\n${certificate("apex").replace("wildcard-tls", "apex-tls")}`,
    },
  },
  {
    id: "ADDRESS-KEY",
    what: "the words of MetalLB",
    broken: {
      [SERVICE]: change(
        "  name: photos\n",
        "  name: photos\n  annotations: { metallb.io/loadBalancerIPs: 172.16.1.65 }\n",
      ),
    },
    nearMiss: {
      [SERVICE]: change("  name: photos\n", "  name: photos\n  annotations: { lbipam.cilium.io/ips: 172.16.1.65 }\n"),
    },
  },
  {
    id: "ADDRESS-OLD-KEY",
    what: "the field of Kubernetes",
    broken: { [SERVICE]: change("spec:\n", "spec:\n  type: LoadBalancer\n  loadBalancerIP: 172.16.1.65\n") },
    nearMiss: { [SERVICE]: change("spec:\n", "spec:\n  type: LoadBalancer\n") },
  },
  {
    id: "ADDRESS-BALANCER",
    what: "a pool of MetalLB where Cilium gives the addresses",
    broken: beside(pool("metallb.io/v1beta1", "IPAddressPool", "  addresses: [172.16.1.66-172.16.1.67]\n")),
    nearMiss: beside(
      pool("cilium.io/v2", "CiliumLoadBalancerIPPool", "  blocks: [{ start: 172.16.1.66, stop: 172.16.1.67 }]\n"),
    ),
  },
  {
    id: "SERVICE-LOCAL",
    what: "only nodes with a pod",
    broken: { [SERVICE]: change("spec:\n", "spec:\n  type: LoadBalancer\n  externalTrafficPolicy: Local\n") },
    nearMiss: { [SERVICE]: change("spec:\n", "spec:\n  type: NodePort\n  externalTrafficPolicy: Local\n") },
  },
  {
    id: "SERVICE-LOCAL",
    what: "only nodes with a pod, by the values of a chart",
    broken: { [VALUES]: change("    controller: echo\n", "    controller: echo\n    externalTrafficPolicy: Local\n") },
    nearMiss: {
      [VALUES]: change("    controller: echo\n", "    controller: echo\n    externalTrafficPolicy: Cluster\n"),
    },
  },
];

function pool(apiVersion: string, kind: string, spec: string): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: more\nspec:\n${spec}`;
}

function certificate(name: string): string {
  return `apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: ${name}
spec:
  secretName: wildcard-tls
  dnsNames: ["*.ragas.cc", ragas.cc]
`;
}
