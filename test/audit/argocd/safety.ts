/** Waves, and what Argo CD can do and should not. */
import { change } from "../case.ts";
import {
  APPS,
  argo,
  ARGO,
  configMap,
  GATEWAY,
  inOne,
  more,
  ofArgo,
  ofEcho,
  ofGateways,
  ofPhotos,
  ofTypes,
  PHOTOS,
  VALUES,
} from "./cases.ts";
import { application, folder } from "./repositoryFiles.ts";

const NETWORK = `${ARGO}/projects/network.yaml`;
const FINALIZERS = "  namespace: argocd\n  finalizers: [resources-finalizer.argocd.argoproj.io]\n";
const RETRY = "    retry: { limit: -1, backoff: { duration: 10s, maxDuration: 5m } }\n";
const HEALTH = "    resource.customizations.health.argoproj.io_Application: |\n";

const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: films.example.com }
spec: { group: example.com, names: { kind: Film } }
`;
const film = "apiVersion: example.com/v1\nkind: Film\nmetadata: { name: more }\n";
/** The definition in the folder of the gateways, and one of its kind in an Application of its own. */
const films = (wave: number, text = film) => ({
  ...more({ "film.yaml": text }, folder(`${APPS}/default/more/app`), wave),
  [`${GATEWAY}/film.yaml`]: definition,
  [`${GATEWAY}/kustomization.yaml`]: change("  - ./pool.yaml\n", "  - ./pool.yaml\n  - ./film.yaml\n"),
});

const MORE = application("more", -2, "default", folder(`${APPS}/default/more/app`), "network");
const CILIUM = application(
  "more",
  -9,
  "kube-system",
  "  source: { repoURL: quay.io/cilium/charts, chart: cilium, targetRevision: 1.20.1 }\n",
);

const cilium = (hubble: string, edit: (text: string) => string = (text) => text) => ({
  [`${ARGO}/apps/default/more.yaml`]: edit(
    CILIUM.replace("1.20.1 }", `1.20.1, helm: { valuesObject: { hubble: ${hubble} } } }`),
  ),
  [NETWORK]: change("    - docker.io/envoyproxy\n", "    - docker.io/envoyproxy\n    - quay.io/cilium/charts\n"),
});

const ONE = `${APPS}/default/one`;
const OTHER = `${APPS}/default/other`;
const settings = (path: string, name = "settings") => ({
  [`${path}/settings.yaml`]: configMap(name),
});
const again = (path: string) => ({
  [`${ARGO}/apps/default/again.yaml`]: application("again", 2, "default", folder(path), "network"),
});

export const safety = argo([
  {
    id: "ARGO-WAVE",
    what: "a number without quotes",
    ...inOne(ofPhotos, 'sync-wave: "1"', "sync-wave: 1", "sync-wave: '+01'"),
  },
  {
    id: "ARGO-WAVE",
    what: "half a wave, on any object",
    broken: {
      [`${PHOTOS}/service.yaml`]: change(
        "  name: photos\n",
        '  name: photos\n  annotations: { argocd.argoproj.io/sync-wave: "0.5" }\n',
      ),
    },
    nearMiss: {
      [`${PHOTOS}/service.yaml`]: change(
        "  name: photos\n",
        '  name: photos\n  annotations: { argocd.argoproj.io/sync-wave: "-5" }\n',
      ),
    },
  },
  {
    id: "ARGO-ORDER",
    what: "objects before their kind, of a file",
    broken: films(-3),
    nearMiss: films(-1),
  },
  {
    id: "ARGO-ORDER",
    what: "gateways before their kind, of somebody else's repository",
    broken: { [ofTypes]: change('"-4"', '"1"'), [ofPhotos]: change('"1"', '"2"'), [ofEcho]: change('"0"', '"2"') },
    nearMiss: { [ofTypes]: change('"-4"', '"-3"') },
  },
  {
    id: "ARGO-KIND",
    what: "objects together with their kind, without patience",
    broken: { ...films(-2), [`${ARGO}/apps/default/more.yaml`]: MORE.replace(RETRY, "") },
    nearMiss: films(-2),
  },
  {
    id: "ARGO-HEALTH",
    what: "waves nobody waits for",
    broken: { [VALUES]: change(HEALTH, "    resource.customizations.health.argoproj.io_Rollout: |\n") },
    nearMiss: {
      [VALUES]: change(HEALTH, "    resource.customizations.health.argoproj.io_Rollout: |\n"),
      [ofArgo]: change("          - $values/", "          - https://example.com/values.yaml\n          - $values/"),
    },
  },
  {
    id: "ARGO-HEALTH",
    what: "waves that are over before they are synced",
    ...inOne(
      VALUES,
      '      if obj.status.sync.status ~= "Synced" then hs.status = "Progressing" end\n',
      "",
      '      if obj.status.sync.status == "OutOfSync" then hs.status = "Progressing" end\n',
    ),
  },
  {
    id: "ARGO-APPLY",
    what: "Argo CD that cannot take its own definitions",
    broken: {
      [ofArgo]: change("    syncOptions: [ServerSideApply=true]\n", ""),
      [VALUES]: change(
        "configs:\n",
        "crds: { annotations: { argocd.argoproj.io/sync-options: Prune=false } }\nconfigs:\n",
      ),
    },
    nearMiss: { [ofArgo]: change("    syncOptions: [ServerSideApply=true]\n", "") },
  },
  {
    id: "ARGO-APPLY",
    what: "a chart of before",
    broken: { [ofArgo]: [...change("    syncOptions: [ServerSideApply=true]\n", ""), ...change("10.4.0", "9.4.11")] },
    nearMiss: { [ofArgo]: [...change("    syncOptions: [ServerSideApply=true]\n", ""), ...change("10.4.0", "9.4.12")] },
  },
  {
    id: "ARGO-EMPTY",
    what: "an app that may lose everything",
    ...inOne(
      ofPhotos,
      "{ prune: true, selfHeal: true }",
      "{ prune: true, allowEmpty: true }",
      "{ prune: false, allowEmpty: true }",
    ),
  },
  {
    id: "ARGO-CASCADE",
    what: "the Application of all Applications",
    broken: { [`${ARGO}/root.yaml`]: change("  namespace: argocd\n", FINALIZERS) },
    nearMiss: { [ofPhotos]: change("  namespace: argocd\n", FINALIZERS) },
  },
  {
    id: "ARGO-CASCADE",
    what: "the Application of Argo CD",
    broken: { [ofArgo]: change("  namespace: argocd\n", FINALIZERS) },
    nearMiss: { [ofEcho]: change("  namespace: argocd\n", FINALIZERS) },
  },
  {
    id: "ARGO-CASCADE",
    what: "the Application of the pod network",
    broken: cilium("{ enabled: false }", (text) => text.replace("  namespace: argocd\n", FINALIZERS)),
    nearMiss: {
      [ofGateways]: change("name: envoy-gateway\n  namespace: argocd\n", `name: envoy-gateway\n${FINALIZERS}`),
    },
  },
  {
    id: "ARGO-CASCADE",
    what: "namespaces that go with their Application",
    broken: {
      [`${ARGO}/namespaces.yaml`]: change("  namespace: argocd\n", FINALIZERS),
      [`${APPS}/network/namespace.yaml`]: change("Prune=false,Delete=false", "Prune=false"),
    },
    nearMiss: { [`${ARGO}/namespaces.yaml`]: change("  namespace: argocd\n", FINALIZERS) },
  },
  {
    id: "ARGO-RENEWED",
    what: "certificates that Helm makes",
    broken: cilium("{ enabled: true, relay: { enabled: true } }"),
    nearMiss: cilium("{ enabled: true, tls: { auto: { method: cronJob } } }"),
  },
  {
    id: "ARGO-RENEWED",
    what: "certificates that are compared all the same",
    broken: cilium("{ enabled: true, tls: { auto: { method: helm } } }"),
    nearMiss: cilium("{ enabled: true }", (text) =>
      text
        .replace("ServerSideApply=true]", "ServerSideApply=true, RespectIgnoreDifferences=true]")
        .concat("  ignoreDifferences: [{ kind: Secret, name: cilium-ca, jsonPointers: [/data] }]\n"),
    ),
  },
  {
    id: "OBJECT-TWICE",
    what: "one folder in two Applications",
    broken: { ...settings(ONE), ...more({}, folder(ONE)), ...again(ONE) },
    nearMiss: { ...settings(ONE), ...settings(OTHER, "other"), ...more({}, folder(ONE)), ...again(OTHER) },
  },
  {
    id: "OBJECT-TWICE",
    what: "one object of two Applications",
    broken: { ...more({ "more.yaml": configMap("photos") }), [`${PHOTOS}/more.yaml`]: configMap("photos") },
    nearMiss: {
      ...more({ "more.yaml": configMap("photos", "  namespace: network\n") }),
      [`${PHOTOS}/more.yaml`]: configMap("photos"),
    },
  },
]);
