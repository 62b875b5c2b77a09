/** Networks and addresses, as they stand in more than one place. */
import { valuesOf, replaced, documents, pathsOf, type Check, type Files } from "./check.ts";
import { asList, at } from "../../../src/model/unknown.ts";

const podNetworks = (files: Files): readonly unknown[] =>
  pathsOf(files, /^talos\/patches\/[^/]+\.yaml$/).flatMap((path) =>
    documents(files, path).flatMap((document) => asList(at(document, "cluster", "network", "podSubnets"))),
  );

export const networks: readonly Check[] = [
  {
    id: "cilium-routes-the-pods-of-the-cluster",
    says: "what Cilium routes without masquerading is the pod network that the nodes are given",
    check(files) {
      const pods = podNetworks(files);
      const cilium = valuesOf(files, "cilium");
      if (cilium?.["routingMode"] !== "native") return [];
      const routed = cilium["ipv4NativeRoutingCIDR"];
      return pods.length === 1 && pods[0] === routed
        ? []
        : [`pods are ${pods.join(", ")}, Cilium routes ${String(routed)}`];
    },
    broken: (files) =>
      replaced(files, /\/cilium\/app\/values\.yaml$/, /ipv4NativeRoutingCIDR: .*/, "ipv4NativeRoutingCIDR: 10.0.0.0/8"),
  },
];
