/** How pods are counted, where no chart is needed for it. */
import { expect, test } from "vitest";
import { emitted } from "../fixtures/emitted.ts";
import { homes } from "../fixtures/homes.ts";
import { mebibytes, millicores } from "./requests.ts";
import { isCrowded, totalOf, workloadsOf } from "./sizes.ts";

const planOf = (home: string) => emitted(homes[home] ?? "").plan;
const requests = { cpu: "250m", memory: "1Gi" };

test.each([
  ["a single Pi with K3s", [1, 1, 1, 1]],
  ["three Pis with K3s", [3, 2, 1, 2]],
  ["the preset pi-calico-bgp", [12, 3, 1, 2]],
])("Calico's operator starts as many pods as there are machines for: %s", (home, pods) => {
  const plan = planOf(home);
  const container = { name: "calico-node", resources: { requests } };
  const installation = {
    apiVersion: "operator.tigera.io/v1",
    kind: "Installation",
    spec: {
      controlPlaneReplicas: Math.min(2, plan.nodes.length),
      calicoNodeDaemonSet: { spec: { template: { spec: { containers: [container] } } } },
    },
  };
  const found = workloadsOf(installation, plan);
  expect(found.map((workload) => workload.pods)).toEqual(pods);
  expect(found.filter(isCrowded)).toEqual([]);
  expect(totalOf(found)).toMatchObject({ cpu: 250 * plan.nodes.length, memory: 1024 * plan.nodes.length });
});

test("Flux's operator starts a pod for each controller it names", () => {
  const spec = { components: ["source-controller", "kustomize-controller"] };
  const found = workloadsOf(
    { apiVersion: "fluxcd.controlplane.io/v1", kind: "FluxInstance", spec },
    planOf("one Proxmox host"),
  );
  expect(totalOf(found)).toEqual({ pods: 2, cpu: 150, memory: 128 });
});

test("Prometheus's operator starts a pod for each object, with what follows its configuration", () => {
  const spec = { resources: { requests: { cpu: "100m", memory: "768Mi" } } };
  const found = ["Prometheus", "Alertmanager"].flatMap((kind) =>
    workloadsOf({ apiVersion: "monitoring.coreos.com/v1", kind, spec }, planOf("one Proxmox host")),
  );
  expect(totalOf(found)).toEqual({ pods: 2, cpu: 210, memory: 1584 });
});

test("pods for control planes, pods in files of machines and pods that only test are told apart", () => {
  const plan = planOf("one Proxmox host");
  const containers = [{ resources: { requests } }];
  const expressions = [{ key: "node-role.kubernetes.io/control-plane", operator: "Exists" }];
  const affinity = {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: expressions }] },
    },
  };
  const daemons = (pod: object) => ({ apiVersion: "apps/v1", kind: "DaemonSet", spec: { template: { spec: pod } } });
  const pod = (annotations: object) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "a", annotations },
    spec: { containers },
  });
  const counted = [
    daemons({ containers }),
    daemons({ containers, affinity, tolerations: [{ operator: "Exists" }] }),
    daemons({ containers, nodeSelector: { "kubernetes.io/os": "linux" } }),
    daemons({ containers, nodeSelector: { gpu: "nvidia" } }),
    pod({}),
    pod({ "helm.sh/hook": "test" }),
  ].map((object) => totalOf(workloadsOf(object, plan)).pods);
  expect(counted).toEqual([4, 3, 4, 0, 3, 0]);
});

test("more pods than machines are found where they refuse to share one, and amounts are read", () => {
  const [{ plan }] = [emitted(Object.values(homes)[0] ?? "")];
  const pod = (affinity: unknown) => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "a" },
    spec: {
      replicas: plan.nodes.length + 1,
      template: { spec: { affinity, containers: [{ resources: { requests: { cpu: "250m", memory: "1Gi" } } }] } },
    },
  });
  const term = { topologyKey: "kubernetes.io/hostname" };
  const apart = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
  const found = [pod(undefined), pod(apart)].flatMap((object) => workloadsOf(object, plan));
  expect(found.map(isCrowded)).toEqual([false, true]);
  expect(totalOf(found.slice(0, 1))).toMatchObject({ cpu: 250 * (plan.nodes.length + 1) });
  expect([millicores("1"), millicores("0.5"), mebibytes("512Ki"), mebibytes("1048576")]).toEqual([1000, 500, 0.5, 1]);
});
