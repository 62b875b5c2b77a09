import { z } from "zod";
import type { Component } from "../model/component.ts";
import type { Plan } from "../model/plan.ts";
import type { SecretNeed } from "../model/unit.ts";
import { argoAlerts } from "./argoAlerts.ts";
import { CHAT_MESSAGES, CHATS } from "./chatMessages.ts";
import { fluxAlerts, fluxMentions, namespacesOf } from "./fluxAlerts.ts";

const ID = "alerts";

const options = z.strictObject({
  // Those that are nothing but an address (Flux documentation, Provider).
  to: z.enum(CHATS).describe("who is told, of alarms of Prometheus too where that is there"),
  severity: z
    .enum(["error", "info"])
    .default("error")
    .describe("whether only failures are told or every change")
    .meta({ because: "a message for everything that works is soon read by nobody" }),
});

export type AlertOptions = z.output<typeof options>;

export const alerts: Component<AlertOptions> = {
  id: ID,
  slot: "notifications",
  provider: ID,
  title: "Alerts",
  summary: "tells a chat when something of the repository cannot be applied, and of alarms where Prometheus has any",
  options,
  ofAll: true,
  units: (plan, chosen) => [
    {
      ...(plan.engine === "flux" ? fluxAlerts(namespacesOf(plan), chosen) : argoAlerts(chosen)),
      component: ID,
      secrets: [address(plan, chosen)],
      view: {},
    },
  ],
  listens: (_, { to }) => ({
    address: keyOf(to),
    ...(HOSTED.includes(to) && { outside: true }),
    ...(to !== "generic" && { message: CHAT_MESSAGES[to] }),
  }),
  mentions: (namespace, plan) => (plan.engine === "flux" ? fluxMentions(namespace, plan) : []),
  docs: {
    template: "components/alerts/docs.md",
    view: (plan, { to, severity }) => ({
      flux: plan.engine === "flux",
      to,
      everything: severity === "info",
      namespaces: namespacesOf(plan),
    }),
  },
};

/** Rocket.Chat runs anywhere, as a service of one's own does. */
const HOSTED: readonly AlertOptions["to"][] = ["discord", "slack", "msteams"];

/** Flux is told the name of the Secret; Argo CD's notifications read one of a fixed name. */
const addressSecret = ({ engine }: Plan): string =>
  engine === "flux" ? "alerts-address" : "argocd-notifications-secret";

const keyOf = (to: AlertOptions["to"]): SecretNeed["keys"][number] => ({
  key: "address",
  what: `address that takes messages for ${to === "generic" ? "your own service" : to}; who knows it can write there`,
  from: to === "generic" ? "the URL of your service" : `the settings of a channel at ${to}: incoming webhooks`,
});

const address = (plan: Plan, { to }: AlertOptions): SecretNeed => ({
  name: addressSecret(plan),
  keys: [keyOf(to)],
  because: "messages are sent there",
});
