import { describe, expect, test } from "vitest";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import { reference } from "../../test/fixtures/reference.ts";
import { edit, edited, type Edit } from "../../test/rules/edits.ts";
import { rules } from "../rules/index.ts";
import { planSpec } from "../rules/planSpec.ts";
import { asksServer, tcp } from "./begins.ts";

const PODS = { namespace: "external-secrets", labels: { app: "asks" } };
const NETWORKS: readonly Edit[] = [
  edit("cluster:\n", "networks: { things: { cidr: 10.9.0.0/24 } }\ncluster:\n"),
  edit("address: 172.16.1.60 }", "address: 172.16.1.60 }\n  records: [{ name: vault.ragas.cc, to: technitium }]"),
];

/** To whom, and at which ports. */
function asked(host: string, edits: readonly Edit[] = []): readonly string[] {
  const { plan } = planSpec(edited(reference, [...NETWORKS, ...edits]), "homelab.yaml", catalog, rules);
  return asksServer(PODS, host, tcp(8200), plan, "it asks").map(
    ({ to, ports }) => `${to.kind} ${to.text} ${ports.map(({ port }) => port).join(",") || "all"}`,
  );
}

describe("a server is asked where it is", () => {
  test.each([
    ["an address of the LAN", "172.16.1.20", ["network 172.16.1.20 8200"]],
    ["an address of the internet", "203.0.113.7", ["network 203.0.113.7 8200"]],
    ["a machine by its name", "technitium", ["network 172.16.1.10 8200"]],
    ["a machine by a name of the network", "vault.ragas.cc", ["network 172.16.1.10 8200"]],
    ["a node, which Cilium knows by no address", "172.16.1.53", ["ground nodes 8200"]],
    ["a gateway, whose pods have other ports", "172.16.1.61", ["pods network/gateway all"]],
    ["an address of the pool, whose pods nobody knows", "172.16.1.65", ["ground pods all"]],
    ["an address of Services", "10.43.0.77", ["ground pods all"]],
    ["a Service by its name", "vault.secrets.svc", ["pods secrets/* all"]],
    ["a Service by its whole name", "vault.secrets.svc.cluster.local", ["pods secrets/* all"]],
    ["a name of somebody", "vault.example.org", ["word internet 8200", "word lan 8200", "network 10.9.0.0/24 8200"]],
    [
      "a name of the network that may be that of an app",
      "secrets.ragas.cc",
      ["word internet 8200", "word lan 8200", "network 10.9.0.0/24 8200", "pods network/gateway all"],
    ],
    ["an address of a family that no pod has", "fd00:1::20", []],
  ])("%s", (_, host, expected) => {
    expect(asked(host)).toEqual(expected);
  });

  test("and the gateway of Cilium is asked before any policy is looked at", () => {
    expect(asked("172.16.1.61", [edit("provider: envoy-gateway", "provider: cilium")])).toEqual([]);
  });
});
