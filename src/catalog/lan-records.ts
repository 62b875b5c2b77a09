import { z } from "zod";
import { familyOf } from "../model/address.ts";
import type { Component } from "../model/component.ts";
import type { DnsRecord, Plan } from "../model/plan.ts";
import type { KubernetesObject } from "../model/unit.ts";
import { lanPublishers } from "./publishing.ts";

const NAME = "lan-records";

/** Names that no gateway answers, for those who write names into the DNS server of the house. */
export const lanRecords: Component<Record<string, never>> = {
  id: NAME,
  title: "Records of the LAN",
  summary:
    "the names in dns.records, and of machines in their zone, as an object that external-dns reads; runs nothing",
  options: z.strictObject({}),
  needed: (plan) => plan.records.length > 0 && lanPublishers(plan).length > 0,
  units: (plan) => [
    { id: NAME, component: NAME, namespace: "network", objects: { "records.yaml": [recordsOf(plan)] }, view: {} },
  ],
  begins: () => [],
  docs: {
    template: `components/${NAME}/docs.md`,
    view: ({ records }) => ({ records: records.map(({ name, written }) => ({ name, written })) }),
  },
};

const recordsOf = ({ records }: Plan): KubernetesObject => ({
  apiVersion: "externaldns.k8s.io/v1alpha1",
  kind: "DNSEndpoint",
  metadata: { name: NAME },
  spec: { endpoints: records.flatMap(endpointsOf) },
});

/** One for each family. */
const endpointsOf = ({ name, ips }: DnsRecord) =>
  ([4, 6] as const).flatMap((family) => {
    const targets = ips.filter((ip) => familyOf(ip) === family);
    return targets.length === 0 ? [] : [{ dnsName: name, recordType: family === 4 ? "A" : "AAAA", targets }];
  });
