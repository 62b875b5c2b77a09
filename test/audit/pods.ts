/** Policies of Cilium and pods of apps. */
import { beside, change, ECHO, type AuditCase } from "./case.ts";

const VALUES = `${ECHO}/values.yaml`;

const policy = (spec: string): string =>
  `apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata:\n  name: photos\nspec:\n  endpointSelector: {}\n${spec}`;

const deployment = (image: string, strategy: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: photos
spec:
  strategy: { type: ${strategy} }
  template:
    spec:
      containers:
        - name: app
          image: ${image}
      volumes:
        - name: data
          persistentVolumeClaim: { claimName: photos }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: photos
spec:
  accessModes: [ReadWriteOnce]
`;

const persistence = (mode: string): string =>
  `persistence:\n  data:\n    type: persistentVolumeClaim\n    accessMode: ${mode}\n    size: 1Gi\n`;

const ofOthers = (apiVersion: string): string =>
  `apiVersion: ${apiVersion}\nkind: NetworkPolicy\nmetadata:\n  name: photos\nspec: { podSelector: {}, ingress: [{}] }\n`;

export const pods: readonly AuditCase[] = [
  {
    id: "POLICY-UNREAD",
    what: "of Calico, beside Cilium",
    broken: beside(ofOthers("projectcalico.org/v3")),
    nearMiss: beside(ofOthers("networking.k8s.io/v1")),
  },
  {
    id: "POLICY-REFUSED",
    what: "no rule at all",
    broken: beside(policy("  ingress: []\n")),
    nearMiss: beside(policy("  ingress: [{}]\n")),
  },
  {
    id: "POLICY-REFUSED",
    what: "two sorts of peers",
    broken: beside(policy("  ingress: [{ fromEndpoints: [{}], fromEntities: [world] }]\n")),
    nearMiss: beside(policy("  ingress: [{ fromEndpoints: [{}] }, { fromEntities: [world] }]\n")),
  },
  {
    id: "POLICY-REFUSED",
    what: "ICMP beside ports",
    broken: beside(
      policy("  ingress: [{ icmps: [{ fields: [{ type: 8 }] }], toPorts: [{ ports: [{ port: '80' }] }] }]\n"),
    ),
    nearMiss: beside(policy("  ingress: [{ icmps: [{ fields: [{ type: 8 }] }] }]\n")),
  },
  {
    id: "POLICY-REFUSED",
    what: "more ports than a rule may have",
    broken: beside(policy(`  ingress: [{ toPorts: [{ ports: [${ports(41)}] }] }]\n`)),
    nearMiss: beside(policy(`  ingress: [{ toPorts: [{ ports: [${ports(40)}] }] }]\n`)),
  },
  {
    id: "POLICY-REFUSED",
    what: "names looked at on the way in",
    broken: beside(
      policy("  ingress: [{ toPorts: [{ ports: [{ port: '53' }], rules: { dns: [{ matchPattern: '*' }] } }] }]\n"),
    ),
    nearMiss: beside(
      policy("  egress: [{ toPorts: [{ ports: [{ port: '53' }], rules: { dns: [{ matchPattern: '*' }] } }] }]\n"),
    ),
  },
  {
    id: "POLICY-REFUSED",
    what: "names looked at on another port",
    broken: beside(
      policy("  egress: [{ toPorts: [{ ports: [{ port: '853' }], rules: { dns: [{ matchPattern: '*' }] } }] }]\n"),
    ),
    nearMiss: beside(policy("  egress: [{ toPorts: [{ ports: [{ port: '853' }] }] }]\n")),
  },
  {
    id: "POLICY-CIDR",
    what: "pods by their address",
    broken: beside(policy("  ingress: [{ fromCIDR: [10.42.0.0/16] }]\n")),
    nearMiss: beside(policy("  ingress: [{ fromCIDR: [172.16.1.0/24] }]\n")),
  },
  {
    id: "POLICY-CIDR",
    what: "a node by its address",
    broken: beside(policy("  egress: [{ toCIDRSet: [{ cidr: 172.16.1.50/32 }] }]\n")),
    nearMiss: beside(policy("  egress: [{ toCIDRSet: [{ cidr: 172.16.1.2/32 }] }]\n")),
  },
  {
    id: "VOLUME-SHARED",
    what: "a Deployment that rolls",
    broken: beside(deployment("ghcr.io/example/photos:1.2.3", "RollingUpdate")),
    nearMiss: beside(deployment("ghcr.io/example/photos:1.2.3", "Recreate")),
  },
  {
    id: "VOLUME-SHARED",
    what: "an app of app-template that rolls",
    broken: {
      [VALUES]: change("  echo: {}\n", `  echo: { strategy: RollingUpdate }\n${persistence("ReadWriteOnce")}`),
    },
    nearMiss: {
      [VALUES]: change("  echo: {}\n", `  echo: { strategy: RollingUpdate }\n${persistence("ReadWriteMany")}`),
    },
  },
  {
    id: "IMAGE-MOVES",
    what: "a tag that moves",
    broken: beside(deployment("registry.ragas.cc:5000/photos:latest", "Recreate")),
    nearMiss: beside(deployment(`ghcr.io/example/photos:latest@sha256:${"a".repeat(64)}`, "Recreate")),
  },
  {
    id: "IMAGE-MOVES",
    what: "no tag in the values of app-template",
    broken: {
      [VALUES]: change(
        "  echo: {}\n",
        "  echo: { containers: { app: { image: { repository: ghcr.io/example/echo } } } }\n",
      ),
    },
    nearMiss: {
      [VALUES]: change(
        "  echo: {}\n",
        '  echo: { containers: { app: { image: { repository: ghcr.io/example/echo, tag: "1.2" } } } }\n',
      ),
    },
  },
];

function ports(count: number): string {
  return Array.from({ length: count }, (_, index) => `{ port: '${8000 + index}' }`).join(", ");
}
