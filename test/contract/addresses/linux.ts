/** Addresses as K3s, kubeadm and HAProxy will read them. */
import { documentsOf } from "../../support/documents.ts";
import { commas, each, inside, list, map, text, type Found, type Mapping } from "./found.ts";

/** The address that moves, or else that of the machine: what is bound in front of the API servers. */
export function proxy(content: string): Found {
  const bound = [...content.matchAll(/^ {2}bind \[?([^\]\s]+?)\]?:(\d+)( transparent)?$/gm)];
  const api = bound.filter(([, , , moves]) => bound.some((one) => one[3] !== undefined) === (moves !== undefined));
  const servers = [...content.matchAll(/^ {2}server (\S+) \[?([^\]\s]+?)\]?:6443$/gm)];
  return [
    // The last frontend hands out numbers.
    ...api.filter(([, , port]) => port !== "8405").map(([, ip]) => ["API", ip] as const),
    ...servers.map(([, name, ip]) => [`node ${name}`, ip] as const),
  ];
}

export function k3s(content: string, file: string): Found {
  const document = map(documentsOf(content, file)[0]);
  const all = (of: string, key: string): Found => each(document[key]).map((one) => [of, one]);
  return [
    ...all("pods", "cluster-cidr"),
    ...all("Services", "service-cidr"),
    ...all("API", "tls-san"),
    ...all(`node ${text(document["node-name"])}`, "node-ip"),
  ];
}

/** What is said of the cluster, and of the machine that starts it. */
export function kubeadm(content: string, file: string): Found {
  return documentsOf(content, file).flatMap((document): Found => [
    ...commas("pods", inside(document, "networking", "podSubnet")),
    ...commas("Services", inside(document, "networking", "serviceSubnet")),
    ...each(inside(document, "apiServer", "certSANs")).map((one) => ["API", one] as const),
    ...(map(document)["kind"] === "InitConfiguration" ? machineOfKubeadm(map(document)) : []),
  ]);
}

export function joining(content: string, file: string): Found {
  return machineOfKubeadm(map(documentsOf(content, file)[0]));
}

function machineOfKubeadm(document: Mapping): Found {
  const name = text(inside(document, "nodeRegistration", "name"));
  const told = list(inside(document, "nodeRegistration", "kubeletExtraArgs")).find((one) => one["name"] === "node-ip");
  const at = inside(document, "localAPIEndpoint") ?? inside(document, "controlPlane", "localAPIEndpoint");
  return [
    ...commas(`node ${name}`, told?.["value"]),
    ...(at === undefined ? [] : [[`node ${name}`, inside(at, "advertiseAddress")] as const]),
  ];
}
