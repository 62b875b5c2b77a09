import { z } from "zod";
import type { Alarm } from "../model/alarms.ts";
import { chosenIn } from "../model/chosen.ts";
import type { Component } from "../model/component.ts";
import { hostnameField, labelField } from "../fields/fields.ts";
import { keepsEarlySecrets } from "../model/keptSecrets.ts";
import { parseHostname, type Hostname } from "../model/names.ts";
import type { Plan } from "../model/plan.ts";
import type { Flow, Pin, PinId, SecretNeed, Unit } from "../model/unit.ts";
import { argoPods } from "./argoPods.ts";
import { ksopsView } from "./ksops.ts";
import { fromOutsidePods } from "./outsidePods.ts";
import { PUSH_TOKEN, pushSort } from "./pushSorts.ts";
import { schemeOf } from "./gatewayCertificates.ts";
import { accessKeys } from "./repositoryAccess.ts";
import { ARGO_PICTURES } from "./enginePictures.ts";

export const ARGO_NAMESPACE = "argocd";

const ID = "argo-cd";
/** The release: its name stands before that of everything the chart makes. */
const RELEASE = "argocd";
const ACCESS = "git-access";
const GUI = `${RELEASE}/ui`;
/** Of the chart (10.1.1, values: server.name). */
export const ARGO_SERVER = `${RELEASE}-server`;

const options = z.strictObject({
  host: hostnameField()
    .optional()
    .describe("name its web interface answers to; argocd under the first domain when absent")
    .meta({ example: "argocd.ragas.cc" }),
  gateways: z
    .array(labelField())
    .optional()
    .describe("gateways that lead to its web interface; the default ones when absent")
    .meta({ kind: "a list of names", example: ["internal"] }),
  highAvailability: z
    .boolean()
    .default(false)
    .describe("whether two of its servers and three of its caches run, on three machines")
    .meta({ because: "apps run on without it, and it takes as much memory again" }),
  knownHosts: z
    .array(z.string().regex(/^\S+ \S+ \S+$/, "expected a line of known_hosts: host, kind and key"))
    .default([])
    .describe("keys of the machine that the repository is read from over ssh, where it is none of the public hosts")
    .meta({ kind: "a list of lines of known_hosts", because: "the keys of public hosts are known to it" }),
});

type Options = z.output<typeof options>;

/** Keeps the cluster as the repository says, itself included. */
export const argoCd = (pins: ReadonlyMap<PinId, Pin>): Component<Options> => ({
  id: ID,
  slot: "gitops",
  provider: "argocd",
  engine: "argocd",
  // Argo CD documentation, Skip Application Reconcile: an Application is not deleted meanwhile either.
  leavesAlone: (step) => {
    const annotate = `kubectl -n ${ARGO_NAMESPACE} annotate --overwrite application.argoproj.io ${step}`;
    const skip = "argocd.argoproj.io/skip-reconcile";
    return { hold: `${annotate} ${skip}=true`, release: `${annotate} ${skip}-` };
  },
  title: "Argo CD",
  summary: "controllers that apply this repository, with a web interface that shows what runs; more memory than Flux",
  options,
  units: (plan, chosen) => [controllers(plan, chosen, pins), ...(guiOf(plan, chosen) ?? [])],
  flows: (plan, chosen) =>
    leadingTo(plan, chosen).length > 0 && fromOutsidePods(plan) ? [requestsToArgo(GUI, "argocd-ui")] : [],
  // Its chart lets all pods to these ports (10.1.1, templates: networkpolicy.yaml of each part).
  metrics: () =>
    [
      { part: "application-controller", port: 8082 },
      { part: "repo-server", port: 8084 },
    ].map(({ part, port }) => ({
      unit: RELEASE,
      namespace: ARGO_NAMESPACE,
      name: `${RELEASE}-${part}`,
      pods: { "app.kubernetes.io/instance": RELEASE, "app.kubernetes.io/name": `${RELEASE}-${part}` },
      port,
    })),
  dashboards: () => [ARGO_PICTURES],
  alarms: () => [ARGO_STUCK],
  workloads: (plan, chosen) => argoPods(tellsAlerts(plan), chosen.highAvailability),
  pins: [ID],
  docs: {
    template: "components/argo-cd/docs.md",
    fragments: {
      troubleshooting: "components/argo-cd/troubleshooting.md",
      alarms: "components/argo-cd/alarms.md",
      operations: "components/argo-cd/operations.md",
      "public-repository": "components/argo-cd/public-repository.md",
    },
    view: (plan, chosen) => ({
      url: plan.repository.url,
      branch: plan.repository.branch,
      access: plan.repository.access === "public" ? null : ACCESS,
      kept: keepsEarlySecrets(plan),
      address: leadingTo(plan, chosen).length === 0 ? null : `${schemeOf(plan)}://${hostOf(plan, chosen)}`,
    }),
  },
});

