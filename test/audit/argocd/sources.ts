/** What an Application is told to fetch, and what it takes of it. */
import { change } from "../case.ts";
import {
  APPS,
  argo,
  ARGO,
  configMap,
  ECHO,
  GATEWAY,
  inOne,
  more,
  ofEcho,
  ofGateways,
  ofPhotos,
  ofTypes,
  PHOTOS,
} from "./cases.ts";
import { application, folder } from "./repositoryFiles.ts";

const VALUES_FILE = `$values/${APPS}/network/envoy-gateway/app/values.yaml`;
const FILMS = application("films", 0, "default", folder("deploy").replace("homelab", "films"), "apps");

export const sources = argo([
  {
    id: "ARGO-UNREACHED",
    what: "an Application in another folder",
    broken: { "kubernetes/cd/films.yaml": FILMS },
    nearMiss: { [`${ARGO}/more/films.yaml`]: FILMS },
  },
  {
    id: "ARGO-UNREACHED",
    what: "an Application that the root leaves out",
    ...inOne(
      `${ARGO}/root.yaml`,
      "recurse: true",
      'recurse: true, exclude: "apps/*/p*"',
      'recurse: true, exclude: "{*.json,apps/p*}"',
    ),
  },
  {
    id: "ARGO-UNREACHED",
    what: "Applications that the root leaves out, told once",
    broken: { [`${ARGO}/root.yaml`]: change("recurse: true", 'recurse: true, exclude: "apps/default/*"') },
    nearMiss: { [`${ARGO}/root.yaml`]: change("recurse: true", 'recurse: true, exclude: "default/*"') },
  },
  {
    id: "ARGO-UNREACHED",
    what: "an app without an Application",
    broken: { [`${APPS}/default/films/app/films.yaml`]: configMap("films") },
    nearMiss: {
      [`${APPS}/default/films/app/films.yaml`]: configMap("films"),
      [`${ARGO}/apps/default/films.yaml`]: `# path: ${APPS}/default/films/app\n`,
    },
  },
  {
    id: "ARGO-UNREACHED",
    what: "an app with a kustomization.yaml and without an Application",
    broken: {
      [`${APPS}/default/films/app/kustomization.yaml`]: "resources: [./films.yaml]\n",
      [`${APPS}/default/films/app/films.yaml`]: configMap("films"),
    },
    nearMiss: {
      [`${APPS}/default/films/app/kustomization.yaml`]: "resources: [./films.yaml]\n",
      [`${APPS}/default/films/app/films.yaml`]: configMap("films"),
      "bootstrap/films.sh": `kubectl apply -k ${APPS}/default/films/app\n`,
    },
  },
  {
    id: "ARGO-UNREACHED",
    what: "a manifest in a folder below",
    broken: { [`${PHOTOS}/more/more.yaml`]: configMap("more") },
    nearMiss: {
      [`${PHOTOS}/more/more.yaml`]: configMap("more"),
      [ofPhotos]: change(`    path: ${PHOTOS}\n`, `    path: ${PHOTOS}\n    directory: { recurse: true }\n`),
    },
  },
  {
    id: "KUST-UNLISTED",
    what: "a manifest beside a kustomization.yaml that Argo CD builds",
    broken: { [`${GATEWAY}/more.yaml`]: configMap("more") },
    nearMiss: { [`${PHOTOS}/more.yaml`]: configMap("more") },
  },
  {
    id: "ARGO-SOURCES",
    what: "source beside sources",
    broken: {
      [ofEcho]: change(
        "  sources:\n",
        `  source: { repoURL: https://github.com/example/homelab.git, path: ${ECHO} }\n  sources:\n`,
      ),
    },
    nearMiss: { [ofPhotos]: change("  source:\n", "  sources: []\n  source:\n") },
  },
  {
    id: "ARGO-SOURCE",
    what: "a chart without a version",
    ...inOne(ofEcho, "      targetRevision: 4.1.1\n", "", "      targetRevision: 4.*\n"),
  },
  {
    id: "ARGO-SOURCE",
    what: "a source that only has a URL",
    broken: {
      [ofPhotos]: change(`    path: ${PHOTOS}\n`, ""),
      [`${PHOTOS}/service.yaml`]: null,
      [`${PHOTOS}/httproute.yaml`]: null,
    },
    nearMiss: {
      [ofEcho]: change(`      path: ${ECHO}\n`, ""),
      [`${ECHO}/kustomization.yaml`]: null,
      [`${ECHO}/httproute.yaml`]: null,
    },
  },
  {
    id: "ARGO-OCI",
    what: "oci:// beside chart",
    broken: {
      [ofGateways]: change("repoURL: docker.io/envoyproxy\n", "repoURL: oci://docker.io/envoyproxy\n"),
      [`${ARGO}/projects/network.yaml`]: change("docker.io/envoyproxy", "oci://docker.io/envoyproxy"),
    },
    nearMiss: {
      [ofGateways]: [
        ...change("repoURL: docker.io/envoyproxy\n", "repoURL: oci://docker.io/envoyproxy/gateway-helm\n"),
        ...change("      chart: gateway-helm\n", "      path: .\n"),
      ],
      [`${ARGO}/projects/network.yaml`]: change("docker.io/envoyproxy", "oci://docker.io/envoyproxy/*"),
    },
  },
  {
    id: "ARGO-OCI",
    what: "a registry without oci:// and without chart",
    broken: {
      [ofGateways]: [
        ...change("repoURL: docker.io/envoyproxy\n", "repoURL: docker.io/envoyproxy/gateway-helm\n"),
        ...change("      chart: gateway-helm\n", "      path: .\n"),
      ],
      [`${ARGO}/projects/network.yaml`]: change("docker.io/envoyproxy", "docker.io/envoyproxy/*"),
    },
    nearMiss: {
      [ofTypes]: change("https://github.com/", "git@github.com:"),
      [`${ARGO}/projects/network.yaml`]: change("https://github.com/kubernetes-sigs", "git@github.com:kubernetes-sigs"),
    },
  },
  {
    id: "ARGO-REF",
    what: "a name no source has",
    ...inOne(ofGateways, "$values/", "$value/", "$values/./"),
  },
  {
    id: "ARGO-REF",
    what: "a name in the middle of a path",
    ...inOne(
      ofGateways,
      VALUES_FILE,
      `./${VALUES_FILE}`,
      `${VALUES_FILE}\n          - $values/${APPS}/network/*/app/v*.yaml`,
    ),
  },
  {
    id: "ARGO-REF",
    what: "a chart that others are to take values of",
    broken: { [ofEcho]: change("      chart: app-template\n", "      chart: app-template\n      ref: chart\n") },
    nearMiss: {
      [ofEcho]: change(
        `      path: ${ECHO}\n`,
        `      path: ${ECHO}\n    - { repoURL: https://github.com/example/other, ref: other }\n`,
      ),
    },
  },
  {
    id: "ARGO-REF",
    what: "another source where there is only one",
    broken: {
      ...more(
        {},
        "  source:\n    repoURL: docker.io/envoyproxy\n    chart: gateway-helm\n    targetRevision: 1.9.0\n    helm: { valueFiles: [$values/a.yaml] }\n",
      ),
    },
    nearMiss: {
      ...more(
        {},
        "  source:\n    repoURL: docker.io/envoyproxy\n    chart: gateway-helm\n    targetRevision: 1.9.0\n    helm: { valueFiles: [$ARGOCD_APP_NAME/a.yaml] }\n",
      ),
    },
  },
  {
    id: "ARGO-VALUES",
    what: "a file that is not there",
    ...inOne(
      ofGateways,
      "envoy-gateway/app/values.yaml",
      "envoy-gateway/app/value.yaml",
      "envoy-gateway/app/values.yaml\n          - $values/nobody.yaml\n        ignoreMissingValueFiles: true",
    ),
  },
  {
    id: "ARGO-VALUES",
    what: "a pattern that nothing matches",
    ...inOne(
      ofGateways,
      "envoy-gateway/app/values.yaml",
      "envoy-gateway/values-*.yaml",
      "**/envoy-gateway/**/val*.yaml",
    ),
  },
  {
    id: "ARGO-PATH",
    what: "a folder that is not there",
    broken: more({}, folder(`${APPS}/default/mor/app`)),
    nearMiss: more({ "more.yaml": configMap("more") }, folder(`./${APPS}/default/more/app/`)),
  },
  {
    id: "ARGO-PATH",
    what: "a folder without manifests",
    broken: more({ "notes.txt": "nothing\n", "values.yaml": "a: 1\n" }),
    nearMiss: more({ "notes.txt": "nothing\n", "more.json": "{}\n" }),
  },
  {
    id: "ARGO-PATH",
    what: "a path that begins at the root of the disk",
    broken: more({}, folder(`/${PHOTOS}`)),
    nearMiss: more({}, folder("/deploy").replace("example/homelab", "kubernetes-sigs/gateway-api")),
  },
  {
    id: "ARGO-PATH",
    what: "an include that leaves nothing",
    broken: more(
      { "more.yaml": configMap("more") },
      folder(`${APPS}/default/more/app`, '    directory: { include: "{*.yml,other/*}" }\n'),
    ),
    nearMiss: more(
      { "more.yaml": configMap("more") },
      folder(`${APPS}/default/more/app`, '    directory: { include: "{*.yml,m*}" }\n'),
    ),
  },
  {
    id: "ARGO-RAW",
    what: "a kustomization.yaml among Applications",
    broken: {
      [`${ARGO}/apps/default/kustomization.yaml`]:
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [./echo.yaml, ./photos.yaml]\n",
    },
    nearMiss: {
      [`${ARGO}/apps/default/kustomization.yaml`]:
        "# +argocd:skip-file-rendering\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [./echo.yaml, ./photos.yaml]\n",
    },
  },
]);
