import type { Plan } from "./plan.ts";
import type { Pin } from "./unit.ts";

/** The release of Kubernetes that machines are installed with. That there is one, a rule has checked: VERSION-PIN. */
export function kubernetesPin({ cluster }: Plan): Pin {
  if (cluster.kubernetes.pin === undefined) throw new Error("a rule refuses versions of Kubernetes without a pin");
  return cluster.kubernetes.pin;
}
