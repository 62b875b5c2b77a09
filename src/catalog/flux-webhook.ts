import { z } from "zod";
import type { Component } from "../model/component.ts";
import { parseHostname, type Hostname } from "../model/names.ts";
import type { Plan } from "../model/plan.ts";
import type { Flow, KubernetesObject, SecretNeed, Unit } from "../model/unit.ts";
import { FLUX_NAMESPACE } from "./flux-operator.ts";
import { schemeOf } from "./gatewayCertificates.ts";

const ID = "flux-webhook";
const TOKEN = "push-webhook-token";
const WEBHOOK = "flux-operator/webhook";

const options = z.strictObject({
  from: z
    .enum(["github", "gitlab", "generic-hmac"])
    .optional()
    .describe("whose way of signing it checks; by the host of the repository when absent"),
});

type Options = z.output<typeof options>;

/** Without it Flux looks every five minutes; with it a push is there in seconds. */
export const fluxWebhook: Component<Options> = {
  id: ID,
  slot: "notifications",
  provider: "push",
  title: "Push webhook",
  summary: "the Git host tells Flux about a push, which is then applied in seconds; needs a gateway it can reach",
  options,
  units: (plan, chosen) => [receiver(plan, chosen)],
  flows: (plan) => (fromOutsidePods(plan) ? [messages] : []),
  docs: {
    template: "components/flux-webhook/docs.md",
    view: (plan, { from }) => ({
      url: `${schemeOf(plan)}://${hostOf(plan)}`,
      sort: from ?? sortOf(plan),
      repository: plan.repository.url,
      token: TOKEN,
    }),
  },
};

const receiver = (plan: Plan, { from }: Options): Unit => ({
  id: WEBHOOK,
  component: ID,
  namespace: FLUX_NAMESPACE,
  objects: { "receiver.yaml": [object(from ?? sortOf(plan))] },
  routes: [
    {
      name: ID,
      namespace: FLUX_NAMESPACE,
      host: hostOf(plan),
      // Of the notification-controller, which checks the token (Flux documentation, Receiver).
      service: "webhook-receiver",
      port: 80,
      path: "/hook/",
      gateways: reachable(plan),
    },
  ],
  secrets: [token],
  view: {},
});

const object = (type: string): KubernetesObject => ({
  apiVersion: "notification.toolkit.fluxcd.io/v1",
  kind: "Receiver",
  metadata: { name: "push" },
  spec: {
    type,
    ...(type === "github" && { events: ["ping", "push"] }),
    ...(type === "gitlab" && { events: ["Push Hook"] }),
    secretRef: { name: TOKEN },
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
const fromOutsidePods = (plan: Plan): boolean =>
  plan.chosen.some(({ component }) => component.gateways?.dataPlane(plan).includes("ingress"));

const messages: Flow = {
  unit: WEBHOOK,
  namespace: FLUX_NAMESPACE,
  name: ID,
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

const sortOf = ({ repository }: Plan): "github" | "gitlab" =>
  new URL(repository.url).hostname.includes("gitlab") ? "gitlab" : "github";

function hostOf({ domains }: Plan): Hostname {
  const host = parseHostname(`${ID}.${domains[0]}`);
  if (host === undefined) throw new Error(`no host name: ${ID} under ${domains[0]}`);
  return host;
}

const token: SecretNeed = {
  name: TOKEN,
  keys: [
    {
      key: "token",
      what: "a long random text that the Git host and Flux both know",
      from: "openssl rand -hex 32; the same text goes into the webhook at the Git host",
    },
  ],
  because: "Flux tells the Git host's messages from those of others by it",
};
