/** Pods that are written here, and what namespaces allow: least privilege, and nothing that keeps a node from being emptied. */
import { describe, expect, it } from "vitest";
import { asList, asMap, at } from "../../src/model/unknown.ts";
import { emittedNetworks, type Emitted } from "../fixtures/emitted.ts";
import { readManifests, type KubernetesObject } from "../support/manifests.ts";
import { containersOf, podOf, refusedByBaseline, refusedByRestricted } from "../support/podSecurity.ts";

interface Found {
  readonly path: string;
  readonly object: KubernetesObject;
}

/** Objects that are applied: below kubernetes, but for what charts and kustomize read. */
const objectsIn = ({ tree, prefix }: Emitted): readonly Found[] =>
  [...tree]
    .filter(
      ([path]) =>
        path.startsWith(`${prefix}kubernetes/`) &&
        path.endsWith(".yaml") &&
        !/\/(?:values[^/]*|kustomizeconfig)\.yaml$/.test(path),
    )
    .flatMap(([path, { content }]) =>
      readManifests(content, path)
        .filter(({ kind }) => typeof kind === "string")
        .map((object) => ({ path, object })),
    );

/** What each level refuses. */
const REFUSED: Readonly<Record<string, (pod: unknown) => readonly string[]>> = {
  privileged: () => [],
  baseline: refusedByBaseline,
  restricted: refusedByRestricted,
};

const levels = (found: readonly Found[]): ReadonlyMap<string, string> =>
  new Map(
    found.flatMap(({ object: { kind, metadata } }) =>
      kind === "Namespace"
        ? [[metadata?.name ?? "", String(asMap(metadata?.["labels"])["pod-security.kubernetes.io/enforce"] ?? "")]]
        : [],
    ),
  );

/** The folder of a namespace, for what says none itself. */
const namespaceOf = ({ path, object }: Found): string =>
  object.metadata?.namespace ?? /kubernetes\/apps\/([^/]+)\//.exec(path)?.[1] ?? "";

const ON_NODE =
  "it writes the configuration of the pod network on the node, as root and privileged (multus-cni, deployments)";
const DEVICES = "kubelet and the devices of the node are root's";
const UNTRIED = "upstream's manifest has none, and no node with such a card was there to try it";

/** Why a pod is not as narrow as it could be. */
const ALLOWED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["multus", "multus-dhcp"].flatMap((name) =>
      ["runAsNonRoot", "readOnlyRootFilesystem", "allowPrivilegeEscalation", "drop ALL", "seccomp"].map(
        (what) => [`${name}: ${what}`, ON_NODE] as const,
      ),
    ),
  ),
  "intel-gpu-plugin: runAsNonRoot": DEVICES,
  "amd-gpu-plugin: runAsNonRoot": DEVICES,
  "amd-gpu-plugin: readOnlyRootFilesystem": UNTRIED,
  "amd-gpu-plugin: seccomp": UNTRIED,
};

const narrow = (pod: unknown): readonly string[] => [
  ...containersOf(pod).flatMap((container) => {
    const context = at(container, "securityContext");
    const over = (key: string): unknown => at(context, key) ?? at(pod, "securityContext", key);
    return [
      ...(over("runAsNonRoot") === true ? [] : ["runAsNonRoot"]),
      ...(at(context, "readOnlyRootFilesystem") === true ? [] : ["readOnlyRootFilesystem"]),
      ...(at(context, "allowPrivilegeEscalation") === false ? [] : ["allowPrivilegeEscalation"]),
      ...(asList(at(context, "capabilities", "drop")).includes("ALL") ? [] : ["drop ALL"]),
      ...(at(over("seccompProfile"), "type") === "RuntimeDefault" ? [] : ["seccomp"]),
      ...(at(container, "resources", "requests") === undefined ? ["requests"] : []),
    ];
  }),
  ...(at(pod, "automountServiceAccountToken") === false || at(pod, "serviceAccountName") !== undefined
    ? []
    : ["automountServiceAccountToken"]),
];

describe.each(emittedNetworks)("$name", (network) => {
  const found = objectsIn(network);
  it("says of every namespace of its own what pods in it may be", () => {
    expect([...levels(found)].filter(([, level]) => !Object.hasOwn(REFUSED, level))).toEqual([]);
  });
  it("has no pod that its namespace refuses", () => {
    const refused = found.flatMap((one) => {
      const pod = podOf(one.object);
      const level = levels(found).get(namespaceOf(one)) ?? "privileged";
      return pod === undefined ? [] : (REFUSED[level]?.(pod) ?? []).map((why) => `${one.path}: ${why}`);
    });
    expect(refused).toEqual([]);
  });
  it("writes pods as narrow as they can be", () => {
    const wide = found.flatMap((one) => {
      const pod = podOf(one.object);
      return pod === undefined ? [] : narrow(pod).map((why) => `${one.object.metadata?.name}: ${why}`);
    });
    expect([...new Set(wide)].filter((one) => ALLOWED[one] === undefined)).toEqual([]);
  });
});

describe("the checks", () => {
  const found = emittedNetworks.flatMap((network) => objectsIn(network));
  const pods = found.map(({ object }) => ({ name: object.metadata?.name ?? "", pod: podOf(object) }));
  it("allow nothing that no pod needs any more", () => {
    const wide = new Set(
      pods.flatMap(({ name, pod }) => (pod === undefined ? [] : narrow(pod).map((why) => `${name}: ${why}`))),
    );
    expect(Object.keys(ALLOWED).filter((one) => !wide.has(one))).toEqual([]);
  });
  it("find a pod that may do anything", () => {
    expect(narrow({ containers: [{}] })).toHaveLength(7);
    const wide = {
      hostNetwork: true,
      volumes: [{ hostPath: { path: "/" } }],
      containers: [
        {
          ports: [{ hostPort: 80 }],
          securityContext: { privileged: true, capabilities: { add: ["SYS_ADMIN", "CHOWN"] } },
        },
      ],
    };
    expect(refusedByBaseline(wide)).toEqual(["hostNetwork", "hostPath", "hostPort", "privileged", "SYS_ADMIN"]);
    expect(refusedByRestricted({ volumes: [{ name: "a", nfs: {} }], containers: [{}] })).toEqual([
      "nfs",
      "may be root",
      "no seccomp",
      "may gain privileges",
      "keeps capabilities",
    ]);
  });
});
