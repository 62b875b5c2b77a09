/** What looks at the network: charts of Prometheus and Grafana, and objects that say who is asked. */
import { at } from "../../../src/model/unknown.ts";
import { objects, pathsOf, replaced, unless, valuesOf, type Check, type Files } from "./check.ts";

const STACK = "kube-prometheus-stack";
const VALUES = /\/kube-prometheus-stack\/app\/values\.yaml$/;
const GRAFANA = /\/grafana\/app\/values\.yaml$/;

const collects = (files: Files): boolean => valuesOf(files, STACK) !== undefined;
const shows = (files: Files): boolean => valuesOf(files, "grafana") !== undefined;
const byArgo = (files: Files): boolean => pathsOf(files, /^kubernetes\/argo\//).length > 0;

/** `40960MB` → 40960, `50Gi` → 51200: both in MiB, as Prometheus and Kubernetes read them. */
function mebibytes(text: unknown): number {
  const [, count = "", unit = ""] = /^(\d+)(MB|Gi)$/.exec(String(text)) ?? [];
  return Number(count) * (unit === "Gi" ? 1024 : 1);
}

const NIL_USES_RELEASE = ["podMonitor", "probe", "rule", "scrapeConfig", "serviceMonitor"];
/** What the chart asks, and what opens it in the configuration of control planes. */
const ON_CONTROL_PLANES = {
  kubeControllerManager: /^ *controllerManager:\n +extraArgs:\n.*bind-address/m,
  kubeScheduler: /^ *scheduler:\n +extraArgs:\n.*bind-address/m,
  kubeEtcd: /listen-metrics-urls|^etcd-expose-metrics: true$/m,
  kubeProxy: /metrics-bind-address|^metricsBindAddress:/m,
} as const;
const CONTROL_PLANES = /^(talos\/patches\/.+|kubeadm\/cluster|k3s\/server)\.yaml$/;

export const observability: readonly Check[] = [
  {
    id: "metric-types-have-one-owner",
    says: "the types of the Prometheus operator come from their own chart, and the chart of Prometheus brings none",
    about: collects,
    check: (files) => [
      ...unless(at(valuesOf(files, STACK), "crds", "enabled") === false, "the chart of Prometheus has the types too"),
      ...unless(
        pathsOf(files, /\/prometheus-operator-crds\/app\/values\.yaml$/).length === 1,
        "nobody installs the types",
      ),
    ],
    broken: (files) => replaced(files, VALUES, "crds:\n  enabled: false", "crds:\n  enabled: true"),
  },
  {
    id: "large-types-are-applied-by-the-server",
    says: "Argo CD lets the API server apply, which keeps no copy of what was applied in an annotation",
    about: (files) => collects(files) && byArgo(files),
    check: (files) =>
      objects(files, "Application")
        .filter(({ object }) => !JSON.stringify(object).includes('"ServerSideApply=true"'))
        .map(({ path }) => path),
    broken: (files) => replaced(files, /^kubernetes\/argo\/.*\.yaml$/, /- ServerSideApply=true/, "- Validate=true"),
  },
  {
    id: "grafana-has-its-password-from-a-secret",
    says: "the chart of Grafana makes up no password",
    about: shows,
    check: (files) =>
      unless(at(valuesOf(files, "grafana"), "admin", "existingSecret") === "grafana-admin", "a password of the chart"),
    broken: (files) => replaced(files, GRAFANA, "existingSecret: grafana-admin", 'existingSecret: ""'),
  },
  {
    id: "everybody-with-numbers-is-asked",
    says: "Prometheus reads objects of every release",
    about: collects,
    check: (files) =>
      NIL_USES_RELEASE.filter(
        (kind) =>
          at(valuesOf(files, STACK), "prometheus", "prometheusSpec", `${kind}SelectorNilUsesHelmValues`) !== false,
      ),
    broken: (files) =>
      replaced(files, VALUES, "ruleSelectorNilUsesHelmValues: false", "ruleSelectorNilUsesHelmValues: true"),
  },
  {
    id: "nobody-is-asked-who-cannot-answer",
    says: "what listens on control planes alone, or is not there at all, is not asked",
    about: collects,
    check: (files) =>
      Object.entries(ON_CONTROL_PLANES).flatMap(([part, opened]) =>
        unless(
          at(valuesOf(files, STACK), part, "enabled") === false ||
            pathsOf(files, CONTROL_PLANES).some((path) => opened.test(files.get(path) ?? "")),
          part,
        ),
      ),
    broken: [
      (files) => replaced(files, VALUES, "kubeEtcd:\n  enabled: false", "kubeEtcd:\n  enabled: true"),
      (files) => replaced(files, CONTROL_PLANES, /listen-metrics-urls|etcd-expose-metrics/, "heartbeat-interval"),
      (files) => replaced(files, CONTROL_PLANES, "bind-address", "profiling"),
      (files) => replaced(files, CONTROL_PLANES, /metrics-bind-address|metricsBindAddress/, "hostnameOverride"),
    ],
  },
  {
    id: "less-is-kept-than-the-volume-holds",
    says: "Prometheus forgets before its volume is full",
    about: (files) =>
      at(valuesOf(files, STACK), "prometheus", "prometheusSpec", "storageSpec", "volumeClaimTemplate") !== undefined,
    check(files) {
      const spec = at(valuesOf(files, STACK), "prometheus", "prometheusSpec");
      const volume = at(spec, "storageSpec", "volumeClaimTemplate", "spec", "resources", "requests", "storage");
      const kept = mebibytes(at(spec, "retentionSize"));
      return [
        ...unless(kept > 0, "nothing says how much is kept"),
        ...unless(kept <= mebibytes(volume) * 0.85, "more is kept than fits"),
      ];
    },
    broken: (files) => replaced(files, VALUES, /retentionSize: \d+MB/, "retentionSize: 1000000MB"),
  },
  {
    id: "scrape-configs-are-of-the-version-there-is",
    says: "ScrapeConfigs are v1alpha1, the only version that is served",
    about: (files) => objects(files, "ScrapeConfig").length > 0,
    check: (files) =>
      objects(files, "ScrapeConfig").flatMap(({ object, path }) =>
        unless(object.apiVersion === "monitoring.coreos.com/v1alpha1", path),
      ),
    broken: (files) =>
      replaced(files, /\/scrapeconfigs\.yaml$/, "monitoring.coreos.com/v1alpha1", "monitoring.coreos.com/v1"),
  },
  {
    id: "dashboards-are-no-values",
    says: "dashboards are ConfigMaps of their charts, so no release grows larger than a Secret",
    about: (files) => collects(files) || shows(files),
    check: (files) =>
      [STACK, "grafana"].filter((app) => /^ *dashboards:\n +\w+:\n +[\w-]+:\n +(json|gnetId):/m.test(text(files, app))),
    broken: (files) => replaced(files, GRAFANA, /$/, "dashboards:\n  default:\n    home:\n      json: '{}'\n"),
  },
  {
    id: "charts-bring-no-monitors-of-cilium",
    says: "the chart of Cilium has no objects of types that come later than it",
    about: (files) => valuesOf(files, "cilium") !== undefined,
    check: (files) => unless(!JSON.stringify(valuesOf(files, "cilium")).includes("serviceMonitor"), "cilium"),
    broken: (files) =>
      replaced(
        files,
        /\/cilium\/app\/values\.yaml$/,
        /^operator:\n/m,
        "operator:\n  prometheus: { serviceMonitor: { enabled: true } }\n",
      ),
  },
];

const text = (files: Files, app: string): string =>
  pathsOf(files, new RegExp(`/${app}/app/values\\.yaml$`))
    .map((path) => files.get(path) ?? "")
    .join("");
