import { describe, expect, test } from "vitest";
import { unitsIn } from "../../test/fixtures/inUse.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import type { Given } from "../../test/fixtures/givens.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import type { Flow, Peer } from "../model/unit.ts";
import { readDocuments } from "../yaml/documents.ts";
import { calico } from "./calico.ts";
import { calicoPolicies } from "./calicoPolicies.ts";
import { flannel } from "./flannel.ts";
import { openNetworkPolicy } from "./networkPolicies.ts";

type Options = Readonly<Record<string, unknown>>;

const given = (options: Options, more: Partial<Given> = {}): Given => ({
  cni: "calico",
  loadBalancer: "metallb",
  options: { calico: options },
  ...more,
});

function valuesOf(options: Options, more?: Partial<Given>) {
  const units = unitsIn(planOf(given(options, more)), "calico");
  const unit = units.find(({ release }) => release !== undefined);
  if (unit?.release === undefined) throw new Error("calico has a release");
  return readDocuments(catalog.templates.render(unit.release.values, unit.view), "values.yaml")[0] as {
    readonly installation: { readonly calicoNetwork: Readonly<Record<string, unknown>> };
    readonly defaultFelixConfiguration: Readonly<Record<string, unknown>>;
  };
}

describe("values", () => {
  test("routes are told by BGP without a tunnel, or a tunnel does without BGP (CAL-01)", () => {
    const network = (routing: string) => valuesOf({ routing }).installation.calicoNetwork;
    expect(network("bgp")).toMatchObject({ bgp: "Enabled", ipPools: [{ encapsulation: "None" }] });
    expect(network("vxlan")).toMatchObject({ bgp: "Disabled", ipPools: [{ encapsulation: "VXLAN" }] });
  });

  test("each family has a pool, a way to the address of the node and a key of its own", () => {
    const { installation, defaultFelixConfiguration } = valuesOf({ encryption: "wireguard" }, { bothFamilies: true });
    expect(installation.calicoNetwork).toMatchObject({
      nodeAddressAutodetectionV4: { kubernetes: "NodeInternalIP" },
      nodeAddressAutodetectionV6: { kubernetes: "NodeInternalIP" },
      ipPools: [
        { name: "default-ipv4-ippool", blockSize: 26 },
        { name: "default-ipv6-ippool", blockSize: 122 },
      ],
    });
    expect(defaultFelixConfiguration).toMatchObject({ wireguardEnabled: true, wireguardEnabledV6: true });
    expect(valuesOf({}).installation.calicoNetwork).not.toHaveProperty("nodeAddressAutodetectionV6");
  });

  test("in eBPF agents find the API without Services, and cgroups where a closed host has them (CAL-11)", () => {
    expect(valuesOf({ dataplane: "ebpf" })).toMatchObject({
      kubernetesServiceEndpoint: { host: "127.0.0.1", port: "7445" },
      defaultFelixConfiguration: { cgroupV2Path: "/sys/fs/cgroup" },
    });
    const others = valuesOf({ dataplane: "nftables" });
    expect(others).not.toHaveProperty("kubernetesServiceEndpoint");
    expect(others.defaultFelixConfiguration).not.toHaveProperty("cgroupV2Path");
  });

  test("a host that is left alone lets pods hand packets on", () => {
    const plan = planOf(given({}));
    const traits = { ...plan.cluster.traits, ownsMachine: false };
    const [, , unit] = unitsIn({ ...plan, cluster: { ...plan.cluster, traits } }, "calico");
    expect(unit?.view).toMatchObject({ forwarding: true });
  });

  test.each(["eth0", "end0", "enp3s0", "ens18", "bond0", "lan0", "br0.1"])(
    "looks at a card called %s (CAL-09)",
    (name) => {
      const nodes = { "pi-1": { ip: "172.16.1.50", role: "control-plane" as const, interface: name } };
      const { mtuIfacePattern, bpfDataIfacePattern } = valuesOf(
        { dataplane: "ebpf" },
        { nodes, api: "single-api" },
      ).defaultFelixConfiguration;
      for (const pattern of [mtuIfacePattern, bpfDataIfacePattern]) {
        expect(name).toMatch(new RegExp(String(pattern)));
        expect("cali12345").not.toMatch(new RegExp(String(pattern)));
      }
    },
  );

  test("one replica where a second would stand beside the first", () => {
    const one = { nodes: { "pi-1": { ip: "172.16.1.50", role: "control-plane" as const, interface: "end0" } } };
    expect(valuesOf({}, { ...one, api: "single-api" }).installation).toMatchObject({ controlPlaneReplicas: 1 });
    expect(valuesOf({}).installation).toMatchObject({ controlPlaneReplicas: 2 });
  });
});

