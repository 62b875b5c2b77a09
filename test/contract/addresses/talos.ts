/** Addresses as Talos will read them. */
import { documentsOf } from "../../support/documents.ts";
import { each, inside, list, map, prefixOf, text, type Found } from "./found.ts";

/** The file of a machine. */
export function machine(content: string, file: string): Found {
  const documents = documentsOf(content, file).map(map);
  const name = text(documents.find(({ kind }) => kind === "HostnameConfig")?.["hostname"]);
  return documents.flatMap((document) => [
    ...list(document["addresses"]).flatMap(({ address }): Found => {
      const [ip, prefix] = text(address).split("/");
      return [
        [`node ${name}`, ip],
        [prefixOf(text(ip)), prefix],
      ];
    }),
    // One address each, and not their network.
    ...[
      ...each(inside(document, "machine", "kubelet", "nodeIP", "validSubnets")),
      ...each(inside(document, "cluster", "etcd", "advertisedSubnets")),
    ].map((one) => [`node ${name}`, text(one).replace(/\/(32|128)$/, "")] as const),
    ...list(document["routes"]).map(({ gateway }) => ["router", gateway] as const),
    ...(document["kind"] === "Layer2VIPConfig" ? ([["API", document["name"]]] as const) : []),
  ]);
}

/** What all of them are told, or the control planes. */
export function patch(content: string, file: string): Found {
  return documentsOf(content, file).flatMap((document): Found => {
    const network = inside(document, "cluster", "network");
    const all = (of: string, value: unknown): Found => each(value).map((one) => [of, one]);
    return [
      ...all("pods", inside(network, "podSubnets")),
      ...all("Services", inside(network, "serviceSubnets")),
      ...all("LAN", inside(document, "machine", "kubelet", "nodeIP", "validSubnets")),
      ...all("LAN", inside(document, "cluster", "etcd", "advertisedSubnets")),
      ...all("API", inside(document, "cluster", "apiServer", "certSANs")),
      ...(map(document)["kind"] === "ResolverConfig"
        ? [["resolvers", list(map(document)["nameservers"]).map(({ address }) => address)] as const]
        : []),
    ];
  });
}
