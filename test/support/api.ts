/** An API server as controllers use it: objects by their path, changes as they happen. */
import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { setTimeout as pause } from "node:timers/promises";
import type { KubernetesObject } from "./manifests.ts";

export interface Change {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly object: KubernetesObject;
}

export interface Api {
  /** `undefined` where there is none. `path`: `/api/v1/namespaces/network`. */
  get(path: string): Promise<KubernetesObject | undefined>;
  /** A JSON merge patch (RFC 7386); an object that has gone is no fault. */
  patch(path: string, change: object): Promise<void>;
  /**
   * Everything that is there and every change after it, in the order of the server, until the server is closed. The
   * definition of the kind must be there. `path`: `/apis/apps/v1/deployments`.
   */
  watch(path: string, see: (change: Change) => void): void;
  close(): void;
}

export function apiOf(url: string, token: string): Api {
  // The server signs its certificate itself.
  const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
  let closed = false;
  const call = (method: string, path: string, body?: object): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "content-type": "application/merge-patch+json" }),
      };
      request(`${url}${path}`, { method, agent, headers }, resolve)
        .on("error", reject)
        .end(body === undefined ? undefined : JSON.stringify(body));
    });
  /** A server that has just learnt a kind asks for patience first. */
  const patient = async (method: string, path: string, body?: object): Promise<IncomingMessage> => {
    for (;;) {
      const response = await call(method, path, body);
      if (response.statusCode !== 429) return response;
      response.resume();
      await pause(Number(response.headers["retry-after"] ?? 1) * 1000);
    }
  };
  const answered = async (method: string, path: string, body?: object): Promise<KubernetesObject | undefined> => {
    const response = await patient(method, path, body);
    const text = await textOf(response);
    if (response.statusCode === 404) return undefined;
    if (response.statusCode === 200) return JSON.parse(text) as KubernetesObject;
    throw new Error(`${method} ${path}: ${response.statusCode} ${text}`);
  };
  const follow = async (path: string, see: (change: Change) => void): Promise<void> => {
    const response = await patient("GET", `${path}?watch=true`);
    if (response.statusCode !== 200) throw new Error(`GET ${path}: ${response.statusCode} ${await textOf(response)}`);
    let rest = "";
    for await (const part of response.setEncoding("utf8")) {
      const lines = `${rest}${String(part)}`.split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) see(JSON.parse(line) as Change);
    }
  };
  return {
    get: (path) => answered("GET", path),
    patch: async (path, change) => void (await answered("PATCH", path, change)),
    watch(path, see) {
      follow(path, see).catch((error: unknown) => {
        // A watch that ends with its server ends in an error.
        if (!closed) throw error;
      });
    },
    close() {
      closed = true;
      agent.destroy();
    },
  };
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of response.setEncoding("utf8")) text += String(part);
  return text;
}

/** Where an object lies; `resource` is its kind as paths spell it, `helmreleases`. */
export function pathOf({ apiVersion, metadata }: KubernetesObject, resource: string): string {
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const namespace = metadata?.namespace === undefined ? "" : `/namespaces/${metadata.namespace}`;
  return `${root}${namespace}/${resource}/${metadata?.name}`;
}
