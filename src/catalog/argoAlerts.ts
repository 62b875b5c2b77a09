/**
 * Alerts of Argo CD: the configuration of its notifications, which every Application is subscribed to. Each chat takes a
 * message in a form of its own at one address, so one kind of notifier does for all.
 */
import type { Unit } from "../model/unit.ts";
import { print } from "../yaml/print.ts";
import type { AlertOptions } from "./alerts.ts";
import { ARGO_NAMESPACE } from "./argo-cd.ts";
import { CHAT_MESSAGES, type Chat } from "./chatMessages.ts";

const NAME = "alerts";

/** Where a Go template that gives a text of JSON comes to stand, quotes and all. */
const MARK = "{text}";

/** The body of a request as a Go template, with a text that is a Go template too. */
function bodyOf(to: Chat, text: string): string {
  if (to === "generic") return `{"application": {{ .app.metadata.name | toJson }}, "message": ${text}}`;
  return JSON.stringify(CHAT_MESSAGES[to](MARK)).replace(JSON.stringify(MARK), () => text);
}

interface Occasion {
  readonly name: string;
  /** Argo CD documentation, Notifications: triggers, in its expression language. */
  readonly when: string;
  /** Once for each value of this. */
  readonly oncePer: string;
  /** What is told after the name of the Application, as a Go template. */
  readonly says: string;
}

const FAILURES: readonly Occasion[] = [
  {
    name: "sync-failed",
    when: "app.status?.operationState.phase in ['Error', 'Failed']",
    oncePer: "app.status.operationState?.syncResult?.revision",
    says: `(printf "%s cannot be applied: %s" .app.metadata.name .app.status.operationState.message)`,
  },
  {
    name: "unhealthy",
    when: "app.status.health.status == 'Degraded'",
    oncePer: "app.status.operationState?.syncResult?.revision",
    says: `(printf "%s does not run as it should" .app.metadata.name)`,
  },
];

const CHANGES: readonly Occasion[] = [
  {
    name: "applied",
    when: "app.status?.operationState.phase in ['Succeeded'] and app.status.health.status == 'Healthy'",
    oncePer: "app.status.operationState?.syncResult?.revision",
    says: `(printf "%s is applied and runs" .app.metadata.name)`,
  },
];

export function argoAlerts({ to, severity }: AlertOptions): Pick<Unit, "id" | "namespace" | "objects"> {
  const occasions = severity === "info" ? [...FAILURES, ...CHANGES] : FAILURES;
  const data = {
    // The Secret that every deployment of it reads has the address under this key.
    [`service.webhook.${NAME}`]: print({
      url: "$address",
      headers: [{ name: "Content-Type", value: "application/json" }],
    }),
    ...Object.fromEntries(occasions.map((occasion) => [`template.${occasion.name}`, templateOf(occasion, to)])),
    ...Object.fromEntries(
      occasions.map(({ name, when, oncePer }) => [`trigger.${name}`, print([{ when, oncePer, send: [name] }])]),
    ),
    subscriptions: print([{ recipients: [NAME], triggers: occasions.map(({ name }) => name) }]),
  };
  return {
    id: "argocd/alerts",
    namespace: ARGO_NAMESPACE,
    objects: {
      "notifications.yaml": [
        { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "argocd-notifications-cm" }, data },
      ],
    },
  };
}

const templateOf = ({ says }: Occasion, to: AlertOptions["to"]): string =>
  print({ webhook: { [NAME]: { method: "POST", body: bodyOf(to, `{{ ${says} | toJson }}`) } } });
