/** What keeps lines, and what brings them. */
import { asList, asMap, at } from "../../../src/model/unknown.ts";
import { objects, replaced, unless, valuesOf, type Check, type Files } from "./check.ts";

const LOKI = /\/loki\/app\/values\.yaml$/;
const VECTOR = /\/vector\/app\/values\.yaml$/;

const keeps = (files: Files): boolean => valuesOf(files, "loki") !== undefined;
const sinks = (files: Files): readonly unknown[] =>
  Object.values(asMap(at(valuesOf(files, "vector"), "customConfig", "sinks"))).filter(
    (one) => at(one, "type") === "loki",
  );
const heard = (files: Files) =>
  objects(files, "Service").filter(({ object }) => at(object, "metadata", "name") === "syslog");

/** What a chart's engine for templates leaves: `{{ "{{ x }}" }}` is a text with braces in it, and anything else is asked for. */
const rendered = (text: unknown): string => String(text).replaceAll(/\{\{ "([^"]*)" \}\}/g, "$1");

export const logs: readonly Check[] = [
  {
    id: "loki-is-of-the-community",
    says: "the chart of Loki is the one that has releases",
    about: keeps,
    check: (files) => {
      const sources = objects(files, "OCIRepository").map(({ object }) => String(at(object, "spec", "url")));
      const own = objects(files, "Application").flatMap(({ object }) =>
        asList(at(object, "spec", "sources")).map(
          (source) => `oci://${String(at(source, "repoURL"))}/${String(at(source, "chart"))}`,
        ),
      );
      return unless(
        [...sources, ...own].some((url) =>
          url.replace(/^oci:\/\/oci:\/\//, "oci://").includes("grafana-community/helm-charts/loki"),
        ),
        "loki",
      );
    },
    broken: (files) =>
      replaced(
        replaced(files, /\/loki\/app\/ocirepository\.yaml$/, "grafana-community/helm-charts", "grafana/helm-charts"),
        /^kubernetes\/argo\/apps\/.+\/loki\.yaml$/,
        "grafana-community/helm-charts",
        "grafana/helm-charts",
      ),
  },
  {
    id: "loki-is-one-pod",
    says: "Loki is one pod with its index described, and none of the parts that other forms of it have",
    about: keeps,
    check(files) {
      const values = valuesOf(files, "loki");
      const others = ["read", "write", "backend"].filter((part) => at(values, part, "replicas") !== 0);
      const beside = ["chunksCache", "resultsCache", "gateway", "lokiCanary", "test"].filter(
        (part) => at(values, part, "enabled") !== false,
      );
      return [
        ...unless(at(values, "deploymentMode") === "Monolithic", "another form"),
        ...unless(at(values, "singleBinary", "replicas") === 1, "several pods on one disk"),
        ...unless(asList(at(values, "loki", "schemaConfig", "configs")).length === 1, "no index"),
        ...[...others, ...beside].map((part) => `${part} is there`),
      ];
    },
    broken: [
      (files) => replaced(files, LOKI, "deploymentMode: Monolithic", "deploymentMode: SimpleScalable"),
      (files) => replaced(files, LOKI, "singleBinary:\n  replicas: 1", "singleBinary:\n  replicas: 2"),
      (files) => replaced(files, LOKI, "schemaConfig:", "schema_config:"),
      (files) => replaced(files, LOKI, "read:\n  replicas: 0", "read:\n  replicas: 1"),
      (files) => replaced(files, LOKI, "chunksCache:\n  enabled: false", "chunksCache:\n  enabled: true"),
    ],
  },
  {
    id: "lines-are-kept-a-whole-number-of-days",
    says: "what is kept is kept in days, weeks or years, as the index is made once a day",
    about: keeps,
    check: (files) => {
      const kept = String(at(valuesOf(files, "loki"), "loki", "limits_config", "retention_period"));
      return unless(/^[1-9]\d*[dwy]$/.test(kept), kept);
    },
    broken: (files) => replaced(files, LOKI, /retention_period: \S+/, "retention_period: 12h"),
  },
  {
    id: "lines-are-read-on-every-node",
    says: "Vector is an agent on each node, tainted or not, and reads files alone: its image has no program to ask",
    about: keeps,
    check(files) {
      const values = valuesOf(files, "vector");
      const types = Object.values(asMap(at(values, "customConfig", "sources"))).map((source) => at(source, "type"));
      return [
        ...unless(at(values, "role") === "Agent", "no agent"),
        ...unless(at(asList(at(values, "tolerations"))[0], "operator") === "Exists", "not on tainted nodes"),
        ...unless(types.includes("kubernetes_logs") && !types.includes("journald"), types.join(", ")),
      ];
    },
    broken: [
      (files) => replaced(files, VECTOR, "role: Agent", "role: Aggregator"),
      (files) => replaced(files, VECTOR, "operator: Exists", "operator: Equal"),
      (files) => replaced(files, VECTOR, "type: kubernetes_logs", "type: journald"),
    ],
  },
  {
    id: "lines-are-brought-to-loki",
    says: "Vector brings lines to the Service of Loki in its namespace, and waits on a disk that is large enough for it",
    about: keeps,
    check: (files) =>
      sinks(files).flatMap((sink) => [
        ...unless(at(sink, "endpoint") === "http://loki.observability.svc:3100", "another address"),
        // Vector documentation, buffers: max_size of a buffer on disk.
        ...unless(Number(at(sink, "buffer", "max_size")) >= 268_435_488, "a buffer that is refused"),
      ]),
    broken: [
      (files) => replaced(files, VECTOR, "svc:3100", "svc:80"),
      (files) => replaced(files, VECTOR, "max_size: 536870912", "max_size: 1000"),
    ],
  },
  {
    id: "machines-are-heard-where-they-send",
    says: "an agent listens at the port that the address for machines leads to",
    about: (files) => heard(files).length > 0,
    check(files) {
      const values = valuesOf(files, "vector");
      const source = at(values, "customConfig", "sources", "machines");
      const ports = heard(files).flatMap(({ object }) => asList(at(object, "spec", "ports")));
      const listed = asList(at(values, "containerPorts")).map((port) => at(port, "containerPort"));
      const names = ["sources", "transforms", "sinks"].flatMap((part) =>
        Object.keys(asMap(at(values, "customConfig", part))),
      );
      return ports.flatMap((port) => [
        // vectordotdev/vector v0.56.0, src/config/validation.rs: a name stands for one of all of them.
        ...unless(new Set(names).size === names.length, "a name twice"),
        ...unless(String(at(source, "address")).endsWith(`:${String(at(port, "targetPort"))}`), "another port"),
        ...unless(listed.includes(at(port, "targetPort")), "a port no container lists"),
        ...unless(at(source, "mode") === "tcp" && at(port, "protocol") === "TCP", "another protocol"),
      ]);
    },
    broken: [
      (files) => replaced(files, VECTOR, /(address: \S+):5514/, "$1:5515"),
      (files) => replaced(files, VECTOR, "containerPort: 5514", "containerPort: 514"),
      (files) => replaced(files, VECTOR, "mode: tcp", "mode: udp"),
      (files) => replaced(files, VECTOR, "    loki_machines:", "    machines:"),
    ],
  },
  {
    id: "agents-hand-braces-on",
    says: "the chart of Vector leaves what Vector fills in to Vector",
    about: keeps,
    check: (files) =>
      sinks(files)
        .flatMap((sink) => Object.entries(asMap(at(sink, "labels"))))
        .flatMap(([label, text]) =>
          unless(/^\{\{ [\w.]+ \}\}$/.test(rendered(text)) && rendered(text) !== text, `${label}: ${String(text)}`),
        ),
    broken: (files) => replaced(files, VECTOR, /app: .*/, "app: '{{ app }}'"),
  },
  {
    id: "agents-have-no-word-for-later",
    says: "Vector is told nothing that its release does not know",
    about: keeps,
    check: (files) => unless(!JSON.stringify(sinks(files)).includes("dangerously_allow"), "a word of 0.57"),
    broken: (files) =>
      replaced(
        files,
        VECTOR,
        "out_of_order_action:",
        "dangerously_allow_unconfined_template_resolution: true\n      out_of_order_action:",
      ),
  },
];
