import type { Plan } from "./plan.ts";

/** Where API servers listen (kubeadm v1beta4, localAPIEndpoint.bindPort; Talos, localAPIServerPort; K3s, https-listen-port). */
export const API_SERVER_PORT = 6443;

/** Where the Kubernetes API is found. An IPv6 address stands in brackets (RFC 3986 §3.2.2). */
export const apiUrl = ({ cluster: { api } }: Pick<Plan, "cluster">): string =>
  `https://${api.address.includes(":") ? `[${api.address}]` : api.address}:${api.port}`;
