/**
 * What components say that their pods begin, against pods and rights as their charts render them: whoever has rights at the
 * API asks it, and nobody is named that is not there. Needs HOMELAB_NET_CHARTS.
 */
import { describe, expect, test } from "vitest";
import { keptOpenBy } from "../../src/model/closable.ts";
import type { Begun } from "../../src/model/policies.ts";
import { closingOf } from "../../src/model/policies.ts";
import { asList, asMap, at } from "../../src/model/unknown.ts";
import { emittedNetworks, type Emitted } from "../fixtures/emitted.ts";
import type { KubernetesObject } from "../support/manifests.ts";
import { podOf } from "../support/podSecurity.ts";
import { objectsOf } from "./started.ts";

/** Labels of pods that a controller makes, which no chart renders. */
const MADE: Readonly<Record<string, string>> = {
  "gateway.envoyproxy.io/owning-gateway-name": "Envoy Gateway makes them of a Gateway",
  "tailscale.com/parent-resource": "the operator of Tailscale makes them of a Connector",
};

/** Who has no rights there, and is let ask all the same. */
const WITHOUT_RIGHTS: Readonly<Record<string, string>> = {
  "external-secrets-webhook":
    "its manager is given the API when it starts (external-secrets v2.9.0, cmd/controller/webhook.go)",
};

interface Pod {
  readonly title: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, unknown>>;
  readonly onHost: boolean;
  /** It may ask the API for something, and has what it shows there. */
  readonly hasRights: boolean;
}

const enforced = emittedNetworks.filter(({ plan }) => closingOf(plan) !== undefined);

test.each(enforced)("say what they begin: $name", async (network) => {
  expect(complaints(begunIn(network), await podsOf(network))).toEqual([]);
});

describe("what is left out is missed", () => {
  test.each(enforced.filter(({ plan }) => plan.policies.closed.size > 1))("$name", async (network) => {
    const pods = await podsOf(network);
    const begun = begunIn(network);
    const asking = begun.filter((one) => one.to.text === "api" && !isMade(one) && !isWithoutRights(one));
    expect(asking.length).toBeGreaterThan(0);
    const unmissed = asking.filter(
      (one) =>
        complaints(
          begun.filter((other) => other !== one),
          pods,
        ).length === 0,
    );
    expect(unmissed.map(({ pods: { labels } }) => labels)).toEqual([]);
  });
});

/** In namespaces that may be closed. */
const begunIn = ({ plan }: Emitted): readonly Begun[] =>
  plan.chosen
    .flatMap((chosen) => chosen.component.begins?.(plan, chosen.options, chosen) ?? [])
    .filter(({ pods }) => keptOpenBy(pods.namespace, plan) === undefined);

const podsOf = async (network: Emitted): Promise<readonly Pod[]> =>
  podsIn(await objectsOf(network)).filter(({ namespace }) => keptOpenBy(namespace, network.plan) === undefined);

const isMade = ({ pods }: Begun): boolean => Object.keys(pods.labels).some((key) => MADE[key] !== undefined);
const isWithoutRights = ({ pods }: Begun): boolean =>
  Object.values(pods.labels).some((value) => WITHOUT_RIGHTS[value] !== undefined);

function complaints(begun: readonly Begun[], pods: readonly Pod[]): readonly string[] {
  const silent = pods
    .filter(({ onHost, hasRights }) => !onHost && hasRights)
    .filter((pod) => !begun.some((one) => one.to.text === "api" && selects(one, pod)))
    .map(({ title }) => `${title} has rights at the API, and nobody says that it asks`);
  const absent = begun
    .filter((one) => !isMade(one) && !pods.some((pod) => !pod.onHost && selects(one, pod)))
    .map(({ pods: { namespace, labels } }) => `no pod of ${namespace} has ${JSON.stringify(labels)}`);
  const idle = begun
    .filter((one) => one.to.text === "api" && !isMade(one) && !isWithoutRights(one))
    .filter((one) => !pods.some((pod) => pod.hasRights && selects(one, pod)))
    .map(({ pods: { namespace, labels } }) => `${namespace}: ${JSON.stringify(labels)} asks the API without rights`);
  return [...new Set([...silent, ...absent, ...idle])];
}

const selects = ({ pods }: Begun, { namespace, labels }: Pod): boolean =>
  pods.namespace === namespace && Object.entries(pods.labels).every(([key, value]) => labels[key] === value);

function podsIn(objects: readonly KubernetesObject[]): readonly Pod[] {
  const bound = new Set(
    objects.filter(({ kind }) => ["RoleBinding", "ClusterRoleBinding"].includes(kind)).flatMap(accountsOf),
  );
  const accounts = new Map(
    objects.filter(({ kind }) => kind === "ServiceAccount").map((account) => [nameOf(account), account]),
  );
  return objects.flatMap((object): readonly Pod[] => {
    const pod = podOf(object);
    if (isTest(object)) return [];
    if (pod === undefined) return madeOf(object, bound);
    const namespace = namespaceOf(object);
    const account = `${namespace}/${String(pod["serviceAccountName"] ?? "default")}`;
    const mounted =
      (pod["automountServiceAccountToken"] ?? at(accounts.get(account), "automountServiceAccountToken")) !== false ||
      asList(pod["volumes"]).some((volume) =>
        asList(at(volume, "projected", "sources")).some((source) => at(source, "serviceAccountToken") !== undefined),
      );
    const template = object.kind === "CronJob" ? at(object, "spec", "jobTemplate", "spec") : at(object, "spec");
    return [
      {
        title: `${object.kind} ${nameOf(object)}`,
        namespace,
        labels: {
          ...asMap(at(template, "template", "metadata", "labels")),
          // Kubernetes documentation, Well-Known Labels.
          ...(object.kind === "Job" && { "batch.kubernetes.io/job-name": object.metadata?.name }),
        },
        onHost: pod["hostNetwork"] === true,
        hasRights: mounted && bound.has(account),
      },
    ];
  });
}

/** Of prometheus-operator v0.93.1, pkg/prometheus and pkg/alertmanager. */
function madeOf(object: KubernetesObject, bound: ReadonlySet<string>): readonly Pod[] {
  const { kind, metadata } = object;
  if (!["Prometheus", "Alertmanager"].includes(kind)) return [];
  const namespace = namespaceOf(object);
  const labels = { "app.kubernetes.io/name": kind.toLowerCase(), "app.kubernetes.io/instance": metadata?.name };
  const account = String(at(object, "spec", "serviceAccountName"));
  return [{ title: kind, namespace, labels, onHost: false, hasRights: bound.has(`${namespace}/${account}`) }];
}

/** It is made when somebody asks for it by hand. */
const isTest = ({ metadata }: KubernetesObject): boolean =>
  String(at(metadata, "annotations", "helm.sh/hook") ?? "").startsWith("test");

const namespaceOf = ({ metadata }: KubernetesObject): string => String(metadata?.namespace ?? "default");
const nameOf = (object: KubernetesObject): string => `${namespaceOf(object)}/${object.metadata?.name ?? ""}`;

const accountsOf = (binding: KubernetesObject): readonly string[] =>
  asList(binding["subjects"])
    .filter((subject) => at(subject, "kind") === "ServiceAccount")
    .map((subject) => `${String(at(subject, "namespace") ?? namespaceOf(binding))}/${String(at(subject, "name"))}`);
