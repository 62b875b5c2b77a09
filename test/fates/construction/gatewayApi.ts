/** The resource types of gateways: one owner, one channel, one version, and there before those who look for them. */
import { onFlux } from "./flux.ts";
import { nameOf, steps, waitsFor } from "./fluxSteps.ts";
import { asList, at } from "../../../src/model/unknown.ts";
import { added, objects, replaced, valuesOf, type Check, type Files } from "./check.ts";
import { atLeast, versionOf } from "./releases.ts";

const GROUP = "gateway.networking.k8s.io";
const ENVOY = /\/envoy-gateway\/app\/values\.yaml$/;
const APPS = /\/ks\.yaml$/;

/** Those that read gateways and routes, by the step that installs them. */
const READERS = [
  "envoy-gateway",
  "cilium",
  "k8s-gateway",
  ...["cloudflare", "unifi", "adguard-home", "pihole", "mikrotik", "rfc2136"].map((name) => `external-dns-${name}`),
];

/** Cilium looks for the types only where it has gateways, and readers of routes where they are asked for routes of these types. */
function reads(files: Files, name: string): boolean {
  const values = valuesOf(files, name);
  if (name === "cilium") return at(values, "gatewayAPI", "enabled") === true;
  if (name === "k8s-gateway") return asList(at(values, "watchedResources")).includes("HTTPRoute");
  if (name.startsWith("external-dns-")) return asList(at(values, "sources")).includes("gateway-httproute");
  return true;
}

const inUse = (files: Files): boolean => READERS.some((name) => valuesOf(files, name) && reads(files, name));

/** Control planes of Talos bring it, told so by their configuration. */
const BROUGHT = "talos.dev";

