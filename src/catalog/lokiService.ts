import { OBSERVABILITY } from "../model/observability.ts";

export const LOKI = "loki";
/** Of the chart (18.11.0, values: loki.server.http_listen_port), for lines that come and questions about them. */
export const LOKI_PORT = 3100;
export const LOKI_URL = `http://${LOKI}.${OBSERVABILITY}.svc:${LOKI_PORT}`;