/** Argo CD documentation, Metrics: argocd_app_info. */
const ARGO_STUCK: Alarm = {
  name: "ApplicationStuck",
  expr: 'max by (name, sync_status, health_status) (argocd_app_info{sync_status!="Synced"} or argocd_app_info{health_status!~"Healthy|Suspended"}) > 0',
  for: "30m",
  severity: "warning",
  summary: "The application {{ $labels.name }} is {{ $labels.sync_status }} and {{ $labels.health_status }}",
};

const controllers = (plan: Plan, chosen: Options, pins: ReadonlyMap<PinId, Pin>): Unit => ({
  id: RELEASE,
  component: ID,
  namespace: ARGO_NAMESPACE,
  early: true,
  release: {
    name: RELEASE,
    chart: ID,
    values: "components/argo-cd/values.yaml",
    installs: ["argoproj.io/*"],
  },
  secrets: access(plan),
  restricted: true,
  view: {
    host: hostOf(plan, chosen),
    url: `${schemeOf(plan)}://${hostOf(plan, chosen)}`,
    several: chosen.highAvailability,
    knownHosts: chosen.knownHosts.join("\n"),
    push: pushReference(plan) ?? null,
    ksops: ksopsView(plan, pins),
    alerts: tellsAlerts(plan),
  },
});

const tellsAlerts = (plan: Plan): boolean =>
  chosenIn(plan, "notifications").some(({ component }) => component.provider === "alerts");

/** Where Argo CD finds the text that pushes are signed with: the name of a Secret, not its content. */
function pushReference(plan: Plan) {
  const sort = pushSort(plan);
  return sort && { [`webhook.${sort}.secret`]: `$${PUSH_TOKEN}:token` };
}

/** Policies of the chart let every pod to its server (10.1.1, argocd-server/networkpolicy.yaml), and nobody by another name. */
export const requestsToArgo = (unit: string, name: string): Flow => ({
  unit,
  namespace: ARGO_NAMESPACE,
  name,
  to: { "app.kubernetes.io/instance": RELEASE, "app.kubernetes.io/name": ARGO_SERVER },
  from: ["gateway"],
  ports: [{ port: 8080, protocol: "TCP" }],
  because: "requests come through a gateway that has no pods",
});

/** A step of its own: gateways come later than the engine. */
function guiOf(plan: Plan, chosen: Options): readonly Unit[] | undefined {
  const gateways = leadingTo(plan, chosen);
  if (gateways.length === 0) return undefined;
  const route = { name: RELEASE, namespace: ARGO_NAMESPACE, host: hostOf(plan, chosen), gateways };
  return [
    {
      id: GUI,
      component: ID,
      namespace: ARGO_NAMESPACE,
      // Of the chart (10.1.1, values: server.service.servicePortHttp).
      routes: [{ ...route, service: ARGO_SERVER, port: 80 }],
      view: {},
    },
  ];
}

const leadingTo = ({ gateways }: Plan, chosen: Options): readonly string[] =>
  gateways.filter(({ name, isDefault }) => chosen.gateways?.includes(name) ?? isDefault).map(({ name }) => name);

function hostOf({ domains }: Plan, { host }: Options): Hostname {
  const found = host ?? parseHostname(`${RELEASE}.${domains[0]}`);
  if (found === undefined) throw new Error(`no host name: ${RELEASE} under ${domains[0]}`);
  return found;
}

/** Keys of the Secret by Argo CD's documentation, Declarative Setup, Repositories. */
function access({ repository }: Plan): readonly SecretNeed[] {
  if (repository.access === "public") return [];
  return [
    {
      name: ACCESS,
      labels: { "argocd.argoproj.io/secret-type": "repository" },
      told: { type: "git", url: repository.url },
      keys: accessKeys(repository, { key: "sshPrivateKey", username: "username", password: "password" }),
      because: "Argo CD reads the repository with it",
    },
  ];
}
