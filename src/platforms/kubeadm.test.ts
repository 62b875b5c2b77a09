import { describe, expect, test } from "vitest";
import { boards } from "../../test/fixtures/boards.ts";
import { DUAL_STACK } from "../../test/fixtures/dualStack.ts";
import { emitted, emittedCatalog as catalog } from "../../test/fixtures/emitted.ts";
import { reference } from "../../test/fixtures/reference.ts";
import { checkViews } from "../../test/fixtures/views.ts";
import { withCalico } from "../../test/rules/brokenCalico.ts";
import { edit, edited, ON_KUBEADM, type Edit } from "../../test/rules/edits.ts";
import type { Plan } from "../model/plan.ts";
import type { View } from "../model/unit.ts";
import { readDocuments } from "../yaml/documents.ts";
import { bootstrapTemplates, bootstrapView } from "./bootstrapPage.ts";
import { fragmentView } from "./kubeadm/docs.ts";
import { clusterView, docsView, initView, nodeView, scriptView } from "./kubeadm/views.ts";
import { firstControlPlane } from "./linux/machines.ts";

const networkWith = (...edits: readonly Edit[]) => emitted(edited(reference, [...ON_KUBEADM, ...edits]));

const KEPT_FREE = edit("  pods: ", "  workloadsOnControlPlanes: false\n  rotateServerCertificates: true\n  pods: ");
const BOTH_FAMILIES = DUAL_STACK.filter(({ find }) => !find.includes("172.16.1.49"));

const networks = [
  networkWith(edit("cluster:\n", "secrets: sops\n\ncluster:\n")),
  emitted(boards),
  networkWith(
    KEPT_FREE,
    ...BOTH_FAMILIES,
    edit("role: worker", "role: worker, sshUser: pi"),
    edit("https://github.com/", "ssh://git@github.com/"),
  ),
];
const CALICO = networkWith(...withCalico("dataplane: nftables"));
const plans = [...networks, CALICO].map(({ plan }) => plan);

function documents({ tree }: ReturnType<typeof emitted>, path: string): readonly unknown[] {
  const file = [...tree].find(([candidate]) => candidate === path)?.[1];
  if (file === undefined) throw new Error(`${path} is not emitted`);
  return readDocuments(file.content, path);
}

test("kube-proxy writes its rules with the same as the pod network", () => {
  const proxy = { kind: "KubeProxyConfiguration", mode: "nftables" };
  expect(documents(CALICO, "kubeadm/cluster.yaml")).toContainEqual(expect.objectContaining(proxy));
  const kinds = documents(networkWith(), "kubeadm/cluster.yaml").map((document) => (document as typeof proxy).kind);
  expect(kinds).not.toContain(proxy.kind);
});

describe("templates read every key of their view, and no other", () => {
  const cases: readonly [template: string, view: (plan: Plan) => View | readonly View[]][] = [
    ["kubeadm/cluster.yaml", clusterView],
    ["kubeadm/init.yaml", (plan) => initView(firstControlPlane(plan), plan)],
    ["kubeadm/node.yaml", (plan) => plan.nodes.map((node) => nodeView(node, plan))],
    ["bootstrap/kubeadm.sh", scriptView],
  ];
  test.each(cases)("%s", (template, view) => {
    expect(checkViews([`platforms/kubeadm/${template}`], plans.flatMap(view))).toEqual({ unread: [], undeclared: [] });
  });

  test("the page about the first start", () => {
    const views = networks.map(({ plan, units }): View => ({
      ...bootstrapView(plan, units, catalog),
      ...docsView(plan, catalog),
    }));
    expect(checkViews(bootstrapTemplates("platforms/kubeadm/docs"), views)).toEqual({ unread: [], undeclared: [] });
  });

  test("what is said on shared pages", () => {
    const fragments = ["operations", "troubleshooting"].map((page) => `platforms/kubeadm/docs/fragments/${page}.md`);
    expect(checkViews(fragments, plans.map(fragmentView))).toEqual({ unread: [], undeclared: [] });
  });
});

describe("the cluster", () => {
  test("is found where the API is, and leaves out what something of ours does", () => {
    expect(documents(emitted(boards), "kubeadm/cluster.yaml")).toEqual([
      {
        apiVersion: "kubeadm.k8s.io/v1beta4",
        kind: "ClusterConfiguration",
        clusterName: "goldentooth",
        controlPlaneEndpoint: "10.4.0.10:6443",
        networking: { dnsDomain: "cluster.local", podSubnet: "192.168.0.0/16", serviceSubnet: "172.16.0.0/20" },
        apiServer: { certSANs: ["10.4.0.10"] },
        proxy: { disabled: true },
        dns: { disabled: true },
      },
      { apiVersion: "kubelet.config.k8s.io/v1beta1", kind: "KubeletConfiguration", cgroupDriver: "systemd" },
    ]);
  });

  test("has both families behind commas, and certificates of kubelets where they are asked for", () => {
    const [cluster, kubelet] = documents(networkWith(KEPT_FREE, ...BOTH_FAMILIES), "kubeadm/cluster.yaml");
    expect(cluster).toMatchObject({
      networking: { podSubnet: "10.42.0.0/16,fd00:1:0:4200::/56", serviceSubnet: "10.43.0.0/16,fd00:1:0:4300::/112" },
    });
    expect(kubelet).toMatchObject({ serverTLSBootstrap: true });
  });
});

describe("a machine", () => {
  test("joins with what a script brings, and as a control plane with an address of its API server", () => {
    const registration = (name: string, ip: string) => ({
      name,
      criSocket: "unix:///run/containerd/containerd.sock",
      kubeletExtraArgs: [{ name: "node-ip", value: ip }],
    });
    const join = {
      apiVersion: "kubeadm.k8s.io/v1beta4",
      kind: "JoinConfiguration",
      discovery: { file: { kubeConfigPath: "/etc/kubernetes/discovery.conf" } },
    };
    expect(documents(emitted(boards), "kubeadm/nodes/cargyll.yaml")).toEqual([
      {
        ...join,
        controlPlane: { localAPIEndpoint: { advertiseAddress: "10.4.0.12", bindPort: 6443 } },
        nodeRegistration: { ...registration("cargyll", "10.4.0.12"), taints: [] },
      },
    ]);
    expect(documents(emitted(boards), "kubeadm/nodes/erenford.yaml")).toEqual([
      { ...join, nodeRegistration: registration("erenford", "10.4.0.14") },
    ]);
  });

  test("that is kept free says nothing of taints, so that it has the usual one", () => {
    const [init] = documents(networkWith(KEPT_FREE), "kubeadm/init.yaml");
    expect(init).not.toHaveProperty("nodeRegistration.taints");
  });
});
