/** Policies of whole namespaces: what is closed, and that nothing is by the way. */
import { asList, asMap, at } from "../../../src/model/unknown.ts";
import { objects, replaced, specOf, unless, valuesOf, type Check, type Files, type Found } from "./check.ts";

/** Where they lie, each namespace in a folder of its own. */
export const OF_NAMESPACES = /\/policies-[a-z0-9-]+\/app\//;
const DENY = /\/policies-[a-z0-9-]+\/app\/default-deny\.yaml$/;
const ALLOWED = /\/policies-[a-z0-9-]+\/app\/allowed\.yaml$/;

/** What homelab.yaml says of namespaces. */
export const denials = (files: Files): readonly unknown[] =>
  Object.values(asMap(at(specOf(files), "policies", "defaultDeny")));

const policiesIn = (files: Files): readonly Found[] =>
  objects(files).filter(({ path, object }) => OF_NAMESPACES.test(path) && object.kind.endsWith("NetworkPolicy"));
const nameOf = ({ object }: Found): string => String(at(object, "metadata", "name"));
const namespaceOf = ({ object }: Found): string => String(at(object, "metadata", "namespace"));
const named = (found: Found): string => `${found.path}: ${nameOf(found)}`;
const denying = (files: Files): readonly Found[] =>
  policiesIn(files).filter((found) => nameOf(found) === "default-deny");
const isSame = (value: unknown, other: unknown): boolean => JSON.stringify(value) === JSON.stringify(other);

/** Ports that all pods of a namespace may ask the resolver on. */
function asked(namespace: string, files: Files): readonly string[] {
  const every = policiesIn(files).filter(
    (found) =>
      namespaceOf(found) === namespace &&
      (isSame(at(found.object, "spec", "endpointSelector"), {}) ||
        isSame(at(found.object, "spec", "podSelector"), {}) ||
        at(found.object, "spec", "selector") === "all()"),
  );
  const rules = every
    .flatMap(({ object }) => asList(at(object, "spec", "egress")))
    .filter((rule) => /(?=.*kube-dns)(?=.*kube-system)/.test(JSON.stringify(rule)));
  const ports = rules.map((rule) => [
    ...asList(at(rule, "toPorts")).flatMap((one) => asList(at(one, "ports"))),
    ...asList(at(rule, "ports")),
    ...asList(at(rule, "destination", "ports")).map((port) => ({ port, protocol: at(rule, "protocol") })),
  ]);
  return ports.flat().map((one) => `${String(at(one, "port"))}/${String(at(one, "protocol"))}`);
}

export const closedNamespaces: readonly Check[] = [
  {
    id: "closed-namespaces-are-closed-both-ways",
    says: "each namespace that homelab.yaml closes has one policy for all of its pods that lets nothing through, in the words of its kind",
    about: (files) => denials(files).some((denial) => denial !== "none"),
    check(files) {
      const wanted = Object.entries(asMap(at(specOf(files), "policies", "defaultDeny")));
      return wanted.flatMap(([namespace, denial]) => {
        const found = denying(files).find((one) => namespaceOf(one) === namespace);
        if (found === undefined) return unless(denial === "none", `${namespace} is open`);
        const { kind, spec } = found.object as unknown as { kind: string; spec: unknown };
        const staged = kind === "StagedKubernetesNetworkPolicy";
        const says =
          kind === "CiliumNetworkPolicy"
            ? isSame(at(spec, "ingress"), [{}]) &&
              isSame(at(spec, "egress"), [{}]) &&
              isSame(at(spec, "endpointSelector"), {})
            : isSame(at(spec, "policyTypes"), ["Ingress", "Egress"]) &&
              isSame(at(spec, "podSelector"), {}) &&
              at(spec, "ingress") === undefined &&
              at(spec, "egress") === undefined;
        return [
          ...unless(says, `${named(found)} closes something else`),
          ...unless(kind === "CiliumNetworkPolicy" || staged === (denial === "audit"), `${named(found)}: ${kind}`),
        ];
      });
    },
    broken: [
      (files) => replaced(files, DENY, "  egress:\n    - {}\n", "  egress: []\n"),
      (files) => replaced(files, DENY, "    - Egress\n", ""),
      (files) => replaced(files, DENY, "  podSelector: {}\n", "  podSelector:\n    matchLabels: { app: web }\n"),
      (files) => replaced(files, DENY, "kind: StagedKubernetesNetworkPolicy", "kind: NetworkPolicy"),
    ],
  },
  {
    id: "closed-namespaces-ask-for-names",
    says: "every pod of a closed namespace may ask the resolver, by UDP and by TCP",
    about: (files) => denying(files).length > 0,
    check: (files) =>
      denying(files).flatMap((found) =>
        ["53/UDP", "53/TCP"]
          .filter((port) => !asked(namespaceOf(found), files).includes(port))
          .map((port) => `${namespaceOf(found)}: ${port}`),
      ),
    broken: [
      (files) => replaced(files, DENY, /kube-dns/g, "coredns"),
      (files) => replaced(files, DENY, "protocol: UDP", "protocol: SCTP"),
    ],
  },
  {
    id: "what-is-allowed-closes-nothing",
    says: "Cilium and Calico let through what is allowed and close nothing by it",
    about: (files) =>
      policiesIn(files).length > 0 && ["cilium", "calico"].some((cni) => valuesOf(files, cni) !== undefined),
    check(files) {
      const handsOn = objects(files, "Tier").filter(({ object }) => at(object, "spec", "defaultAction") === "Pass");
      const tiers = handsOn.map(nameOf);
      return policiesIn(files)
        .filter((found) => nameOf(found) !== "default-deny")
        .flatMap((found) => {
          const spec = at(found.object, "spec");
          const open =
            found.object.kind === "CiliumNetworkPolicy"
              ? isSame(at(spec, "enableDefaultDeny"), { ingress: false, egress: false })
              : tiers.includes(String(at(spec, "tier"))) && nameOf(found).startsWith(`${String(at(spec, "tier"))}.`);
          return unless(open, named(found));
        });
    },
    broken: [
      (files) => replaced(files, ALLOWED, "    egress: false\n", "    egress: true\n"),
      (files) => replaced(files, ALLOWED, "  tier: allowed\n", ""),
      (files) => replaced(files, /\/calico\/tiers\/tier\.yaml$/, "defaultAction: Pass", "defaultAction: Deny"),
    ],
  },
  {
    id: "cilium-looks-where-a-namespace-is-looked-at",
    says: "the agents of Cilium only look while a namespace is to be looked at",
    about: (files) => valuesOf(files, "cilium") !== undefined && denials(files).includes("audit"),
    check: (files) => unless(valuesOf(files, "cilium")?.["policyAuditMode"] === true, "policyAuditMode"),
    broken: (files) =>
      replaced(files, /\/cilium\/app\/values\.yaml$/, "policyAuditMode: true", "policyAuditMode: false"),
  },
  {
    id: "calico-shows-what-it-looks-at",
    says: "flows are kept and shown where Calico looks at a namespace",
    about: (files) => valuesOf(files, "calico") !== undefined && denials(files).includes("audit"),
    check: (files) =>
      ["goldmane", "whisker"].flatMap((part) =>
        unless(at(valuesOf(files, "calico"), part, "enabled") === true, `${part} is off`),
      ),
    broken: (files) =>
      replaced(files, /\/calico\/app\/values\.yaml$/, /goldmane:\n {2}enabled: true/, "goldmane:\n  enabled: false"),
  },
];
