/** Controllers of ingress-nginx: which Ingresses are whose, and what they tell others of them. */
import { asList, at } from "../../../src/model/unknown.ts";
import { documents, objects, pathsOf, replaced, valuesOf, type Check, type Files } from "./check.ts";

const VALUES = /\/ingress-nginx\/[^/]+\/values\.yaml$/;
const INGRESS = /\/ingress\.yaml$/;
const TARGET = "external-dns.alpha.kubernetes.io/target";

const controllers = (files: Files) =>
  pathsOf(files, VALUES).map((path) => ({ path, values: documents(files, path)[0] }));

/** Names by which a controller is told from others. */
const MARKS: readonly (readonly string[])[] = [
  ["fullnameOverride"],
  ["controller", "electionID"],
  ["controller", "ingressClass"],
  ["controller", "ingressClassResource", "name"],
  ["controller", "ingressClassResource", "controllerValue"],
];

const classOf = (object: unknown): string => String(at(object, "spec", "ingressClassName"));

/** Classes that some external-dns publishes on the internet: in the house records lead to the address of the gateway. */
const published = (files: Files): readonly string[] =>
  pathsOf(files, /\/external-dns-[^/]+\/app\/values\.yaml$/)
    .filter((path) => at(documents(files, path)[0], "annotationPrefix") === TARGET.replace("target", ""))
    .flatMap((path) =>
      asList(at(documents(files, path)[0], "extraArgs")).flatMap(
        (argument) => /^--ingress-class=(.+)$/.exec(String(argument))?.[1] ?? [],
      ),
    );

export const ingressNginx: readonly Check[] = [
  {
    id: "controllers-share-nothing",
    says: "every controller has a name, a lock, a class and a mark of its own",
    check: (files) =>
      MARKS.flatMap((mark) => {
        const all = controllers(files).map(({ values }) => at(values, ...mark));
        return new Set(all).size === all.length && !all.includes(undefined) ? [] : [mark.join(".")];
      }),
    broken: [
      ["fullnameOverride: ingress-nginx-"],
      ["electionID: ingress-nginx-"],
      ["ingressClass: "],
      ["  name: "],
      ["controllerValue: k8s.io/"],
    ].map(
      ([key = ""]) =>
        (files: Files) =>
          controllers(files).length < 2
            ? files
            : replaced(files, VALUES, new RegExp(`${key}(internal|external)`), `${key}both`),
    ),
  },
  {
    id: "ingresses-are-told-one-address",
    says: "Ingresses get the address of the Service, and none that is written down besides",
    check: (files) =>
      controllers(files)
        .filter(
          ({ values }) =>
            at(values, "controller", "publishService", "enabled") !== true ||
            at(values, "controller", "extraArgs", "publish-status-address") !== undefined,
        )
        .map(({ path }) => path),
    broken: [
      (files) =>
        replaced(files, VALUES, "  publishService:\n    enabled: true", "  publishService:\n    enabled: false"),
      (files) =>
        replaced(files, VALUES, "  extraArgs:\n", "  extraArgs:\n    publish-status-address: external.ragas.cc\n"),
    ],
  },
  {
    id: "one-class-is-the-default",
    says: "one class at most is the default, and every Ingress of the repository says its own",
    check: (files) => {
      const usual = controllers(files).filter(({ values }) =>
        at(values, "controller", "ingressClassResource", "default"),
      );
      const names = [
        ...controllers(files).map(({ values }) => at(values, "controller", "ingressClassResource", "name")),
        at(valuesOf(files, "traefik"), "ingressClass", "name"),
        ...objects(files, "IngressClass").map(({ object }) => at(object, "metadata", "name")),
      ];
      return [
        ...(usual.length > 1 ? [`${usual.length} classes are the default`] : []),
        ...objects(files, "Ingress")
          .filter(({ object }) => !names.includes(classOf(object)))
          .map(({ path, object }) => `${path}: ${classOf(object)}`),
      ];
    },
    broken: [
      (files) =>
        controllers(files).length < 2 ? files : replaced(files, VALUES, "    default: false", "    default: true"),
      (files) => replaced(files, INGRESS, / {2}ingressClassName: .*\n/, ""),
    ],
  },
  {
    id: "ingresses-say-where-their-records-lead",
    says: "an Ingress of a published class says what its record points at, and those of other classes say nothing",
    check: (files) =>
      objects(files, "Ingress")
        .filter(
          ({ object }) =>
            (at(object, "metadata", "annotations", TARGET) !== undefined) !==
            published(files).includes(classOf(object)),
        )
        .map(({ path }) => path),
    broken: (files) => replaced(files, INGRESS, new RegExp(` {4}${TARGET}: .*\n`), ""),
  },
  {
    id: "controllers-show-a-certificate-for-all",
    says: "the certificate that a controller shows for every name is one for every domain, beside it",
    check(files) {
      const domains = asList(at(documents(files, "homelab.yaml")[0], "domains")).map(String);
      return controllers(files).flatMap(({ path, values }) => {
        const secret = at(values, "controller", "extraArgs", "default-ssl-certificate");
        if (secret === undefined) return [];
        const names = objects(files, "Certificate")
          .filter(({ object }) => `network/${String(at(object, "spec", "secretName"))}` === secret)
          .flatMap(({ object }) => asList(at(object, "spec", "dnsNames")).map(String));
        return domains
          .flatMap((domain) => [domain, `*.${domain}`])
          .filter((name) => !names.includes(name))
          .map((name) => `${path}: nothing for ${name}`);
      });
    },
    broken: [
      (files) => replaced(files, VALUES, /default-ssl-certificate: .*/, "default-ssl-certificate: network/other-tls"),
      (files) =>
        valuesOf(files, "envoy-gateway") !== undefined || controllers(files).length === 0
          ? files
          : replaced(files, /\/certificates\.yaml$/, '    - "*.ragas.cc"\n', ""),
    ],
  },
];
