import type { Plan } from "./plan.ts";

/** Where the Kubernetes API is found. An IPv6 address stands in brackets (RFC 3986 §3.2.2). */
export const apiUrl = ({ cluster: { api } }: Pick<Plan, "cluster">): string =>
  `https://${api.address.includes(":") ? `[${api.address}]` : api.address}:${api.port}`;
