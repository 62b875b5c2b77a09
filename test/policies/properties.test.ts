/** What holds for policies of any content. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALL, CALICO, NAMES, NAMESPACES, worldOf } from "./cases/case.ts";
import { verdict } from "./verdict.ts";
import type { Connection, Datapath, World } from "./world.ts";

const podLabels = fc.constantFrom({}, { pod: "a" }, { pod: "b" }, { pod: "c" }, { pod: "nobody" });
const podSelector = fc.oneof(
  podLabels.map((matchLabels) => ({ matchLabels })),
  fc
    .subarray([...NAMES], { minLength: 1 })
    .chain((values) =>
      fc.constantFrom("In", "NotIn").map((operator) => ({ matchExpressions: [{ key: "pod", operator, values }] })),
    ),
  fc.constantFrom("Exists", "DoesNotExist").map((operator) => ({ matchExpressions: [{ key: "pod", operator }] })),
);
const namespaceSelector = fc.oneof(
  fc.constant({}),
  fc.constantFrom(...NAMESPACES).map((ns) => ({ matchLabels: { ns } })),
  fc.subarray([...NAMESPACES], { minLength: 1 }).map((values) => ({
    matchExpressions: [{ key: "ns", operator: "NotIn", values }],
  })),
);
/** Of somebody outside: what an address of the cluster is, pod networks do not agree on. */
const ipBlock = fc.constantFrom(
  { cidr: "203.0.113.0/24" },
  { cidr: "203.0.113.0/24", except: ["203.0.113.10/32"] },
  { cidr: "192.168.1.0/24" },
);
const peer = fc.oneof(
  podSelector.map((one) => ({ podSelector: one })),
  namespaceSelector.map((one) => ({ namespaceSelector: one })),
  fc.record({ podSelector, namespaceSelector }),
  ipBlock.map((one) => ({ ipBlock: one })),
);
const port = fc.oneof(
  fc.record({ port: fc.constantFrom(80, 81), protocol: fc.constantFrom("TCP", "UDP") }),
  fc.record({ protocol: fc.constantFrom("TCP", "UDP") }),
  fc.constant({ port: 80, endPort: 90 }),
  fc.constantFrom("serve-80-tcp", "serve-81-tcp").map((name) => ({ port: name, protocol: "TCP" })),
);
const few = <Value>(one: fc.Arbitrary<Value>) => fc.array(one, { maxLength: 2 });
const spec = fc.oneof(
  fc.record({
    podSelector,
    policyTypes: fc.constant(["Ingress"]),
    ingress: few(fc.record({ from: few(peer), ports: few(port) })),
  }),
  fc.record({
    podSelector,
    policyTypes: fc.constant(["Egress"]),
    egress: few(fc.record({ to: few(peer), ports: few(port) })),
  }),
  fc.record({ podSelector, policyTypes: fc.constant(["Ingress", "Egress"]) }),
);
const policies = fc
  .array(fc.record({ namespace: fc.constantFrom(...NAMESPACES), spec }), { minLength: 1, maxLength: 4 })
  .map((all) =>
    all.map((one, index) => ({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: `policy-${index}`, namespace: one.namespace },
      spec: one.spec,
    })),
  );

const pod = fc.record({ namespace: fc.constantFrom(...NAMESPACES), pod: fc.constantFrom(...NAMES) });
const anybody = fc.oneof(
  { weight: 4, arbitrary: pod },
  { weight: 1, arbitrary: fc.constantFrom({ node: "cp" }, { node: "w1" }, { node: "w2" }) },
  { weight: 1, arbitrary: fc.constantFrom({ outside: "internet" }, { outside: "laptop" }) },
);
const connection = fc
  .record({
    from: anybody,
    to: anybody,
    port: fc.constantFrom(80, 81, 82),
    protocol: fc.constantFrom("TCP", "UDP", "ICMP"),
  })
  .filter(({ from, to }) => "pod" in from || "pod" in to);

const withObjects = (datapath: Datapath, objects: readonly unknown[]): World => ({ ...worldOf(datapath, ""), objects });
const passes = (datapath: Datapath, objects: readonly unknown[], one: Connection): boolean =>
  verdict(withObjects(datapath, objects), one).allowed;

const runs = { numRuns: 300, seed: 7 };

describe("policies of Kubernetes", () => {
  it("mean the same to all pod networks", () => {
    fc.assert(
      fc.property(policies, connection, (objects, one) => {
        const [expected, ...others] = ALL.map((datapath) => passes(datapath, objects, one));
        expect(others).toEqual(others.map(() => expected));
      }),
      { ...runs, numRuns: 1000 },
    );
  });

  it.each(ALL)("add up, whatever their order, with $cni", (datapath) => {
    fc.assert(
      fc.property(policies, connection, (objects, one) => {
        expect(passes(datapath, objects.toReversed(), one)).toBe(passes(datapath, objects, one));
      }),
      runs,
    );
  });

  it.each(ALL)("change nothing for pods they do not select, with $cni", (datapath) => {
    const about = {
      podSelector: { matchLabels: { pod: "nobody" } },
      policyTypes: ["Ingress", "Egress"],
    };
    fc.assert(
      fc.property(policies, fc.constantFrom(...NAMESPACES), connection, (objects, namespace, one) => {
        const more = { ...objects[0], metadata: { name: "more", namespace }, spec: about };
        expect(passes(datapath, [...objects, more], one)).toBe(passes(datapath, objects, one));
      }),
      runs,
    );
  });

  it.each(ALL)("only ever let more through once a pod is closed, with $cni", (datapath) => {
    const closed = NAMESPACES.map((namespace) => ({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "closed", namespace },
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    }));
    fc.assert(
      fc.property(policies, connection, (objects, one) => {
        fc.pre(passes(datapath, closed, one) || passes(datapath, [...closed, ...objects.slice(1)], one));
        expect(passes(datapath, [...closed, ...objects], one)).toBe(true);
      }),
      { ...runs, numRuns: 60 },
    );
  });
});

describe("policies of Calico that are staged", () => {
  it("enforce nothing", () => {
    fc.assert(
      fc.property(policies, connection, (objects, one) => {
        const staged = objects.map((object) => ({
          ...object,
          apiVersion: "projectcalico.org/v3",
          kind: "StagedKubernetesNetworkPolicy",
        }));
        const { allowed, stagedWouldDeny } = verdict(withObjects(CALICO, staged), one);
        expect(allowed).toBe(true);
        expect(stagedWouldDeny).toBe(!passes(CALICO, objects, one));
      }),
      runs,
    );
  });
});
