/**
 * What Kubernetes tries pod networks with: all pods of three namespaces against all, on two ports of two protocols, as a
 * truth table (kubernetes e2e, test/e2e/network/netpol; mattfenwick/cyclonus, pkg/generator/upstreame2ecases.go).
 */
import { describe, expect, it } from "vitest";
import { ALL, NAMES, NAMESPACES, worldOf } from "./cases/case.ts";
import { verdict } from "./verdict.ts";
import type { World } from "./world.ts";

interface Try {
  readonly from: { readonly ns: string; readonly pod: string };
  readonly to: { readonly ns: string; readonly pod: string };
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
}

interface Row {
  readonly name: string;
  readonly objects: readonly [namespace: string, spec: string][];
  readonly world?: (usual: World) => World;
  passes(one: Try): boolean;
}

const A = "podSelector: { matchLabels: { pod: a } }";
const isA = ({ to }: Try): boolean => to.ns === "shop" && to.pod === "a";
const fromNs = (ns: string): string => `from: [{ namespaceSelector: { matchLabels: { ns: ${ns} } } }]`;

const rows: readonly Row[] = [
  {
    name: "default deny of ingress",
    objects: [["shop", "{ podSelector: {}, policyTypes: [Ingress], ingress: [] }"]],
    passes: ({ to }) => to.ns !== "shop",
  },
  {
    name: "default deny of everything but the resolver",
    objects: [
      [
        "shop",
        "{ podSelector: {}, policyTypes: [Egress, Ingress], egress: [{ ports: [{ protocol: UDP, port: 53 }] }] }",
      ],
    ],
    passes: ({ from, to }) => to.ns !== "shop" && from.ns !== "shop",
  },
  {
    name: "selectors of pods and namespaces together",
    objects: [
      [
        "shop",
        `{ ${A}, ingress: [{ from: [{ namespaceSelector: { matchExpressions: [{ key: ns, operator: NotIn, values: [shop] }] }, podSelector: { matchExpressions: [{ key: pod, operator: In, values: [b, c] }] } }] }] }`,
      ],
    ],
    passes: (one) => !isA(one) || (one.from.ns !== "shop" && one.from.pod !== "a"),
  },
  {
    name: "policies on top of each other, the first",
    objects: [["shop", `{ ${A}, ingress: [{ ${fromNs("bank")}, ports: [{ port: 81, protocol: TCP }] }] }`]],
    passes: (one) => !isA(one) || (one.from.ns === "bank" && one.port === 81 && one.protocol === "TCP"),
  },
  {
    name: "policies on top of each other, both",
    objects: [
      ["shop", `{ ${A}, ingress: [{ ${fromNs("bank")}, ports: [{ port: 81, protocol: TCP }] }] }`],
      ["shop", `{ ${A}, ingress: [{ ${fromNs("bank")}, ports: [{ port: 80, protocol: TCP }] }] }`],
    ],
    passes: (one) => !isA(one) || (one.from.ns === "bank" && one.protocol === "TCP"),
  },
  {
    name: "a policy that allows everything",
    objects: [["shop", "{ podSelector: {}, policyTypes: [Ingress], ingress: [{}] }"]],
    passes: () => true,
  },
  {
    name: "ingress on one named port",
    objects: [["shop", "{ podSelector: {}, policyTypes: [Ingress], ingress: [{ ports: [{ port: serve-81-tcp }] }] }"]],
    passes: ({ to, port, protocol }) => to.ns !== "shop" || (port === 81 && protocol === "TCP"),
  },
  {
    name: "a namespace whose labels were changed",
    objects: [["shop", `{ ${A}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { ns2: updated } } }] }] }`]],
    world: (world) => ({
      ...world,
      namespaces: world.namespaces.map((one) =>
        one.name === "bank" ? { ...one, labels: { ...one.labels, ns2: "updated" } } : one,
      ),
    }),
    passes: (one) => !isA(one) || one.from.ns === "bank",
  },
  {
    name: "a pod whose labels were changed",
    objects: [["shop", `{ ${A}, ingress: [{ from: [{ podSelector: { matchLabels: { pod: b, pod2: updated } } }] }] }`]],
    world: (world) => ({
      ...world,
      pods: world.pods.map((pod) =>
        pod.name === "b" && pod.namespace === "shop" ? { ...pod, labels: { ...pod.labels, pod2: "updated" } } : pod,
      ),
    }),
    passes: (one) => !isA(one) || (one.from.ns === "shop" && one.from.pod === "b"),
  },
  {
    name: "a pod that is closed once its labels say so",
    objects: [["shop", "{ podSelector: { matchLabels: { target: isolated } }, policyTypes: [Ingress] }"]],
    world: (world) => ({
      ...world,
      pods: world.pods.map((pod) =>
        pod.name === "a" && pod.namespace === "shop" ? { ...pod, labels: { target: "isolated" } } : pod,
      ),
    }),
    passes: (one) => !isA(one),
  },
  {
    name: "ingress and egress in one policy",
    objects: [
      [
        "shop",
        `{ ${A}, policyTypes: [Ingress, Egress], ingress: [{ from: [{ podSelector: { matchLabels: { pod: b } } }] }], egress: [{ ports: [{ port: 80 }, { protocol: UDP, port: 53 }] }] }`,
      ],
    ],
    passes: (one) =>
      (!isA(one) || (one.from.ns === "shop" && one.from.pod === "b")) &&
      (one.from.ns !== "shop" || one.from.pod !== "a" || (one.port === 80 && one.protocol === "TCP")),
  },
  {
    name: "egress that is denied though the other side lets it in",
    objects: [
      [
        "shop",
        `{ ${A}, policyTypes: [Egress], egress: [{ to: [{ namespaceSelector: { matchLabels: { ns: bank } }, podSelector: { matchLabels: { pod: a } } }] }, { ports: [{ protocol: UDP, port: 53 }] }] }`,
      ],
      ...(["a", "b"] as const).map((pod): [string, string] => [
        "bank",
        `{ podSelector: { matchLabels: { pod: ${pod} } }, ingress: [{ from: [{ namespaceSelector: { matchLabels: { ns: shop } }, podSelector: { matchLabels: { pod: a } } }] }] }`,
      ]),
    ],
    passes: ({ from, to }) => {
      const isSender = from.ns === "shop" && from.pod === "a";
      if (isSender) return to.ns === "bank" && to.pod === "a";
      return to.ns !== "bank" || to.pod === "c";
    },
  },
  {
    name: "everything is denied",
    objects: [["shop", "{ podSelector: {}, policyTypes: [Ingress, Egress] }"]],
    passes: ({ from, to }) => from.ns !== "shop" && to.ns !== "shop",
  },
  { name: "and open again once the policy is gone", objects: [], passes: () => true },
];

const everybody = NAMESPACES.flatMap((ns) => NAMES.map((pod) => ({ ns, pod })));
const tries: readonly Try[] = everybody.flatMap((from) =>
  everybody.flatMap((to) =>
    ([80, 81] as const).flatMap((port) => (["TCP", "UDP"] as const).map((protocol) => ({ from, to, port, protocol }))),
  ),
);

describe.each(ALL)("the conformance of $cni", (datapath) => {
  it.each(rows)("$name", ({ objects, passes, world: change }) => {
    const yaml = objects
      .map(
        ([namespace, spec], index) =>
          `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: p${index}, namespace: ${namespace} }\nspec: ${spec}\n`,
      )
      .join("");
    const world = worldOf(datapath, yaml, change);
    const wrong = tries.filter((one) => {
      const { from, to, port, protocol } = one;
      const { allowed } = verdict(world, {
        from: { namespace: from.ns, pod: from.pod },
        to: { namespace: to.ns, pod: to.pod },
        port,
        protocol,
      });
      // What a pod says to itself is no concern of policies.
      return allowed !== (from === to || passes(one));
    });
    expect(wrong).toEqual([]);
  });
});
