/**
 * Where Alertmanager takes alarms: its configuration as values. Every address is a file of a Secret: notifiers for single chats
 * would need it in the text, because the operator knows no file for some of them (prometheus-operator v0.93.1,
 * pkg/alertmanager/types.go), and an AlertmanagerConfig hears of alarms of its own namespace alone.
 */
import { listenerIn, type Listener } from "../model/alarms.ts";
import type { Plan } from "../model/plan.ts";
import type { SecretNeed, ViewValue } from "../model/unit.ts";

const ADDRESS: SecretNeed["name"] = "alertmanager-address";
const HEARTBEAT: SecretNeed["name"] = "alertmanager-heartbeat";
const KEY = "address";
const NOBODY = "nobody";
/** An alarm of the chart that never ends: who stops hearing it knows that none would come (its rules, general.rules). */
const ALWAYS = 'alertname = "Watchdog"';

interface Routed {
  readonly heartbeat: boolean;
}

export function alarmSecrets(plan: Plan, { heartbeat }: Routed): readonly SecretNeed[] {
  const listener = listenerIn(plan);
  return [
    ...(listener === undefined
      ? []
      : [{ name: ADDRESS, keys: [{ ...listener.address, key: KEY }], because: "Alertmanager sends alarms there" }]),
    ...(heartbeat ? [{ name: HEARTBEAT, keys: [heartbeatKey], because: "Alertmanager says there that it works" }] : []),
  ];
}

const heartbeatKey = {
  key: KEY,
  what: "address of a service outside your house that tells you when nothing comes for a quarter of an hour",
  from: "a check at https://healthchecks.io or of your own Healthchecks, period 5 minutes, grace 10 minutes: its ping URL",
};

// Alertmanager documentation, Configuration: webhook_config. The operator mounts Secrets there (API reference, AlertmanagerSpec: secrets).
const fileOf = (secret: string): string => `/etc/alertmanager/secrets/${secret}/${KEY}`;

/** What a person reads: a line for each alarm, by the name of its heading in docs/alarms.md. */
const TEXT =
  '{{ range .Alerts }}{{ if eq .Status "resolved" }}Over: {{ end }}{{ .Labels.alertname }}: {{ .Annotations.summary }}\n{{ end }}';

const house = ({ message }: Listener): ViewValue => ({
  name: "house",
  webhook_configs: [
    {
      url_file: fileOf(ADDRESS),
      // Chats take no longer messages: Discord 2000 characters (its documentation, Execute Webhook).
      max_alerts: 10,
      ...(message !== undefined && { payload: message(TEXT) as ViewValue }),
    },
  ],
});

const heart: ViewValue = {
  name: "heartbeat",
  webhook_configs: [{ url_file: fileOf(HEARTBEAT), send_resolved: false }],
};

const quiet = (listener: Listener | undefined): string => (listener === undefined ? NOBODY : "house");

const INHIBITED: ViewValue = [
  {
    source_matchers: ["severity = critical"],
    target_matchers: ["severity =~ warning|info"],
    equal: ["namespace", "alertname"],
  },
];

/** Null where nobody is told. */
export function alarmRoutes(plan: Plan, { heartbeat }: Routed): ViewValue {
  const listener = listenerIn(plan);
  if (listener === undefined && !heartbeat) return null;
  return {
    route: {
      receiver: quiet(listener),
      group_by: ["alertname"],
      // What breaks together is told together; nobody watches a house, so a reminder a day is enough.
      group_wait: "1m",
      group_interval: "10m",
      repeat_interval: "1d",
      routes: [
        heartbeat
          ? { receiver: "heartbeat", matchers: [ALWAYS], group_wait: "0s", group_interval: "1m", repeat_interval: "5m" }
          : { receiver: NOBODY, matchers: [ALWAYS] },
        // Not for people: the chart lets them hold others back.
        { receiver: NOBODY, matchers: ["severity =~ info|none"] },
      ],
    },
    inhibit_rules: INHIBITED,
    receivers: [{ name: NOBODY }, ...(listener === undefined ? [] : [house(listener)]), ...(heartbeat ? [heart] : [])],
  };
}
