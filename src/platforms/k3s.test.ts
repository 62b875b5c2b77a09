import { describe, expect, test } from "vitest";
import { DUAL_STACK } from "../../test/fixtures/dualStack.ts";
import { emitted, emittedCatalog as catalog } from "../../test/fixtures/emitted.ts";
import { reference } from "../../test/fixtures/reference.ts";
import { checkViews } from "../../test/fixtures/views.ts";
import { edit, edited, ON_K3S, WORKER, type Edit } from "../../test/rules/edits.ts";
import type { Plan } from "../model/plan.ts";
import type { View } from "../model/unit.ts";
import { readDocuments } from "../yaml/documents.ts";
import { bootstrapTemplates, bootstrapView } from "./bootstrapPage.ts";
import { fragmentView } from "./k3s/docs.ts";
import { agentView, docsView, nodeView, scriptView, serverView } from "./k3s/views.ts";

const networkWith = (...edits: readonly Edit[]) => emitted(edited(reference, [...ON_K3S, ...edits]));

const ONE_SERVER = [
  edit("    talos-cp-2: { ip: 172.16.1.51, role: control-plane }\n", ""),
  edit("    talos-cp-3: { ip: 172.16.1.52, role: control-plane }\n", ""),
];
const KEPT_FREE = edit("  pods: ", "  workloadsOnControlPlanes: false\n  pods: ");
const OVER_SSH = edit("https://github.com/", "ssh://git@github.com/");
const BOTH_FAMILIES = DUAL_STACK.filter(({ find }) => !find.includes("172.16.1.49"));

const networks = [
  networkWith(edit("cluster:\n", "secrets: sops\n\ncluster:\n")),
  networkWith(...ONE_SERVER, edit(WORKER.replace(", proxmox: { host: pve4 }", ""), "")),
  networkWith(KEPT_FREE, ...BOTH_FAMILIES, edit("role: worker", "role: worker, sshUser: pi"), OVER_SSH),
];
const plans = networks.map(({ plan }) => plan);

type Document = Readonly<Record<string, unknown>>;
function configuration({ tree }: ReturnType<typeof emitted>, path: string): Document {
  const file = [...tree].find(([candidate]) => candidate === path)?.[1];
  if (file === undefined) throw new Error(`${path} is not emitted`);
  return readDocuments(file.content, path)[0] as Document;
}

describe("templates read every key of their view, and no other", () => {
  const cases: readonly [template: string, view: (plan: Plan) => View | readonly View[]][] = [
    ["k3s/server.yaml", serverView],
    ["k3s/agent.yaml", agentView],
    ["k3s/node.yaml", (plan) => plan.nodes.map((node) => nodeView(node, plan))],
    ["bootstrap/k3s.sh", scriptView],
  ];
  test.each(cases)("%s", (template, view) => {
    expect(checkViews([`platforms/k3s/${template}`], plans.flatMap(view))).toEqual({ unread: [], undeclared: [] });
  });

  test("the page about the first start", () => {
    const views = networks.map(({ plan, units }): View => ({
      ...bootstrapView(plan, units, catalog),
      ...docsView(plan, catalog),
    }));
    expect(checkViews(bootstrapTemplates("platforms/k3s/docs"), views)).toEqual({ unread: [], undeclared: [] });
  });

  test("what is said on shared pages", () => {
    const fragments = ["operations", "troubleshooting"].map((page) => `platforms/k3s/docs/fragments/${page}.md`);
    expect(checkViews(fragments, plans.map(fragmentView))).toEqual({ unread: [], undeclared: [] });
  });
});

describe("servers", () => {
  test("leave the pod network, and what is installed in its place, to others", () => {
    expect(configuration(networkWith(), "k3s/server.yaml")).toEqual({
      "token-file": "/etc/rancher/k3s/token",
      "write-kubeconfig-mode": "0600",
      "tls-san": ["172.16.1.50"],
      "secrets-encryption": true,
      "cluster-cidr": ["10.42.0.0/16"],
      "service-cidr": ["10.43.0.0/16"],
      "cluster-dns": ["10.43.0.10"],
      "flannel-backend": "none",
      "disable-network-policy": true,
      "disable-kube-proxy": true,
      disable: ["coredns", "metrics-server", "servicelb", "traefik"],
      "etcd-snapshot-schedule-cron": "0 */12 * * *",
      "etcd-snapshot-retention": 14,
      "etcd-snapshot-dir": "/var/lib/rancher/k3s/server/db/snapshots",
    });
  });

  test("join the first, which starts etcd", () => {
    const network = networkWith();
    const nodes = ["talos-cp-1", "talos-cp-2", "talos-cp-3"].map((name) =>
      configuration(network, `k3s/nodes/${name}.yaml`),
    );
    expect(nodes.map((node) => [node["cluster-init"], node["server"]])).toEqual([
      [true, undefined],
      [undefined, "https://172.16.1.50:6443"],
      [undefined, "https://172.16.1.50:6443"],
    ]);
  });

  test("join the one whose address is that of the API", () => {
    const network = networkWith(edit("api: none", "api: { provider: none, node: talos-cp-2 }"));
    expect(configuration(network, "k3s/nodes/talos-cp-2.yaml")).toMatchObject({ "cluster-init": true });
    expect(configuration(network, "k3s/nodes/talos-cp-1.yaml")).toMatchObject({ server: "https://172.16.1.51:6443" });
    expect(configuration(network, "k3s/agent.yaml")).toMatchObject({ server: "https://172.16.1.51:6443" });
  });

  test("alone keep their state without etcd", () => {
    expect(configuration(networkWith(...ONE_SERVER), "k3s/nodes/talos-cp-1.yaml")).toEqual({
      "node-name": "talos-cp-1",
      "node-ip": ["172.16.1.50"],
    });
  });

  test("that are kept free say so when they join", () => {
    expect(configuration(networkWith(KEPT_FREE), "k3s/server.yaml")).toMatchObject({
      "node-taint": ["node-role.kubernetes.io/control-plane:NoSchedule"],
      "node-label": ["node.kubernetes.io/exclude-from-external-load-balancers=true"],
    });
  });
});

