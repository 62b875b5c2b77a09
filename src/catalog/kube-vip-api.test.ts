/** What control planes bring with them, in both forms they take it. */
import { describe, expect, test } from "vitest";
import { emitted, emittedCatalog } from "../../test/fixtures/emitted.ts";
import { reference } from "../../test/fixtures/reference.ts";
import { edit, edited, ON_K3S } from "../../test/rules/edits.ts";
import { readManifests } from "../../test/support/manifests.ts";
import { validateCoreObjects } from "../../test/support/schemas.ts";
import type { Plan } from "../model/plan.ts";
import { asList, at } from "../model/unknown.ts";
import { manifestFiles } from "../platforms/manifests.ts";

const { plan } = emitted(
  edited(reference, [
    ...ON_K3S,
    edit(
      "api: none",
      "api: { provider: kube-vip, address: 172.16.1.49, lease: { duration: 5, renew: 3, retry: 1 } }\n  nodeDefaults: { interface: eno1 }",
    ),
  ]),
);

const as = (manifests: "applied" | "pods"): Plan => ({
  ...plan,
  cluster: { ...plan.cluster, traits: { ...plan.cluster.traits, manifests } },
});

function objectsOf(manifests: "applied" | "pods") {
  const [file] = [...manifestFiles(as(manifests), "manifests", emittedCatalog)];
  if (file === undefined) throw new Error("control planes bring nothing");
  const [path, { content }] = file;
  return { path, content, objects: readManifests(content, path) };
}

const specOf = (object: unknown): unknown => at(object, "spec", "template", "spec") ?? at(object, "spec");

const environment = (object: unknown): Readonly<Record<string, unknown>> => {
  const [container] = asList(at(specOf(object), "containers"));
  return Object.fromEntries(asList(at(container, "env")).map((one) => [at(one, "name"), at(one, "value")]));
};

describe.each(["applied", "pods"] as const)("as %s", (manifests) => {
  const { path, content, objects } = objectsOf(manifests);
  const pod = objects.at(-1);
  test("every object has the fields of its kind", () => {
    expect(path).toBe("manifests/kube-vip.yaml");
    expect(validateCoreObjects(objects)).toEqual([]);
  });
  test("it carries the address, for as long as the spec says", () => {
    expect(environment(pod)).toMatchObject({
      address: "172.16.1.49",
      vip_interface: "eno1",
      vip_subnet: "32",
      cp_enable: "true",
      svc_enable: "false",
      vip_leaseduration: "5",
      vip_renewdeadline: "3",
      vip_retryperiod: "1",
    });
  });
  test("Renovate finds the version", () => {
    expect(content).toMatch(
      /# renovate: datasource=docker depName=ghcr\.io\/kube-vip\/kube-vip\n +image: ghcr\.io\/kube-vip\/kube-vip:v\d/,
    );
  });
});

test("applied objects are a DaemonSet with an account that may do nothing but hold the lease", () => {
  const { objects } = objectsOf("applied");
  expect(objects.map(({ kind }) => kind)).toEqual(["ServiceAccount", "Role", "RoleBinding", "DaemonSet"]);
  expect(asList(objects[1]?.["rules"]).map((rule) => at(rule, "resources"))).toEqual([["leases"]]);
});

test("a static pod has the access of the machine, and calls the API server there by a name of its certificate", () => {
  const { objects } = objectsOf("pods");
  expect(objects.map(({ kind }) => kind)).toEqual(["Pod"]);
  expect(specOf(objects[0])).toMatchObject({
    hostNetwork: true,
    hostAliases: [{ ip: "127.0.0.1", hostnames: ["kubernetes"] }],
    volumes: [{ hostPath: { path: "/etc/kubernetes/admin.conf", type: "FileOrCreate" } }],
  });
  expect(environment(objects[0])).toMatchObject({
    k8s_config_file: "/etc/kube-vip/kubeconfig",
    kubernetes_addr: "https://kubernetes:6443",
  });
});

test("the path of the access stands in a static pod once, for a script to change while the cluster starts", () => {
  const { content } = objectsOf("pods");
  expect(content.match(/\/etc\/kubernetes\/admin\.conf/g)).toHaveLength(1);
});
