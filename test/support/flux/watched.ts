/** Objects of one kind as a server has them, and everything that ever happened to them. */
import type { Api, Change } from "../api.ts";
import type { KubernetesObject } from "../manifests.ts";

export interface Watched {
  /** In the order of the server. */
  readonly changes: readonly Change[];
  /** By `namespace/name`. */
  readonly now: ReadonlyMap<string, KubernetesObject>;
  /** Rejects after the deadline, with what the objects said last. */
  until(what: string, holds: (now: Watched["now"]) => boolean): Promise<void>;
}

// The longest wait of a test; two busy cores take their time.
const DEADLINE = 240_000;

export const keyOf = ({ metadata }: KubernetesObject): string => `${metadata?.namespace}/${metadata?.name}`;

export function watched(api: Api, path: string): Watched {
  const changes: Change[] = [];
  const now = new Map<string, KubernetesObject>();
  const waiting = new Set<() => void>();
  api.watch(path, (change) => {
    changes.push(change);
    if (change.type === "DELETED") now.delete(keyOf(change.object));
    else now.set(keyOf(change.object), change.object);
    for (const look of waiting) look();
  });
  return {
    changes,
    now,
    until: (what, holds) =>
      new Promise((resolve, reject) => {
        const end = (settle: () => void): void => {
          clearTimeout(deadline);
          waiting.delete(look);
          settle();
        };
        const look = (): void => {
          if (holds(now)) end(resolve);
        };
        const deadline = setTimeout(
          () => end(() => reject(new Error(`${what}: not within ${DEADLINE} ms\n${said(now)}`))),
          DEADLINE,
        );
        waiting.add(look);
        look();
      }),
  };
}

interface Condition {
  readonly type: string;
  readonly status: "True" | "False" | "Unknown";
  readonly reason: string;
  readonly message: string;
}

export function readiness(object: KubernetesObject | undefined): Condition | undefined {
  const status = object?.["status"] as { conditions?: readonly Condition[] } | undefined;
  return status?.conditions?.find(({ type }) => type === "Ready");
}

export const isReady = (object: KubernetesObject | undefined): boolean => readiness(object)?.status === "True";

const said = (now: Watched["now"]): string =>
  [...now]
    .map(([key, object]) => [key, readiness(object)] as const)
    .map(
      ([key, ready]) =>
        `${key}: ${ready === undefined ? "nothing" : `${ready.status} ${ready.reason} ${ready.message}`}`,
    )
    .join("\n");
