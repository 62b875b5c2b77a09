/**
 * Stands in for source-controller and for the internet behind it: whatever the objects of a cluster name as a source is
 * asked of the test and offered to the other controllers as source-controller offers it (its API, v1: `status.artifact`).
 */
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { isDeepStrictEqual } from "node:util";
import { pathOf, type Api } from "../api.ts";
import type { KubernetesObject } from "../manifests.ts";

export interface Artifact {
  /** `refs/heads/main@sha1:…` of a repository, `1.2.3@sha256:…` of a chart in a registry, `1.2.3` of one in a repository. */
  readonly revision: string;
  /** A tar file, packed. */
  readonly content: Uint8Array;
}

/** What a source holds now. Rejects with why it cannot be had. */
export type Fetch = (source: KubernetesObject) => Promise<Artifact>;

export interface Sources {
  stop(): Promise<void>;
}

const RESOURCES = ["gitrepositories", "ocirepositories", "helmrepositories", "helmcharts"];

/** A source is looked at whenever its object changes, so an annotation is enough to have it looked at again. */
export async function serveSources(api: Api, fetch: Fetch): Promise<Sources> {
  const files = new Map<string, Uint8Array>();
  const server = createServer((request, response) => {
    const content = files.get(request.url ?? "");
    response.writeHead(content === undefined ? 404 : 200).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const offer = async (source: KubernetesObject): Promise<object> => {
    const { revision, content } = await fetch(source);
    const digest = createHash("sha256").update(content).digest("hex");
    const path = `/${source.kind}/${source.metadata?.namespace}/${source.metadata?.name}/${digest}.tar.gz`;
    files.set(path, content);
    return {
      artifact: {
        digest: `sha256:${digest}`,
        lastUpdateTime: new Date().toISOString(),
        path: path.slice(1),
        revision,
        url: `${address}${path}`,
      },
      ...condition("True", "Succeeded", `stored artifact for revision '${revision}'`),
    };
  };
  const look = async (source: KubernetesObject, resource: string): Promise<void> => {
    // A repository of charts is an index, and charts are sources of their own.
    const status =
      resource === "helmrepositories"
        ? condition("True", "Succeeded", "stored artifact")
        : await offer(source).catch((error: Error) => condition("False", "Failed", error.message));
    const observed = { observedGeneration: source.metadata?.["generation"], ...status };
    if (same(observed, source["status"])) return;
    await api.patch(`${pathOf(source, resource)}/status`, { status: observed });
  };
  // One after the other: an answer must not overtake the one to a later change.
  let last = Promise.resolve();
  for (const resource of RESOURCES)
    api.watch(`/apis/source.toolkit.fluxcd.io/v1/${resource}`, ({ type, object }) => {
      if (type !== "DELETED") last = last.then(() => look(object, resource));
    });
  return {
    stop: async () => {
      await last;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const condition = (status: "True" | "False", reason: string, message: string): object => ({
  conditions: [{ type: "Ready", status, reason, message, lastTransitionTime: new Date().toISOString() }],
});

/** But for times. */
function same(one: object, other: unknown): boolean {
  const timeless = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value ?? null, (key, inner: unknown) => (key.endsWith("Time") ? undefined : inner)));
  return isDeepStrictEqual(timeless(one), timeless(other));
}
