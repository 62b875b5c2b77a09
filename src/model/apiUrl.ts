import type { Ip } from "./address.ts";
import type { Plan } from "./plan.ts";

/** Where API servers listen (kubeadm v1beta4, localAPIEndpoint.bindPort; Talos, localAPIServerPort; K3s, https-listen-port). */
export const API_SERVER_PORT = 6443;

/** An IPv6 address stands in brackets (RFC 3986 §3.2.2). */
export const httpsAt = (ip: Ip, port: number): string => `https://${ip.includes(":") ? `[${ip}]` : ip}:${port}`;

/** Where the Kubernetes API is found. */
export const apiUrl = ({ cluster: { api } }: Pick<Plan, "cluster">): string => httpsAt(api.address, api.port);
