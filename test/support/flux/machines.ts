/**
 * Stands in for machines, where there are none: nothing runs, but what waits for pods goes on as if they ran at once.
 * Deployments and their like report themselves ready, jobs done, and no webhook is asked, because none would answer.
 */
import { pathOf, type Api } from "../api.ts";
import type { KubernetesObject } from "../manifests.ts";

type Answer = (object: KubernetesObject) => object | undefined;

interface Webhook {
  readonly failurePolicy?: string;
}

const observed = ({ metadata }: KubernetesObject) => ({ observedGeneration: metadata?.["generation"] });

const since = (): string => new Date().toISOString();

function condition(type: string, reason: string): object {
  return { type, status: "True", reason, message: "", lastTransitionTime: since() };
}

function replicas({ spec }: KubernetesObject) {
  const { replicas: wanted = 1 } = spec as { replicas?: number };
  return { replicas: wanted, updatedReplicas: wanted, readyReplicas: wanted, availableReplicas: wanted };
}

/** `true` where the stand-in has spoken about what the object says now. */
function isAnswered({ metadata, status }: KubernetesObject): boolean {
  return (status as { observedGeneration?: unknown } | undefined)?.observedGeneration === metadata?.["generation"];
}

const once =
  (answer: (object: KubernetesObject) => object): Answer =>
  (object) =>
    isAnswered(object) ? undefined : { status: { ...observed(object), ...answer(object) } };

const running: Answer = once((object) => ({
  ...replicas(object),
  conditions: [condition("Available", "MinimumReplicasAvailable"), condition("Progressing", "NewReplicaSetAvailable")],
}));

const everywhere: Answer = once(() => ({
  currentNumberScheduled: 1,
  desiredNumberScheduled: 1,
  numberAvailable: 1,
  numberMisscheduled: 0,
  numberReady: 1,
  updatedNumberScheduled: 1,
}));

const numbered: Answer = once((object) => ({ ...replicas(object), currentRevision: "1", updateRevision: "1" }));

const done: Answer = ({ status, spec }) => {
  if ((status as { succeeded?: number }).succeeded !== undefined) return undefined;
  const { completions = 1 } = spec as { completions?: number };
  const conditions = ["SuccessCriteriaMet", "Complete"].map((type) => condition(type, "CompletionsReached"));
  return { status: { startTime: since(), completionTime: since(), succeeded: completions, conditions } };
};

const unasked: Answer = ({ webhooks }) => {
  const all = (webhooks ?? []) as readonly Webhook[];
  if (all.every(({ failurePolicy }) => failurePolicy === "Ignore")) return undefined;
  return { webhooks: all.map((webhook) => ({ ...webhook, failurePolicy: "Ignore" })) };
};

const ANSWERS: readonly { readonly group: string; readonly resource: string; readonly answer: Answer }[] = [
  { group: "apps", resource: "deployments", answer: running },
  { group: "apps", resource: "daemonsets", answer: everywhere },
  { group: "apps", resource: "statefulsets", answer: numbered },
  { group: "batch", resource: "jobs", answer: done },
  { group: "admissionregistration.k8s.io", resource: "validatingwebhookconfigurations", answer: unasked },
  { group: "admissionregistration.k8s.io", resource: "mutatingwebhookconfigurations", answer: unasked },
];

/** `starts` is what the pods of a Deployment do as soon as they run, by its name: operators bring definitions. */
export function standInForMachines(api: Api, starts: Readonly<Record<string, () => Promise<void>>>): void {
  const answerTo = async (object: KubernetesObject, resource: string, change: object): Promise<void> => {
    await starts[object.metadata?.name ?? ""]?.();
    const path = pathOf(object, resource);
    await api.patch("status" in change ? `${path}/status` : path, change);
  };
  for (const { group, resource, answer } of ANSWERS)
    api.watch(`/apis/${group}/v1/${resource}`, ({ type, object }) => {
      const change = type === "DELETED" ? undefined : answer(object);
      if (change !== undefined) void answerTo(object, resource, change);
    });
}
