/** What Argo CD would take from the repository and do something else with. */
import { asList, at } from "../../../src/model/unknown.ts";
import { readDocuments } from "../../../src/yaml/documents.ts";
import { objects, replaced, unless, valuesOf, type Check, type Files } from "./check.ts";
import { onFlux } from "./flux.ts";

const onArgo = (files: Files): boolean => !onFlux(files);

const VALUES = /\/argocd\/app\/values\.yaml$/;

const chartsOf = (files: Files): readonly unknown[] =>
  objects(files, "Application").flatMap(({ object }) =>
    asList(at(object, "spec", "sources")).filter((source) => at(source, "chart") !== undefined),
  );

/** Charts with types in a folder of their own, which comes with every installation of them. */
const WITH_TYPES = ["traefik", "external-dns", "step-issuer", "gateway-helm"];

const settings = (files: Files, key: string): string =>
  String(at(valuesOf(files, "argocd") ?? {}, "configs", "cm", key) ?? "");

export const argocd: readonly Check[] = [
  {
    id: "argo-cd-takes-types-of-a-chart-from-one-place",
    about: onArgo,
    says: "types that lie in a chart come with the one Application that brings them",
    check(files) {
      const types = chartsOf(files)
        .filter((source) => WITH_TYPES.includes(String(at(source, "chart"))) && at(source, "helm", "skipCrds") !== true)
        .map((source) => String(at(source, "chart")));
      const remote = objects(files, "Application").some(({ path }) => path.endsWith("/dns-endpoints.yaml"));
      return [
        ...types.filter((chart, index) => types.indexOf(chart) < index).map((chart) => `types of ${chart} come twice`),
        ...unless(!remote || !types.includes("external-dns"), "types of external-dns come twice"),
      ];
    },
    broken: (files) => replaced(files, /\/argo\/apps\/.*external-dns.*\.yaml$/, /^ {8}skipCrds: true\n/m, ""),
  },
  {
    id: "argo-cd-leaves-objects-of-controllers-alone",
    about: onArgo,
    says: "Argo CD looks at nothing that controllers make in great numbers, and prunes none of it",
    check(files) {
      const [excluded] = readDocuments(settings(files, "resource.exclusions"), "exclusions");
      const kinds = asList(excluded).flatMap((one) => asList(at(one, "kinds")));
      return ["CiliumIdentity", "CiliumEndpoint", "CertificateRequest", "Endpoints", "Lease"].flatMap((kind) =>
        unless(kinds.includes(kind), `${kind} is looked at`),
      );
    },
    broken: (files) => replaced(files, VALUES, "CiliumIdentity, ", ""),
  },
  {
    id: "argo-cd-knows-hooks-that-are-gone",
    about: onArgo,
    says: "Argo CD is of a version that does not wait for jobs that have removed themselves",
    check: (files) =>
      chartsOf(files)
        .filter((source) => at(source, "chart") === "argo-cd")
        // 3.3 and later: the charts of version 10 begin with 3.4.
        .flatMap((source) =>
          unless(Number(String(at(source, "targetRevision")).split(".")[0]) >= 10, "the chart has an older Argo CD"),
        ),
    broken: (files) =>
      replaced(files, /\/argo\/apps\/argocd\/argocd\.yaml$/, /targetRevision: \d+/, "targetRevision: 7"),
  },
];
