/** Who may reach the pods of a new app: what its route promises, and nothing where there is no route. */
import type { Flow } from "../../model/unit.ts";
import type { NewApp } from "./app.ts";
import { manifestLabels } from "./manifests.ts";

export function flowsOf({ name, namespace, source, route }: NewApp): readonly Flow[] {
  // The pods of a machine are none.
  if (route === undefined || source.kind === "machine") return [];
  // app-template puts the same two labels on its pods.
  const to = source.kind === "chart" ? source.selector : manifestLabels(name);
  const port = source.kind === "chart" ? (source.podPort ?? route.port) : source.container.port;
  const requests: Flow = {
    unit: name,
    namespace,
    to,
    name,
    from: ["gateway"],
    ports: [{ port, protocol: "TCP" }],
    because: "requests that come through a gateway",
  };
  if (source.kind !== "chart") return [requests];
  // A chart may bring a database, a cache or workers, which have the same labels and talk to each other.
  return [
    requests,
    {
      ...requests,
      name: `${name}-inside`,
      from: [{ namespace, labels: to }],
      ports: [],
      because: "pods of the chart among themselves",
    },
  ];
}
