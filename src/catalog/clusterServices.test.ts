import { describe, expect, test } from "vitest";
import { networks, type Given } from "../../test/fixtures/givens.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import type { Plan } from "../model/plan.ts";
import { unitFiles } from "../compose/unitFiles.ts";
import { unitsOf } from "../plan/units.ts";
import { readDocuments } from "../yaml/documents.ts";
import { kubeletCsrApprover } from "./kubelet-csr-approver.ts";
import { metricsServer } from "./metrics-server.ts";

function valuesOf(id: string, plan: Plan): unknown {
  const own = unitsOf(plan, catalog).filter((unit) => unit.id === id);
  const values = [...unitFiles(own, plan, catalog)].find(([path]) => path.endsWith("/values.yaml"));
  return values && readDocuments(values[1].content, "values.yaml")[0];
}

const withTraits = (traits: Partial<Plan["cluster"]["traits"]>): Plan => {
  const plan = planOf();
  return { ...plan, cluster: { ...plan.cluster, traits: { ...plan.cluster.traits, ...traits } } };
};

describe("CoreDNS", () => {
  test("answers where the kubelet sends pods, and asks k8s-gateway about the domains", () => {
    const given: Given = networks["three control planes kept free, two workers"];
    expect(valuesOf("coredns", planOf(given))).toMatchObject({
      service: { name: "kube-dns", clusterIP: "10.43.0.10" },
      servers: [
        {
          zones: [{ zone: "ragas.cc." }, { zone: "ragas.net." }],
          plugins: [{ name: "errors" }, { name: "cache" }, { name: "forward", parameters: ". 172.16.1.60" }],
        },
        { zones: [{ zone: "." }] },
      ],
    });
  });

  test("tolerates control planes, so it counts them", () => {
    expect(valuesOf("coredns", planOf(networks["one node"]))).toMatchObject({ replicaCount: 1 });
    expect(valuesOf("coredns", planOf(networks["a control plane and a worker"]))).toMatchObject({ replicaCount: 2 });
  });
});

describe("certificates of kubelets", () => {
  test("are approved for the nodes of the network and nobody else", () => {
    const given = { ...networks["one node"], cluster: { rotateServerCertificates: true } };
    const values = valuesOf("kubelet-csr-approver", planOf(given)) as { providerRegex: string };
    expect(values).toMatchObject({ providerRegex: "^(talos-1)$", providerIpPrefixes: ["172.16.1.0/24"] });
    const allowed = new RegExp(values.providerRegex);
    expect([allowed.test("talos-1"), allowed.test("talos-10"), allowed.test("x-talos-1")]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("are checked by metrics-server where they are signed, and only there", () => {
    expect(valuesOf("metrics-server", withTraits({ rotatesServingCertificates: true }))).not.toHaveProperty("args");
    expect(valuesOf("metrics-server", planOf())).toMatchObject({
      args: ["--kubelet-insecure-tls"],
    });
    expect(kubeletCsrApprover.needed?.(planOf())).toBe(false);
  });
});

test("what a distribution brings is not installed again", () => {
  expect(metricsServer.needed?.(withTraits({ brings: ["metrics-server"] }))).toBe(false);
  expect(metricsServer.needed?.(withTraits({ brings: ["coredns"] }))).toBe(true);
});
