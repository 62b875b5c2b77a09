import { z } from "zod";
import type { Component } from "../model/component.ts";
import { parseHostname, type Hostname } from "../model/names.ts";
import type { Plan } from "../model/plan.ts";
import type { Flow, KubernetesObject, Route, SecretNeed, Unit } from "../model/unit.ts";
import { ARGO_NAMESPACE, ARGO_SERVER, requestsToArgo } from "./argo-cd.ts";
import { FLUX_NAMESPACE } from "./flux-operator.ts";
import { schemeOf } from "./gatewayCertificates.ts";
import { fromOutsidePods } from "./outsidePods.ts";
import { hostSort, PUSH_TOKEN, type PushSort } from "./pushSorts.ts";

const ID = "push-webhook";
const FLUX_UNIT = "flux-operator/webhook";
const ARGO_UNIT = "argocd/webhook";

const options = z.strictObject({
  from: z
    .enum(["github", "gitlab", "gogs", "generic-hmac"])
    .optional()
    .describe(
      "whose way of signing is checked; by the host of the repository when absent. gogs is that of Gitea and Forgejo, for Argo CD; generic-hmac is for Flux",
    ),
});

type Options = z.output<typeof options>;

/** Without it the engine looks every few minutes; with it a push is there in seconds. */
export const pushWebhook: Component<Options> = {
  id: ID,
  slot: "notifications",
  provider: "push",
  title: "Push webhook",
  summary:
    "the Git host tells the cluster about a push, which is then applied in seconds; needs a gateway it can reach",
  options,
  units: (plan, chosen) => [plan.engine === "flux" ? receiver(plan, sortOf(plan, chosen)) : route(plan)],
  flows: (plan) =>
    fromOutsidePods(plan) ? [plan.engine === "flux" ? messages : requestsToArgo(ARGO_UNIT, "argocd-webhook")] : [],
  docs: {
    template: "components/push-webhook/docs.md",
    view: (plan, chosen) => ({
      flux: plan.engine === "flux",
      url: `${schemeOf(plan)}://${hostOf(plan)}`,
      sort: sortOf(plan, chosen),
      repository: plan.repository.url,
      token: PUSH_TOKEN,
    }),
  },
};

const sortOf = (plan: Plan, { from }: Options): PushSort => from ?? hostSort(plan);

const receiver = (plan: Plan, sort: PushSort): Unit => ({
  id: FLUX_UNIT,
  component: ID,
  namespace: FLUX_NAMESPACE,
  objects: { "receiver.yaml": [object(sort)] },
  routes: [
    {
      ...routeOf(plan),
      namespace: FLUX_NAMESPACE,
      // Of the notification-controller, which checks the token (Flux documentation, Receiver).
      service: "webhook-receiver",
      path: "/hook/",
    },
  ],
  secrets: [token()],
  view: {},
});

/** Argo CD listens where its web interface is (Argo CD documentation, Webhook Configuration). */
const route = (plan: Plan): Unit => ({
  id: ARGO_UNIT,
  component: ID,
  namespace: ARGO_NAMESPACE,
  routes: [{ ...routeOf(plan), namespace: ARGO_NAMESPACE, service: ARGO_SERVER, path: "/api/webhook" }],
  // Argo CD reads Secrets of others only where they say so.
  secrets: [token({ "app.kubernetes.io/part-of": "argocd" })],
  view: {},
});

const routeOf = (plan: Plan): Pick<Route, "name" | "host" | "port" | "gateways"> => ({
  name: nameOf(plan),
  host: hostOf(plan),
  port: 80,
  gateways: reachable(plan),
});

const object = (type: PushSort): KubernetesObject => ({
  apiVersion: "notification.toolkit.fluxcd.io/v1",
  kind: "Receiver",
  metadata: { name: "push" },
  spec: {
    type,
    ...(type === "github" && { events: ["ping", "push"] }),
    ...(type === "gitlab" && { events: ["Push Hook"] }),
    secretRef: { name: PUSH_TOKEN },
    resources: [
      {
        apiVersion: "source.toolkit.fluxcd.io/v1",
        kind: "GitRepository",
        name: "flux-system",
        namespace: FLUX_NAMESPACE,
      },
    ],
  },
});

/** Policies of Flux itself let all pods in (fluxcd/flux2 v2.9, manifests/policies, allow-webhooks), and nobody else. */
const messages: Flow = {
  unit: FLUX_UNIT,
  namespace: FLUX_NAMESPACE,
  name: "flux-webhook",
  to: { app: "notification-controller" },
  from: ["gateway"],
  ports: [{ port: 9292, protocol: "TCP" }],
  because: "messages of the Git host come through a gateway that has no pods",
};

/** Those the Git host reaches; without one, those of the LAN, for a Git host in the house. */
function reachable({ gateways }: Plan): readonly string[] {
  const ways = gateways.filter((gateway) => gateway.public !== undefined);
  return (ways.length > 0 ? ways : gateways.filter(({ isDefault }) => isDefault)).map(({ name }) => name);
}

const nameOf = ({ engine }: Plan): string => `${engine}-webhook`;

function hostOf(plan: Plan): Hostname {
  const host = parseHostname(`${nameOf(plan)}.${plan.domains[0]}`);
  if (host === undefined) throw new Error(`no host name: ${nameOf(plan)} under ${plan.domains[0]}`);
  return host;
}

const token = (labels?: Readonly<Record<string, string>>): SecretNeed => ({
  name: PUSH_TOKEN,
  ...(labels && { labels }),
  keys: [
    {
      key: "token",
      what: "a long random text that the Git host and the cluster both know",
      from: "openssl rand -hex 32; the same text goes into the webhook at the Git host",
    },
  ],
  because: "messages of the Git host are told from those of others by it",
});
