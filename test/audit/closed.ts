/** Routes into closed namespaces. */
import { edit, type Edit } from "../rules/edits.ts";
import { beside, change, PHOTOS, type AuditCase } from "./case.ts";

const closed = (denial: string): readonly Edit[] => [
  edit("\ndns:\n", `\npolicies: { defaultDeny: { default: ${denial} } }\n\ndns:\n`),
];

const pods = `apiVersion: apps/v1
kind: Deployment
metadata: { name: photos }
spec:
  selector: { matchLabels: { app: photos } }
  template:
    metadata: { labels: { app: photos } }
    spec:
      containers: [{ name: photos, image: example.com/photos:1.0, ports: [{ name: web, containerPort: 2342 }] }]
`;

const policy = (rule: string): string => `---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: photos }
spec: { endpointSelector: { matchLabels: { app: photos } }, ingress: [${rule}] }
`;

const LETS = policy('{ fromEntities: [ingress], toPorts: [{ ports: [{ port: "2342", protocol: TCP }] }] }');
const OTHER = policy('{ fromEntities: [all], toPorts: [{ ports: [{ port: "9090", protocol: TCP }] }] }');

const WIDE = `---
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: gateways }
spec:
  endpointSelector: { matchLabels: { io.kubernetes.pod.namespace: default } }
  ingress: [{ fromEntities: [ingress] }]
`;

const selects = {
  [`${PHOTOS}/service.yaml`]: change("spec:\n", "spec:\n  selector: { app: photos }\n"),
};
const byName = {
  [`${PHOTOS}/service.yaml`]: [
    ...change("spec:\n", "spec:\n  selector: { app: photos }\n"),
    ...change("targetPort: 2342", "targetPort: web"),
  ],
};

export const closedNamespaces: readonly AuditCase[] = [
  {
    id: "ROUTE-CLOSED",
    what: "nobody is let in",
    network: closed("enforce"),
    broken: { ...beside(pods), ...selects },
    nearMiss: { ...beside(pods + LETS), ...selects },
  },
  {
    id: "ROUTE-CLOSED",
    what: "somebody is let in at another port",
    network: closed("enforce"),
    broken: { ...beside(pods + OTHER), ...byName },
    nearMiss: { ...beside(pods + LETS), ...byName },
  },
  {
    id: "ROUTE-CLOSED",
    what: "a policy of Kubernetes selects others",
    network: closed("enforce"),
    broken: {
      ...beside(
        `${pods}---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: photos }\nspec: { podSelector: { matchLabels: { app: films } }, ingress: [{}] }\n`,
      ),
      ...selects,
    },
    nearMiss: {
      ...beside(
        `${pods}---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: photos }\nspec: { podSelector: { matchLabels: { app: photos } }, ingress: [{}] }\n`,
      ),
      ...selects,
    },
  },
  {
    id: "ROUTE-CLOSED",
    what: "a policy of the whole cluster lets nobody in, or names pods by their namespace",
    network: closed("enforce"),
    broken: { ...beside(pods + WIDE.replace("{ fromEntities: [ingress] }", "{}")), ...selects },
    nearMiss: { ...beside(pods + WIDE), ...selects },
  },
  {
    id: "ROUTE-CLOSED",
    what: "nobody knows which pods answer",
    network: closed("enforce"),
    broken: { ...beside(pods), ...selects },
    nearMiss: beside(pods),
  },
];