export const gatewayApi: readonly Check[] = [
  {
    id: "gateway-api-has-one-owner",
    // Read off the files of Flux; what Argo CD installs is the same (test/contract/engines).
    about: onFlux,
    says: "one step installs the types, from the standard folder of one tag, and no chart brings them too",
    check(files) {
      const owners = steps(files).filter(({ object }) => /gateway-api/.test(nameOf({ path: "", object })));
      const paths = owners.map(({ object }) => String(at(object, "spec", "path")));
      const charts = objects(files, "OCIRepository").filter(({ object }) =>
        /gateway-crds-helm/.test(String(at(object, "spec", "url"))),
      );
      const brings = at(valuesOf(files, "envoy-gateway"), "crds", "enabled") !== false;
      return [
        ...((paths.length === 1 && paths[0] === "./config/crd") || (paths.length === 0 && !inUse(files))
          ? []
          : [`the types come from ${paths.join(", ")}`]),
        ...charts.map(({ path }) => `${path}: a release of definitions exceeds the size of a Secret`),
        ...(brings && valuesOf(files, "envoy-gateway") !== undefined ? ["Envoy Gateway brings the types too"] : []),
      ];
    },
    broken: [
      (files) => replaced(files, ENVOY, "crds:\n  enabled: false", "crds:\n  enabled: true"),
      (files) => replaced(files, /\/gateway-api\/ks\.yaml$/, "path: ./config/crd", "path: ./config/crd/experimental"),
      (files) => replaced(files, /\/envoy-gateway\/app\/ocirepository\.yaml$/, "gateway-helm", "gateway-crds-helm"),
    ],
  },
  {
    id: "gateway-api-is-new-enough",
    // Read off the files of Flux; what Argo CD installs is the same (test/contract/engines).
    about: onFlux,
    says: "the types serve what Envoy Gateway and Cilium of these versions ask for",
    check(files) {
      const types = versionOf(files, "gateway-api");
      const [envoy, cilium] = [versionOf(files, "envoy-gateway"), versionOf(files, "cilium")];
      if (!inUse(files)) return [];
      const isRead = cilium !== undefined || valuesOf(files, "cilium") === undefined;
      if (types === undefined || !isRead) return ["there is no version to be read"];
      return [
        ...(atLeast(types, 1, 5) ? [] : [`readers of routes of types of ${types}`]),
        ...(envoy !== undefined && atLeast(envoy, 1, 9) && !atLeast(types, 1, 6)
          ? [`Envoy Gateway ${envoy} with types of ${types}`]
          : []),
        ...(cilium !== undefined && reads(files, "cilium") && atLeast(cilium, 1, 20) !== atLeast(types, 1, 5)
          ? [`gateways of Cilium ${cilium} with types of ${types}`]
          : []),
      ];
    },
    broken: [
      (files) => replaced(files, /\/gateway-api\/ks\.yaml$/, /tag: \S+/, "tag: v1.4.0"),
      (files) =>
        reads(files, "cilium")
          ? replaced(files, /\/cilium\/app\/ocirepository\.yaml$/, /tag: \S+/, "tag: 1.19.6")
          : files,
    ],
  },
  {
    id: "gateway-objects-have-a-served-version",
    says: "all objects of the Gateway API are v1, and none is of a sort whose versions differ between channels",
    check: (files) =>
      objects(files)
        .filter(({ object }) => object.apiVersion.startsWith(`${GROUP}/`))
        .filter(
          ({ object }) =>
            object.apiVersion !== `${GROUP}/v1` || ["TCPRoute", "UDPRoute", "TLSRoute"].includes(object.kind),
        )
        .map(({ path, object }) => `${path}: ${object.kind} ${object.apiVersion}`),
    broken: [
      (files) => replaced(files, /\/gateways\.yaml$/, `${GROUP}/v1`, `${GROUP}/v1beta1`),
      (files) => replaced(files, /\/httproute\.yaml$/, "kind: HTTPRoute", "kind: TLSRoute"),
    ],
  },
  {
    id: "types-are-applied-by-the-server",
    says: "no script applies objects the old way, which writes all of a definition into an annotation",
    check: (files) =>
      [...files].flatMap(([path, content]) =>
        /\.(sh|just|ya?ml|md)$|justfile$/.test(path)
          ? content
              .split("\n")
              .filter((line) => /kubectl\b[^|#]*\bapply\b/.test(line) && !line.includes("--server-side"))
              .map((line) => `${path}: ${line.trim()}`)
          : [],
      ),
    broken: (files) => replaced(files, /^bootstrap\/apps\.sh$/, "apply --server-side --force-conflicts", "apply"),
  },
  {
    id: "readers-of-routes-come-after-the-types",
    says: "who looks for the types when it starts is installed after them",
    check: (files) =>
      READERS.filter(
        (name) =>
          reads(files, name) &&
          steps(files).some((step) => nameOf(step) === name) &&
          !waitsFor(files, name).has("gateway-api"),
      ),
    broken: (files) => replaced(files, APPS, "    - name: gateway-api\n", ""),
  },
  {
    id: "objects-come-after-their-types",
    // Waves name nobody: under Argo CD the audit ARGO-ORDER looks.
    about: onFlux,
    says: "objects of added types are in another step than the release that adds the types, and that step comes first",
    check: (files) =>
      steps(files).flatMap((step) => {
        const folder = String(at(step.object, "spec", "path"));
        const before = waitsFor(files, nameOf(step));
        return objects(files)
          .filter(({ path }) => folder.endsWith(`/${path.slice(0, path.lastIndexOf("/"))}`))
          .flatMap(({ path, object }) => {
            const group = object.apiVersion.split("/")[0] ?? "";
            if (!group.includes(".") || BUILT_IN.test(group) || group === BROUGHT) return [];
            const source = SOURCES[group];
            if (source === undefined) return [`${path}: nothing here installs ${group}`];
            return source.some((name) => before.has(name)) ? [] : [`${path}: ${group} before ${source.join(" or ")}`];
          });
      }),
    broken: [
      (files) =>
        added(
          files,
          BACKUP,
          "apiVersion: volsync.backube/v1alpha1\nkind: ReplicationSource\nmetadata: { name: echo }\n",
        ),
      (files) => replaced(files, /\/cert-manager\/ks\.yaml$/, / {4}- name: cert-manager\n/, ""),
      (files) => replaced(files, /\/metallb\/ks\.yaml$/, / {4}- name: metallb\n/, ""),
    ],
  },
];

const BACKUP = "kubernetes/apps/default/echo/app/replicationsource.yaml";

// Of Kubernetes itself, of kustomize, and of Flux, which is there before it reads anything.
const BUILT_IN = /(^|\.)k8s\.io$|^(apps|batch|policy)$|^(kustomize|helm|source)\.toolkit\.fluxcd\.io$/;

/** Steps that bring the types of a group: one of them has to come first. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  "k8s.cni.cncf.io": ["multus"],
  [GROUP]: ["gateway-api"],
  "gateway.envoyproxy.io": ["envoy-gateway-crds"],
  "cert-manager.io": ["cert-manager"],
  "certmanager.step.sm": ["step-issuer"],
  "external-secrets.io": ["external-secrets"],
  "metallb.io": ["metallb"],
  "tailscale.com": ["tailscale-operator"],
  "monitoring.coreos.com": ["prometheus-operator-crds"],
  "secrets.hashicorp.com": ["vault-secrets-operator"],
  "cilium.io": ["cilium"],
  "projectcalico.org": ["calico"],
  "traefik.io": ["traefik"],
  "externaldns.k8s.io": ["dns-endpoints", "external-dns-cloudflare", "external-dns-unifi"],
  "fluxcd.controlplane.io": ["flux-operator"],
  "notification.toolkit.fluxcd.io": ["flux-operator-instance"],
  "upgrade.cattle.io": ["system-upgrade-controller-crds"],
};