test("kube-proxy stays in the mode of Calico, and goes where eBPF takes its place (CAL-07)", () => {
  const { traits } = planOf().cluster;
  const network = (dataplane: "iptables" | "nftables" | "ebpf") =>
    calico.podNetwork?.({ dataplane, routing: "bgp", encryption: "none" }, traits);
  expect(network("iptables")).toMatchObject({ replacesKubeProxy: false, kubeProxyMode: "iptables" });
  expect(network("nftables")).toMatchObject({ replacesKubeProxy: false, kubeProxyMode: "nftables" });
  expect(network("ebpf")).toMatchObject({ replacesKubeProxy: true });
  expect(network("ebpf")).not.toHaveProperty("kubeProxyMode");
});

const GATEWAY: Peer = { namespace: "network", labels: { gateway: "internal" } };
const flow = (from: readonly Peer[]): Flow => ({
  unit: "echo",
  namespace: "default",
  name: "echo",
  to: { app: "echo" },
  from,
  ports: [{ port: 8080, protocol: "TCP" }],
  because: "requests",
});

describe("policies", () => {
  const kinds = (...from: readonly Peer[]) => calicoPolicies([flow(from)]).map(({ kind }) => kind);
  test.each([
    ["pods", [GATEWAY], ["NetworkPolicy"]],
    ["nobody", [], ["NetworkPolicy"]],
    ["pods and nodes", ["cluster"], ["NetworkPolicy"]],
    ["everybody", ["world", "cluster"], ["NetworkPolicy"]],
    ["the LAN", ["world"], ["GlobalNetworkPolicy"]],
    ["API servers", ["kube-apiserver", "host", "remote-node"], ["GlobalNetworkPolicy"]],
    ["pods and API servers", [GATEWAY, "kube-apiserver"], ["NetworkPolicy", "GlobalNetworkPolicy"]],
  ] as const)("%s may come in by what names them", (_, from, expected) => {
    expect(kinds(...from)).toEqual(expected);
  });

  test("nobody is let in by a policy without rules, everybody by a rule without senders", () => {
    expect(calicoPolicies([flow([])])[0]?.["spec"]).toMatchObject({ ingress: [] });
    expect(calicoPolicies([flow(["cluster"])])[0]?.["spec"]).toMatchObject({
      ingress: [{ ports: [{ port: 8080, protocol: "TCP" }] }],
    });
  });

  test("who is no pod is let in whatever address it has, to pods of one namespace (NET-08)", () => {
    expect(calicoPolicies([flow(["kube-apiserver"])])[0]).toMatchObject({
      metadata: { name: "default-echo" },
      spec: {
        namespaceSelector: "kubernetes.io/metadata.name == 'default'",
        selector: "app == 'echo'",
        ingress: [
          {
            action: "Allow",
            protocol: "TCP",
            source: { notSelector: "has(projectcalico.org/namespace)" },
            destination: { ports: [8080] },
          },
        ],
      },
    });
  });

  test("each protocol has a rule, and a flow of every port names none", () => {
    const dns = { ...flow(["world"]), ports: [53, 54].flatMap((port) => [tcp(port), udp(port)]) };
    expect(calicoPolicies([dns])[0]?.["spec"]).toMatchObject({
      ingress: [
        { protocol: "TCP", destination: { ports: [53, 54] } },
        { protocol: "UDP", destination: { ports: [53, 54] } },
      ],
    });
    const open = calicoPolicies([{ ...dns, ports: [] }])[0]?.["spec"] as { readonly ingress: readonly object[] };
    expect(open.ingress).toEqual([{ action: "Allow", source: { notSelector: "has(projectcalico.org/namespace)" } }]);
  });
});

const tcp = (port: number) => ({ port, protocol: "TCP" as const });
const udp = (port: number) => ({ port, protocol: "UDP" as const });

describe("flannel", () => {
  const plan = planOf({ cni: "flannel", loadBalancer: "metallb" });
  test("has no policies where nobody enforces them, and those of Kubernetes where the distribution does (NET-18)", () => {
    expect(flannel.policies?.([flow([GATEWAY])], plan)).toEqual([]);
    const podNetwork = flannel.podNetwork?.({ backend: "vxlan" }, { ...plan.cluster.traits, enforcesPolicies: true });
    if (podNetwork === undefined) throw new Error("flannel is a pod network");
    const enforcing = { ...plan, cluster: { ...plan.cluster, podNetwork } };
    expect(flannel.policies?.([flow([GATEWAY])], enforcing)).toMatchObject([{ kind: "NetworkPolicy" }]);
  });

  test("opens a port to all where one of the senders is no pod", () => {
    expect(openNetworkPolicy(flow([GATEWAY, "kube-apiserver"]))["spec"]).toMatchObject({
      ingress: [{ ports: [tcp(8080)] }],
    });
    expect(openNetworkPolicy(flow([GATEWAY]))["spec"]).toMatchObject({ ingress: [{ from: [{}] }] });
    expect(openNetworkPolicy(flow([]))["spec"]).toMatchObject({ ingress: [] });
  });
});
