/** Pods with an interface in another network of the house. */
import type { Edit } from "../rules/edits.ts";
import { beside, besideGateway, change, ECHO, type AuditCase } from "./case.ts";

const VALUES = `${ECHO}/values.yaml`;

const network: readonly Edit[] = change(
  "cluster:\n",
  "networks:\n  iot: { cidr: 192.168.30.0/24, interface: ens19, attach: { name: things, ipam: static, namespaces: [default] } }\ncluster:\n",
);

const definition = (name: string, namespace = "default"): string =>
  `apiVersion: k8s.cni.cncf.io/v1\nkind: NetworkAttachmentDefinition\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { config: "{}" }\n`;

const deployment = (name: string, networks: string): string => `---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  template:
    metadata:
      annotations:
        k8s.v1.cni.cncf.io/networks: ${networks}
    spec:
      containers: []
`;

const asked = (address: string): string => `'[{"name": "things", "ips": ["${address}/24"]}]'`;

const values = (networks: string) => ({
  [VALUES]: change(
    "controllers:\n",
    `defaultPodOptions:\n  annotations: { k8s.v1.cni.cncf.io/networks: ${networks} }\ncontrollers:\n`,
  ),
});

export const attachments: readonly AuditCase[] = [
  {
    id: "ATTACH-MISSING",
    what: "another name",
    network,
    broken: beside(definition("things") + deployment("photos", "thing")),
    nearMiss: beside(definition("things") + deployment("photos", "things@net1")),
  },
  {
    id: "ATTACH-MISSING",
    what: "in another namespace, by a chart",
    network,
    broken: { ...besideGateway(definition("things", "network")), ...values("things") },
    nearMiss: { ...beside(definition("things")), ...values('"default/things"') },
  },
  {
    id: "ATTACH-MISSING",
    what: "in JSON, where nobody has one",
    broken: beside(deployment("photos", asked("192.168.30.60"))),
    nearMiss: beside(deployment("photos", "'[]'")),
  },
  {
    id: "ATTACH-ADDRESS",
    what: "of two apps",
    network,
    broken: beside(
      definition("things") + deployment("photos", asked("192.168.30.60")) + deployment("films", asked("192.168.30.60")),
    ),
    nearMiss: beside(
      definition("things") + deployment("photos", asked("192.168.30.60")) + deployment("films", asked("192.168.30.61")),
    ),
  },
];
