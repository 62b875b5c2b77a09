/** Parameters of a network that is looked at. */
import { setting, type Parameter } from "./parameter.ts";
import { value, without } from "./base.ts";

export const observedShapes: readonly Parameter[] = [
  {
    name: "Prometheus",
    values: [
      without,
      value("with a volume", setting("observability.prometheus", { class: "fast", retention: "4w" })),
      value("as long as its pod lives", setting("observability.prometheus", true)),
    ],
  },
  {
    name: "Grafana",
    values: [
      without,
      value("at a gateway", setting("observability.grafana", { gateway: "internal", class: "fast" })),
      // Elsewhere an address of its own has no pool to come from.
      value("at an address", setting("observability.grafana", { address: "192.168.1.68" }), {
        "loadBalancer.provider": ["cilium", "calico", "metallb", "kube-vip"],
      }),
    ],
  },
  {
    name: "logs of machines",
    values: [
      without,
      value("at an address", setting("observability.logs.address", "192.168.1.67"), {
        "loadBalancer.provider": ["cilium", "calico", "metallb", "kube-vip"],
      }),
    ],
  },
  { name: "numbers of machines", values: [without, value("asked", setting("observability.nodeExporter", true))] },
  {
    name: "Hubble",
    values: [
      without,
      value("shown", setting("observability.hubble", { gateway: "internal" }), {
        "cni.provider": ["cilium"],
        "cni.hubble": ["true"],
      }),
    ],
  },
];
