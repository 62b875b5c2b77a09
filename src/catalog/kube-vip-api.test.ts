/** What control planes bring with them, in both forms they take it. */
import { describe, expect, test } from "vitest";
import { emitted, emittedCatalog } from "../../test/fixtures/emitted.ts";
import { DUAL_STACK } from "../../test/fixtures/dualStack.ts";
import { routers } from "../../test/fixtures/overBgp.ts";
import { reference } from "../../test/fixtures/reference.ts";
import { edit, edited, ON_K3S, type Edit } from "../../test/rules/edits.ts";
import { readManifests } from "../../test/support/manifests.ts";
import { validateCoreObjects } from "../../test/support/schemas.ts";
import type { RepoPath } from "../model/names.ts";
import type { Plan } from "../model/plan.ts";
import { asList, at } from "../model/unknown.ts";
import { manifestFiles } from "../platforms/manifests.ts";

const api = (options: string, ...more: readonly Edit[]) =>
  emitted(
    edited(reference, [
      ...ON_K3S,
      edit(
        "api: none",
        `api: { provider: kube-vip, ${options}, lease: { duration: 5, renew: 3, retry: 1 } }\n  nodeDefaults: { interface: eno1 }`,
      ),
      ...more,
    ]),
  );

const { plan } = api("address: 172.16.1.49");
const routed = api(
  "mode: bgp, address: [10.50.0.1, 'fd00:10:0:5000::1']",
  ...DUAL_STACK.filter(({ find }) => !find.includes("172.16.1.49")),
  routers(
    "{ asn: 64513, peers: { edge: { asn: 64512, address: [172.16.1.1, 'fd00:1::1'], bfd: true, timers: { hold: 9, keepalive: 3 } }, far: { asn: 64514, address: 10.9.0.1, multihop: 2, timers: { hold: 9, keepalive: 3 } } } }",
  ),
);

type Form = "applied" | "pods";

const as = (manifests: Form, of: Plan): Plan => ({
  ...of,
  cluster: { ...of.cluster, traits: { ...of.cluster.traits, manifests } },
});

function objectsOf(manifests: Form, of = plan) {
  const [file] = [...manifestFiles(as(manifests, of), "manifests", emittedCatalog)];
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

describe.each(["applied", "pods"] as const)("over BGP, as %s", (manifests) => {
  const { objects } = objectsOf(manifests, routed.plan);
  const pod = objects.at(-1);
  test("every object has the fields of its kind", () => {
    expect(validateCoreObjects(objects)).toEqual([]);
  });
  test("it tells routers of each family the way to an address that is on no link", () => {
    expect(environment(pod)).toMatchObject({
      address: "10.50.0.1,fd00:10:0:5000::1",
      vip_interface: "lo",
      vip_subnet: "32,128",
      vip_arp: "false",
      bgp_enable: "true",
      bgp_as: "64513",
      bgp_peers:
        "172.16.1.1:64512::false:179::true;300;300;3,[fd00:1::1]:64512::false:179::true;300;300;3,10.9.0.1:64514::true:179",
      bgp_hold_time: "9",
      bgp_keepalive_interval: "3",
    });
    const [container] = asList(at(specOf(pod), "containers"));
    const id = asList(at(container, "env")).find((one) => at(one, "name") === "bgp_routerid");
    expect(at(id, "valueFrom", "fieldRef", "fieldPath")).toBe("status.hostIP");
  });
  test("one control plane at a time does, as long as its API server answers", () => {
    expect(environment(pod)).toMatchObject({ vip_leaderelection: "true", vip_leaseduration: "5" });
    expect(environment(pod)).not.toHaveProperty("control_plane_health_check_address");
  });
});

test("routers wait for control planes alone, and take the addresses of the API and nothing else", () => {
  const configuration = routed.tree.get("routers/edge/frr.conf" as RepoPath)?.content ?? "";
  expect(configuration.match(/(?<=neighbor )172\.16\.1\.\d+(?= peer-group)/g)).toEqual([
    "172.16.1.50",
    "172.16.1.51",
    "172.16.1.52",
  ]);
  expect(configuration.match(/(?<=permit )\S+\/\d+.*/g)).toEqual(["10.50.0.1/32", "fd00:10:0:5000::1/128"]);
});

test("who sets the machines up is told what the router has to know first, and what the way of all requests is", () => {
  const page = (path: string) => routed.tree.get(path as RepoPath)?.content ?? "";
  expect(page("docs/bootstrap.md")).toContain("nobody but edge and far knows the way to it");
  expect(page("routers/edge/README.md")).toContain("Do this before Kubernetes starts");
  expect(page("docs/network.md")).toContain("told the way to the address of the Kubernetes API");
  expect(page("docs/components.md")).toContain("kubectl --server https://172.16.1.50:6443 get nodes");
});
