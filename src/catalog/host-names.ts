import { z } from "zod";
import { gatewayNamespaces, HOST_NAMES, mapNamespace, ownersOf, SHARED } from "../model/claims.ts";
import type { Component } from "../model/component.ts";
import type { Plan } from "../model/plan.ts";
import { nameKey, type NamedKind } from "../model/routeNames.ts";
import type { KubernetesObject } from "../model/unit.ts";

const ADMISSION = "admissionregistration.k8s.io/v1";

/** The API server itself refuses a route; a policy for each dialect that the gateways read, one map for all. */
export const hostNames: Component<Record<string, never>> = {
  id: HOST_NAMES,
  title: "Owners of host names",
  summary: "refuses routes with a host name of another namespace; a policy of the API server, no pods",
  options: z.strictObject({}),
  needed: ({ gateways }) => gateways.length > 0,
  ofAll: true,
  begins: () => [],
  units: (plan) => {
    const namespace = mapNamespace(plan);
    if (namespace === undefined) return [];
    return [
      {
        id: HOST_NAMES,
        component: HOST_NAMES,
        namespace,
        objects: {
          "configmap.yaml": [mapOf(namespace, plan)],
          "policies.yaml": kindsOf(plan).flatMap((kind) => [policyOf(kind), bindingOf(kind, namespace, plan)]),
        },
        view: {},
      },
    ];
  },
  docs: {
    template: "components/host-names/docs.md",
    fragments: { troubleshooting: "components/host-names/troubleshooting.md" },
    view: docsView,
  },
};

/** Of all gateways, each once. */
const kindsOf = (plan: Plan): readonly NamedKind[] => [
  ...new Map(
    plan.gateways
      .flatMap(({ component }) => plan.chosen.find((chosen) => chosen.component.id === component) ?? [])
      .flatMap(({ component }) => component.gateways?.namedKinds(plan) ?? [])
      .map((kind) => [kind.id, kind]),
  ).values(),
];

const policyName = ({ id }: NamedKind): string => `${HOST_NAMES}-${id}`;

const mapOf = (namespace: string, plan: Plan): KubernetesObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: HOST_NAMES, namespace },
  data: Object.fromEntries(
    [...ownersOf(plan)]
      .map(([host, owners]) => [nameKey(host), owners.join(SHARED)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ),
});

/** Whoever had a name before somebody claimed it keeps it: an object that is there can always be changed. */
const before = (list: string): string => `request.operation == 'UPDATE' ? ${list} : []`;

const keys = (list: string): string => `${list}.map(name, name.lowerAscii().replace('*', '_'))`;

const TAKEN = [
  "variables.asked.filter(name, !(name in variables.had) && (name in variables.names",
  // Said of this very name.
  "? name in variables.others",
  // Said of the narrowest wildcard that stands for it,
  ": variables.wildcards.exists(wide, wide in variables.others && name.endsWith(wide.substring(1))",
  "&& !variables.wildcards.exists(other, other.size() > wide.size() && name.endsWith(other.substring(1))))",
  // or of a name that it stands for.
  "|| variables.others.exists(other, name == '_' && other != '_' || name.startsWith('_.') && other.endsWith(name.substring(1)))))",
].join(" ");

const MATCHED =
  "variables.patterns.filter(pattern, !(pattern in variables.hadPatterns) && variables.others.exists(name, name.matches(pattern)))";

const OWNER =
  "(name in variables.names ? name.replace('_', '*') + ' is a name of namespace ' + variables.names[name].replace(',', ' and ') : name.replace('_', '*') + ' stands for names of other namespaces')";

/**
 * Errors refuse (`Fail`): a route that provokes one would else be past the policy. Without the map nothing is claimed and
 * everything passes (Kubernetes documentation, Validating Admission Policy: failurePolicy, parameterNotFoundAction).
 */
function policyOf(kind: NamedKind): KubernetesObject {
  const { group, resources, asked, patterns } = kind;
  const lists =
    patterns === undefined
      ? []
      : [
          { name: "patterns", expression: patterns("object") },
          { name: "hadPatterns", expression: before(patterns("oldObject")) },
          { name: "matched", expression: MATCHED },
        ];
  return {
    apiVersion: ADMISSION,
    kind: "ValidatingAdmissionPolicy",
    metadata: { name: policyName(kind) },
    spec: {
      failurePolicy: "Fail",
      paramKind: { apiVersion: "v1", kind: "ConfigMap" },
      matchConstraints: {
        resourceRules: [
          { apiGroups: [group], apiVersions: ["*"], operations: ["CREATE", "UPDATE"], resources: [...resources] },
        ],
      },
      variables: [
        { name: "names", expression: "has(params.data) ? params.data : {}" },
        { name: "wildcards", expression: "variables.names.filter(name, name.startsWith('_.'))" },
        {
          name: "others",
          expression: `variables.names.filter(name, !(request.namespace in variables.names[name].split('${SHARED}')))`,
        },
        { name: "asked", expression: keys(asked("object")) },
        { name: "had", expression: before(keys(asked("oldObject"))) },
        { name: "taken", expression: TAKEN },
        ...lists,
      ],
      validations: [
        {
          expression: "variables.taken.size() == 0",
          reason: "Forbidden",
          messageExpression: `variables.taken.map(name, ${OWNER}).join(', ') + '; policies.names in homelab.yaml says whose a name is'`,
        },
        ...(patterns === undefined
          ? []
          : [
              {
                expression: "variables.matched.size() == 0",
                reason: "Forbidden",
                messageExpression:
                  "variables.matched.join(', ') + ' stands for names of other namespaces; policies.names in homelab.yaml says whose a name is'",
              },
            ]),
      ],
    },
  };
}

const bindingOf = (kind: NamedKind, namespace: string, plan: Plan): KubernetesObject => ({
  apiVersion: ADMISSION,
  kind: "ValidatingAdmissionPolicyBinding",
  metadata: { name: policyName(kind) },
  spec: {
    policyName: policyName(kind),
    paramRef: { name: HOST_NAMES, namespace, parameterNotFoundAction: "Allow" },
    // Certificates of all names are there: whoever may write there needs no route.
    matchResources: {
      namespaceSelector: {
        matchExpressions: [
          { key: "kubernetes.io/metadata.name", operator: "NotIn", values: [...gatewayNamespaces(plan)] },
        ],
      },
    },
    validationActions: ["Deny"],
  },
});

function docsView(plan: Plan) {
  return {
    namespace: mapNamespace(plan) ?? "",
    gateways: [...gatewayNamespaces(plan)],
    kinds: kindsOf(plan).map((kind) => ({ policy: policyName(kind), resources: kind.resources.join(", ") })),
    limits: kindsOf(plan).flatMap(({ limit }) => limit ?? []),
    example: `photos.${plan.domains[0]}`,
  };
}
