/** Lines that machines send, by syslog: where an agent of the cluster takes them. */
import type { Ip } from "../model/address.ts";
import type { PerFamily } from "../model/families.ts";
import type { Plan } from "../model/plan.ts";
import type { Flow, KubernetesObject, Pods } from "../model/unit.ts";
import { LOKI } from "./lokiService.ts";
import { serviceAnnotations, serviceFamilies, serviceLabels } from "./pools.ts";

/** What devices propose for syslog by TCP. */
export const SYSLOG_PORT = 514;
/** Of the pod, which may not listen at those below 1024. */
export const AGENT_PORT = 5514;

/** Of the Service, which owns the address. */
export const SYSLOG = "syslog";

interface Taken {
  readonly address?: PerFamily<Ip>;
}

export const logsAddress = ({ chosen }: Pick<Plan, "chosen">): PerFamily<Ip> | undefined =>
  (chosen.find(({ component }) => component.id === LOKI)?.options as Taken | undefined)?.address;

/** The chart's own has no place for every label and family (0.56.0, templates/service.yaml). */
export function syslogService(address: PerFamily<Ip>, { labels }: Pods, plan: Plan): KubernetesObject {
  const { families, policy } = serviceFamilies(address, plan);
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: SYSLOG,
      labels: serviceLabels(address, plan) ?? undefined,
      annotations: serviceAnnotations(address, plan) ?? undefined,
    },
    spec: {
      type: "LoadBalancer",
      ...(policy !== null && { ipFamilyPolicy: policy, ipFamilies: families }),
      selector: labels,
      ports: [{ name: SYSLOG, port: SYSLOG_PORT, targetPort: AGENT_PORT, protocol: "TCP" }],
    },
  };
}

export const sentLines = (flow: Pick<Flow, "unit" | "namespace" | "to">): Flow => ({
  ...flow,
  name: SYSLOG,
  // Forwarded by another node, a line comes from that node and not from the world (Cilium, native routing).
  from: ["world", "cluster"],
  ports: [{ port: AGENT_PORT, protocol: "TCP" }],
  because: "machines of the house and nodes send lines",
});
