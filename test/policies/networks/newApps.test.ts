/**
 * Policies of apps that somebody adds: gateways reach what answers through its Service, with the labels and ports that the
 * objects of the app say, and nobody else does.
 */
import { describe, expect, it } from "vitest";
import { flowsOf as flowsOfApp } from "../../../src/compose/newApp/flows.ts";
import type { Plan } from "../../../src/model/plan.ts";
import { asList, asMap, at } from "../../../src/model/unknown.ts";
import { objects, type Files } from "../../fates/construction/check.ts";
import { composedApp, newApps } from "../../fixtures/newApps.ts";
import { planOf } from "../../fixtures/plan.ts";
import type { Labels, Pod, Protocol, Service } from "../world.ts";
import { verdict } from "../verdict.ts";

import { findings } from "./findings.ts";
import { declaredBy, wantedOf } from "./network.ts";
import { populate } from "./populate.ts";

const plans: Readonly<Record<string, Plan>> = {
  "Cilium and Envoy Gateway": planOf(),
  "Cilium and its own gateways": planOf({ ingress: "cilium-gateway" }),
  "Calico and Traefik": planOf({ cni: "calico", ingress: "traefik", loadBalancer: "metallb" }),
};

// A machine of the LAN has no pods.
const withPods = Object.entries(newApps).filter(([, { source }]) => source.kind !== "machine");

const apps = withPods.flatMap(([app, one]) =>
  Object.entries(plans).map(([network, plan]) => ({ app, network, plan, one })),
);

function filesOf(app: (typeof apps)[number]): Files {
  const { tree } = composedApp(app.one, { plan: app.plan });
  return new Map([...tree].map(([path, { content }]) => [path, content]));
}

function judgedIn(app: (typeof apps)[number]) {
  const wanted = wantedOf(app.plan, filesOf(app));
  if (wanted === undefined) throw new Error("policies are enforced there");
  const declared = flowsOfApp(app.one).flatMap((flow) => declaredBy(flow, app.plan));
  return { ...wanted, declared };
}

describe("policies of new apps", () => {
  it.each(apps)("let pass what is declared of $app, and nothing else, with $network", (app) => {
    expect(findings(judgedIn(app))).toEqual([]);
  });

  const written = apps.filter(({ one }) => one.source.kind === "manifests");
  it.each(written)("let gateways through to the Service of $app, with $network", (app) => {
    const { world, people } = populate(judgedIn(app));
    const files = filesOf(app);
    const [pod, service] = [podOf(files), serviceOf(files)];
    const own = {
      ...world,
      pods: [...world.pods.filter(({ namespace }) => namespace !== pod.namespace), pod],
      services: [service],
    };
    const [{ port, protocol } = { port: 0, protocol: "TCP" as const }] = service.ports;
    const asking = people.filter(({ actor }) => actor.kind === "ingress" || actor.namespace === "network");
    const answers = asking.map(({ who, actor }) => {
      const to = { service: service.name, namespace: service.namespace };
      return {
        carries: carries(actor.labels, app.plan),
        passes: verdict(own, { from: who, to, port, protocol }).allowed,
      };
    });
    // Cilium has a gateway of its own on every node, asked for or not.
    const isOwn = app.network === "Cilium and its own gateways";
    expect(answers.filter(({ carries: is, passes }) => (is ?? isOwn) !== passes)).toEqual([]);
    expect(answers.some(({ passes }) => passes)).toBe(true);
  });
});

/** Whether somebody with these labels is a gateway; undefined for those of Cilium, which have none. */
const carries = (labels: Labels | undefined, plan: Plan): boolean | undefined =>
  labels &&
  plan.chosen
    .flatMap(({ component }) => component.gateways?.dataPlane(plan) ?? [])
    .some(
      (one) => typeof one === "object" && Object.entries(one.labels).every(([key, value]) => labels[key] === value),
    );

function podOf(files: Files): Pod {
  const deployment = objects(files).find(({ object }) => /^(Deployment|StatefulSet)$/.test(object.kind));
  const template = at(deployment?.object, "spec", "template");
  const containers = asList(at(template, "spec", "containers"));
  return {
    namespace: "media",
    name: "real",
    labels: asMap(at(template, "metadata", "labels")) as Labels,
    addresses: ["198.19.250.1"],
    node: "talos-cp-1",
    ports: containers
      .flatMap((container) => asList(at(container, "ports")))
      .map((own) => ({
        name: String(at(own, "name")),
        port: Number(at(own, "containerPort")),
        protocol: (at(own, "protocol") ?? "TCP") as Protocol,
      })),
  };
}

function serviceOf(files: Files): Service {
  const [found] = objects(files, "Service");
  return {
    namespace: "media",
    name: String(at(found?.object, "metadata", "name")),
    addresses: ["198.18.0.1"],
    selector: asMap(at(found?.object, "spec", "selector")) as Labels,
    ports: asList(at(found?.object, "spec", "ports")).map((own) => ({
      port: Number(at(own, "port")),
      targetPort: at(own, "targetPort") as number | string,
      protocol: (at(own, "protocol") ?? "TCP") as Protocol,
    })),
  };
}