describe("snapshots in S3", () => {
  const S3 = "endpoint: https://s3.example.com, bucket: homelab-etcd";
  const inBucket = (more = "") =>
    networkWith(edit("  pods: ", `  etcdSnapshots: { keep: 4, s3: { ${S3}${more} } }\n  pods: `));
  const secretOf = ({ units }: ReturnType<typeof emitted>) =>
    units.flatMap(({ namespace, secrets = [] }) => (namespace === "kube-system" ? secrets : []))[0];

  test("are told by a Secret, which K3s does not read beside any other key about them", () => {
    const network = inBucket();
    const server = configuration(network, "k3s/server.yaml");
    expect(Object.keys(server).filter((key) => key.startsWith("etcd-s3"))).toEqual([
      "etcd-s3",
      "etcd-s3-config-secret",
    ]);
    expect([server["etcd-s3"], server["etcd-s3-config-secret"]]).toEqual([true, secretOf(network)?.name]);
    expect(configuration(networkWith(), "k3s/server.yaml")).not.toHaveProperty("etcd-s3");
  });

  test("are kept of all servers together, in a folder of their own", () => {
    expect(secretOf(inBucket())).toMatchObject({
      type: "etcd.k3s.cattle.io/s3-config-secret",
      told: {
        "etcd-s3-endpoint": "s3.example.com",
        "etcd-s3-insecure": "false",
        "etcd-s3-bucket": "homelab-etcd",
        "etcd-s3-region": "us-east-1",
        "etcd-s3-folder": "ragas",
        "etcd-s3-retention": "12",
      },
      keys: [{ key: "etcd-s3-access-key" }, { key: "etcd-s3-secret-key" }],
    });
    const own = secretOf(inBucket(", folder: home, region: garage, ownAuthority: true"));
    expect(own?.told).toMatchObject({ "etcd-s3-folder": "home", "etcd-s3-region": "garage" });
    expect(own?.keys.map(({ key }) => key)).toContain("etcd-s3-endpoint-ca");
  });

  test("go without TLS where the store has none", () => {
    const network = networkWith(
      edit("  pods: ", "  etcdSnapshots: { s3: { endpoint: 'http://172.16.1.20:9000', bucket: etcd } }\n  pods: "),
    );
    expect(secretOf(network)?.told).toMatchObject({
      "etcd-s3-endpoint": "172.16.1.20:9000",
      "etcd-s3-insecure": "true",
    });
  });
});

describe("agents", () => {
  test("say nothing that only servers are asked", () => {
    const network = networkWith(KEPT_FREE);
    expect({
      ...configuration(network, "k3s/agent.yaml"),
      ...configuration(network, "k3s/nodes/talos-worker-1.yaml"),
    }).toEqual({
      "token-file": "/etc/rancher/k3s/token",
      server: "https://172.16.1.50:6443",
      "node-name": "talos-worker-1",
      "node-ip": ["172.16.1.53"],
    });
  });

  test("have no file where there are none", () => {
    const { tree } = networkWith(edit(WORKER.replace(", proxmox: { host: pve4 }", ""), ""));
    expect([...tree.keys()]).not.toContain("k3s/agent.yaml");
  });
});

test("both families stand wherever one does", () => {
  const network = networkWith(...BOTH_FAMILIES);
  const server = configuration(network, "k3s/server.yaml");
  for (const key of ["cluster-cidr", "service-cidr", "cluster-dns", "tls-san"]) expect(server[key]).toHaveLength(2);
  expect(configuration(network, "k3s/nodes/talos-cp-2.yaml")["node-ip"]).toEqual(["172.16.1.51", "fd00:1::51"]);
});

test("metrics-server looks at the certificates that kubelets show", () => {
  const values = networkWith().tree.get("kubernetes/apps/kube-system/metrics-server/app/values.yaml" as never);
  expect(values?.content).not.toContain("insecure");
});

test("what it keeps to itself is ignored by git", () => {
  const ignored = catalog.platforms.find(({ id }) => id === "k3s")?.workstation?.ignored ?? [];
  const lines = networkWith()
    .tree.get(".gitignore" as never)
    ?.content.split("\n");
  for (const path of ignored) expect(lines).toContain(path);
  expect(ignored).toEqual(["k3s/token"]);
});
