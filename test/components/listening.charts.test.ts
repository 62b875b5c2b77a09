/**
 * In a namespace that is closed nobody asks a pod unless some flow says so: every port that its pods list, as the charts
 * make them, is one that some flow takes, or one that nobody asks. Needs HOMELAB_NET_CHARTS.
 */
import { expect, test } from "vitest";
import { unitFolder } from "../../src/model/layout.ts";
import { isMetered, meteredIn } from "../../src/model/metrics.ts";
import { isClosed } from "../../src/model/passages.ts";
import type { Plan } from "../../src/model/plan.ts";
import { asList, asMap, at } from "../../src/model/unknown.ts";
import { flowsIn } from "../../src/plan/units.ts";
import { emittedNetworks, type Emitted } from "../fixtures/emitted.ts";
import type { KubernetesObject } from "../support/manifests.ts";
import { containersOf, podOf } from "../support/podSecurity.ts";
import { objectsOf } from "./started.ts";

const PROBES = "its node looks there whether it lives, and is never refused";
const ALONE = "there is one of it, which has nobody to gossip with";
const SWITCHED_OFF = "nothing listens there unless its values switch it on";
const UNASKED = "it has numbers there, and no object asks for them";
const COUNTED = "who asks has to show a token, so its objects are counted instead";

/** By workload and port: why no flow takes it. */
const NOBODY_ASKS: Readonly<Record<string, string>> = {
  "cert-manager 9403/TCP": PROBES,
  "cert-manager-cainjector 9402/TCP": UNASKED,
  "cert-manager-webhook 6080/TCP": PROBES,
  "cert-manager-webhook 9402/TCP": UNASKED,
  "cert-manager-webhook-hetzner 8080/TCP": UNASKED,
  "external-dns-unifi 8080/TCP": PROBES,
  "external-secrets-cert-controller 8080/TCP": UNASKED,
  "external-secrets-cert-controller 8081/TCP": PROBES,
  "external-secrets-webhook 8080/TCP": UNASKED,
  "external-secrets-webhook 8081/TCP": PROBES,
  "grafana 9094/TCP": ALONE,
  "grafana 9094/UDP": ALONE,
  "grafana 6060/TCP": SWITCHED_OFF,
  "kube-state-metrics 8081/TCP": PROBES,
  "local-path-provisioner 8080/TCP": PROBES,
  "loki 9095/TCP": ALONE,
  "loki 7946/TCP": ALONE,
  "traefik 8080/TCP": PROBES,
  "vault-secrets-operator-controller-manager 8443/TCP": COUNTED,
};

type Ports = readonly string[];

interface Listening {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, unknown>>;
  readonly host: boolean;
  readonly ports: Ports;
}

/** Of prometheus-operator v0.93.1, pkg/prometheus and pkg/alertmanager: a StatefulSet of one pod, without gossip. */
const MADE: Readonly<Record<string, Ports>> = {
  Prometheus: ["9090/TCP", "8080/TCP"],
  Alertmanager: ["9093/TCP", "8080/TCP"],
};

const madeOf = ({ kind, metadata }: KubernetesObject): readonly Listening[] => {
  const ports = MADE[kind];
  const { name = "", namespace = "" } = metadata ?? {};
  const labels = { "app.kubernetes.io/name": kind.toLowerCase(), "app.kubernetes.io/instance": name };
  return ports === undefined ? [] : [{ name, namespace, labels, host: false, ports }];
};

/** A pod by itself is a test of its chart, which nobody runs. */
function listeningOf(object: KubernetesObject): readonly Listening[] {
  const pod = podOf(object);
  if (pod === undefined || object.kind === "Pod") return madeOf(object);
  const template =
    object.kind === "CronJob" ? at(object, "spec", "jobTemplate", "spec", "template") : at(object, "spec", "template");
  const ports = containersOf(pod)
    .flatMap((container) => asList(at(container, "ports")))
    .map((port) => `${Number(at(port, "containerPort"))}/${String(at(port, "protocol") ?? "TCP")}`);
  const { name = "", namespace = "" } = object.metadata ?? {};
  const labels = asMap(at(template, "metadata", "labels"));
  return [{ name, namespace, labels, host: pod["hostNetwork"] === true, ports: [...new Set(ports)] }];
}

const has = (labels: Listening["labels"], wanted: Readonly<Record<string, string>>): boolean =>
  Object.entries(wanted).every(([key, value]) => labels[key] === value);

/** Charts leave the namespace of a release out, so each unit says it. */
async function podsOf({ plan, units, tree, prefix }: Emitted): Promise<readonly Listening[]> {
  const found = await Promise.all(
    units.map(async (unit) => {
      const folder = `${unitFolder(unit, plan)}/`;
      const own = new Map([...tree].filter(([path]) => path.startsWith(folder)));
      const objects = await objectsOf({ plan, units: [unit], tree: own, prefix });
      return objects
        .flatMap(listeningOf)
        .map((one) => ({ ...one, namespace: one.namespace === "" ? unit.namespace : one.namespace }));
    }),
  );
  return found.flat();
}

const numbersIn = (plan: Plan) =>
  plan.chosen.flatMap((chosen) => chosen.component.metrics?.(plan, chosen.options, chosen) ?? []);

const closed = emittedNetworks.filter(({ plan, units }) =>
  units.some(({ namespace, release }) => release !== undefined && isClosed(namespace, plan)),
);

const seen = new Set<string>();

test.each(closed)("ports of pods in closed namespaces: $name", async (network) => {
  const { plan, units } = network;
  const flows = flowsIn(plan);
  const pods = await podsOf({ ...network, units: units.filter(({ namespace }) => isClosed(namespace, plan)) });
  expect(pods).not.toEqual([]);
  const silent = pods
    .filter(({ namespace, host }) => isClosed(namespace, plan) && !host)
    .flatMap(({ name, namespace, labels, ports }) => {
      const counted = numbersIn(plan)
        .filter((one) => one.namespace === namespace && has(labels, one.pods))
        .map(({ port }) => `${port}/TCP`);
      const taken = flows
        .filter(({ namespace: own, to, from }) => own === namespace && from.length > 0 && has(labels, to))
        .map(({ ports: own }) => own.map(({ port, protocol }) => `${port}/${protocol}`));
      return (
        ports
          .filter((port) => !taken.some((own) => own.length === 0 || own.includes(port)))
          // Where nobody looks at numbers, nobody asks for them.
          .filter((port) => isMetered(plan) || !counted.includes(port))
          .map((port) => `${name} ${port}`)
      );
    });
  for (const one of silent) seen.add(one);
  expect(silent.filter((one) => NOBODY_ASKS[one] === undefined)).toEqual([]);
});

test("every port that nobody asks is there", () => {
  expect(Object.keys(NOBODY_ASKS).filter((one) => !seen.has(one))).toEqual([]);
});

test.each(closed)("who has numbers at the address of his node says so: $name", async (network) => {
  const { plan, units } = network;
  const metered = meteredIn(plan);
  const asked = units.filter(({ id, release }) => release !== undefined && metered.some(({ unit }) => unit === id));
  const pods = await podsOf({ ...network, units: asked });
  const wrong = metered.flatMap(({ name, namespace, pods: labels, host = false }) =>
    pods.some((pod) => pod.namespace === namespace && has(pod.labels, labels) && pod.host !== host) ? [name] : [],
  );
  expect(wrong).toEqual([]);
});
