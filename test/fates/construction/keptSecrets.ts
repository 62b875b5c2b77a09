/** Secrets that are sealed for a controller, or fetched by one. */
import { asList, at } from "../../../src/model/unknown.ts";
import { objects, replaced, specOf, unless, valuesOf, type Check, type Files } from "./check.ts";

const providerOf = (files: Files): unknown => {
  const { secrets } = specOf(files);
  return at(secrets, "provider") ?? secrets;
};

const STORE = /\/external-secrets\/store\/store\.yaml$/;
const FETCHED = /\.external\.yaml$/;

/** What a store is asked through has a certificate of this name, by an authority whose Secret the store trusts. */
function untrusted(files: Files, store: unknown): readonly string[] {
  const bitwarden = at(store, "spec", "provider", "bitwardensecretsmanager");
  if (bitwarden === undefined) return [];
  const { hostname } = new URL(String(at(bitwarden, "bitwardenServerSDKURL")));
  const trusted = at(bitwarden, "caProvider", "name");
  const issuers = objects(files, "Issuer").filter(({ object }) => at(object, "spec", "ca", "secretName") === trusted);
  const certificates = objects(files, "Certificate").map(({ object }) => object);
  const own = certificates.filter((one) => asList(at(one, "spec", "dnsNames")).includes(hostname));
  const by = issuers.map(({ object }) => object.metadata?.name);
  return [
    ...unless(
      certificates.some((one) => at(one, "spec", "secretName") === trusted),
      `nobody makes ${String(trusted)}`,
    ),
    ...unless(
      own.some((one) => by.includes(String(at(one, "spec", "issuerRef", "name")))),
      `nobody who is trusted says who ${hostname} is`,
    ),
  ];
}

export const keptSecrets: readonly Check[] = [
  {
    id: "a-key-that-is-kept-opens-what-is-sealed",
    about: (files) => providerOf(files) === "sealed-secrets",
    says: "the controller makes no key of its own beside the one the script gives it, under the label it looks for",
    check: (files) => {
      const values = valuesOf(files, "sealed-secrets");
      const script = files.get("bootstrap/secrets.sh") ?? "";
      return [
        ...unless(at(values, "keyrenewperiod") === "0", "it makes keys"),
        ...unless(at(values, "fullnameOverride") === "sealed-secrets-controller", "kubeseal does not find it"),
        ...unless(script.includes("label sealedsecrets.bitnami.com/sealed-secrets-key active"), "the key has no label"),
        ...unless(/^take tls\.key bootstrap\/sealing\.key /m.test(script), "nobody gives the key"),
        ...unless(/^\*\.key$/m.test(files.get(".gitignore") ?? ""), "git takes the key"),
      ];
    },
    broken: [
      (files) =>
        replaced(files, /\/sealed-secrets\/app\/values\.yaml$/, 'keyrenewperiod: "0"', 'keyrenewperiod: "720h"'),
      (files) => replaced(files, /\/sealed-secrets\/app\/values\.yaml$/, /^fullnameOverride.*\n/m, ""),
      (files) => replaced(files, /^bootstrap\/secrets\.sh$/, /^label sealedsecrets.*\n/m, ""),
      (files) => replaced(files, /^bootstrap\/secrets\.sh$/, /^take tls\.key .*\n/m, ""),
      (files) => replaced(files, /^\.gitignore$/, "*.key\n", ""),
    ],
  },
  {
    id: "what-is-fetched-may-be-fetched",
    about: (files) => providerOf(files) === "external-secrets",
    says: "objects are of the version that is served, with defaults written out, the store lets their namespaces in, and whom it trusts is made",
    check: (files) => {
      const [store] = objects(files, "ClusterSecretStore");
      const allowed = asList(at(store?.object, "spec", "conditions", 0, "namespaces"));
      const all = objects(files, "ExternalSecret");
      return [
        ...unless(store !== undefined, "there is no store"),
        // Without conditions every namespace may ask it for everything.
        ...unless(allowed.length > 0, "everybody may fetch"),
        ...untrusted(files, store?.object),
        ...[...all, ...(store === undefined ? [] : [store])].flatMap(({ path, object }) =>
          unless(object.apiVersion === "external-secrets.io/v1", path),
        ),
        ...all.flatMap(({ path, object }) => [
          ...unless(allowed.includes(at(object, "metadata", "namespace")), `${path}: its namespace may not`),
          ...unless(at(object, "spec", "secretStoreRef", "name") === at(store?.object, "metadata", "name"), path),
          ...unless(
            ["refreshInterval", "target"].every((key) => at(object, "spec", key) !== undefined) &&
              ["creationPolicy", "deletionPolicy"].every((key) => at(object, "spec", "target", key) !== undefined),
            `${path}: the server fills something in`,
          ),
        ]),
      ];
    },
    broken: [
      (files) => replaced(files, STORE, "external-secrets.io/v1\n", "external-secrets.io/v1beta1\n"),
      (files) => replaced(files, FETCHED, "external-secrets.io/v1\n", "external-secrets.io/v1beta1\n"),
      (files) => replaced(files, STORE, /- cert-manager\n/, "- other\n"),
      (files) => replaced(files, STORE, /^ {2}conditions:\n(?: {4,}.*\n)+/m, ""),
      (files) => replaced(files, FETCHED, "name: homelab", "name: other"),
      (files) => replaced(files, STORE, "name: bitwarden-sdk-server-ca", "name: other"),
      (files) => replaced(files, STORE, "https://bitwarden-sdk-server.", "https://other."),
      (files) => replaced(files, FETCHED, / +deletionPolicy: .*\n/, ""),
    ],
  },
];
