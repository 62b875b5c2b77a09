/** A server that stands where the cluster of a network would: its Services, its Pod Security, its definitions. */
import { afterAll, beforeAll } from "vitest";
import { crdFiles, requireComponents } from "../support/components.ts";
import { startControlPlane, type ControlPlane } from "../support/controlPlane.ts";
import type { KubernetesObject } from "../support/manifests.ts";
import type { RunResult } from "../support/run.ts";
import { BROUGHT } from "../support/schemas/custom.ts";

// What Talos writes for every API server (Talos documentation, Pod Security, "Default PSA Configuration").
export const ADMISSION = {
  apiVersion: "apiserver.config.k8s.io/v1",
  kind: "AdmissionConfiguration",
  plugins: [
    {
      name: "PodSecurity",
      configuration: {
        apiVersion: "pod-security.admission.config.k8s.io/v1",
        kind: "PodSecurityConfiguration",
        defaults: {
          enforce: "baseline",
          "enforce-version": "latest",
          audit: "restricted",
          "audit-version": "latest",
          warn: "restricted",
          "warn-version": "latest",
        },
        exemptions: { usernames: [], runtimeClasses: [], namespaces: ["kube-system"] },
      },
    },
  ],
};

export interface Verdict {
  /** One for each object that was not taken. */
  readonly refused: readonly string[];
  /** Also of what Pod Security would refuse at the level `restricted`, which Talos enforces nowhere by itself. */
  readonly warnings: readonly string[];
  /** Objects that were. */
  readonly taken: number;
}

export interface Release {
  readonly namespace: string;
  readonly objects: readonly KubernetesObject[];
}

export interface Server {
  /** Judged as if applied by the engine, with unknown fields refused, and not kept. */
  judge(manifests: string | readonly KubernetesObject[]): Promise<Verdict>;
  /** Those of releases: what names no namespace goes into the one of its release. */
  judgeReleases(releases: readonly Release[]): Promise<Verdict>;
  /** The same, and kept. */
  keep(manifests: string | readonly KubernetesObject[]): Promise<void>;
  /** What would be stored. */
  stored(object: KubernetesObject): Promise<KubernetesObject>;
}

interface Options {
  readonly services: string;
  /** Networks of Services it has beside that, each of one family. */
  readonly more?: readonly string[];
}

/** One server for the tests of a file. */
export function serverFor({ more = [], ...options }: Options): Server {
  let plane: ControlPlane | undefined;
  const apply = async (manifests: string | readonly KubernetesObject[], ...flags: readonly string[]) => {
    if (plane === undefined) throw new Error("the server is used before it is there");
    return plane.kubectl(
      ["apply", "--server-side", "--force-conflicts", "--validate=strict", "--filename=-", ...flags],
      // Not as one List: of that kubectl would judge the fields itself, by what it knows of the schemas.
      typeof manifests === "string" ? manifests : manifests.map((object) => JSON.stringify(object)).join("\n"),
    );
  };
  beforeAll(async () => {
    plane = await startControlPlane({ ...options, admission: ADMISSION });
    await installDefinitions(plane);
    for (const services of more) await addServices(plane, services);
  }, 300_000);
  afterAll(() => plane?.stop());
  const judge = async (manifests: string | readonly KubernetesObject[], ...flags: readonly string[]) =>
    manifests.length === 0
      ? { refused: [], warnings: [], taken: 0 }
      : verdictOf(await apply(manifests, "--dry-run=server", "--output=name", ...flags));
  return {
    judge: (manifests) => judge(manifests),
    async judgeReleases(releases) {
      const isPlaced = ({ metadata }: KubernetesObject): boolean => metadata?.namespace !== undefined;
      const all = releases.flatMap(({ objects }) => objects);
      const verdicts = [await judge(all.filter(isPlaced))];
      for (const namespace of new Set(releases.map((release) => release.namespace))) {
        const here = releases.filter((release) => release.namespace === namespace);
        const objects = here.flatMap((release) => release.objects.filter((object) => !isPlaced(object)));
        verdicts.push(await judge(objects, `--namespace=${namespace}`));
      }
      return {
        refused: verdicts.flatMap(({ refused }) => refused),
        warnings: verdicts.flatMap(({ warnings }) => warnings),
        taken: verdicts.reduce((total, { taken }) => total + taken, 0),
      };
    },
    async keep(manifests) {
      if (manifests.length === 0) return;
      const { code, stderr } = await apply(manifests);
      if (code !== 0) throw new Error(stderr);
    },
    async stored(object) {
      const { code, stdout, stderr } = await apply([object], "--dry-run=server", "--output=json");
      if (code !== 0) throw new Error(stderr);
      return JSON.parse(stdout) as KubernetesObject;
    },
  };
}

function verdictOf({ stdout, stderr }: RunResult): Verdict {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  const isWarning = (line: string): boolean => line.startsWith("Warning:");
  return {
    refused: lines.filter((line) => !isWarning(line)),
    warnings: lines.filter((line) => isWarning(line)),
    taken: stdout.split("\n").filter((line) => line !== "").length,
  };
}

/** Of what the networks here install. The others would keep the server busy for a minute. */
const COMPONENTS = [
  "argo-cd",
  "calico",
  "cert-manager",
  "cilium",
  "envoy-gateway",
  "external-dns",
  "external-secrets",
  "flux",
  "flux-operator",
  // The channel that the emitted repository fetches.
  "gateway-api-standard",
  "k3s",
  "longhorn",
  "metallb",
  "multus",
  "prometheus-operator-crds",
  "sealed-secrets",
  "snapshot-controller",
  "sops-secrets-operator",
  "step-issuer",
  "system-upgrade-controller",
  "tailscale-operator",
  "traefik",
  "vault-secrets-operator",
];

async function installDefinitions(plane: ControlPlane): Promise<void> {
  const files = [...crdFiles(requireComponents(), COMPONENTS), BROUGHT];
  const install = (...args: readonly string[]): Promise<void> => succeed(plane, args);
  await install("apply", "--server-side", "--validate=strict", ...files.map((file) => `--filename=${file}`));
  await install("wait", "--for=condition=Established", "crd", "--all", "--timeout=100s");
}

async function succeed({ kubectl }: ControlPlane, args: readonly string[], input?: string): Promise<void> {
  const { code, stderr } = await kubectl(args, input);
  if (code !== 0) throw new Error(stderr);
}

/** A ServiceCIDR, and the word that it is ready, which elsewhere a controller gives. */
async function addServices(plane: ControlPlane, services: string): Promise<void> {
  const name = services.replace(/[^0-9a-f]+/g, "-");
  const object = {
    apiVersion: "networking.k8s.io/v1",
    kind: "ServiceCIDR",
    metadata: { name },
    spec: { cidrs: [services] },
  };
  await succeed(plane, ["create", "--filename=-"], JSON.stringify(object));
  const ready = { type: "Ready", status: "True", reason: "Test", lastTransitionTime: new Date().toISOString() };
  await succeed(plane, [
    "patch",
    `servicecidr/${name}`,
    "--subresource=status",
    "--type=merge",
    `--patch=${JSON.stringify({ status: { conditions: [ready] } })}`,
  ]);
}
