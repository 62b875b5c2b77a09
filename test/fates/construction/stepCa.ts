import { asList, at } from "../../../src/model/unknown.ts";
import { objects, pathsOf, replaced, specOf, unless, type Check, type Files } from "./check.ts";

const CONFIGURATION = /^hosts\/[^/]+\/step-ca\/ca\.json$/;
const ISSUER = /\/step-issuer\/step-ca\/issuer\.yaml$/;

const configurations = (files: Files): readonly unknown[] =>
  pathsOf(files, CONFIGURATION).map((path) => JSON.parse(files.get(path) ?? "{}") as unknown);

const about = (files: Files): boolean => pathsOf(files, CONFIGURATION).length > 0;

const provisioner = (configuration: unknown, name: string): unknown =>
  asList(at(configuration, "authority", "provisioners")).find((one) => at(one, "name") === name);

export const stepCa: readonly Check[] = [
  {
    id: "one-step-ca-outside-the-cluster",
    says: "step-ca is set up once, on a machine, and never by its chart",
    about,
    check: (files) => [
      ...unless(pathsOf(files, CONFIGURATION).length === 1, "more than one of it"),
      ...objects(files, "HelmRelease")
        .filter(({ object }) => JSON.stringify(object).includes("step-certificates"))
        .map(({ path }) => path),
    ],
    broken: [
      (files) => new Map([...files, ["hosts/second/step-ca/ca.json", "{}"]]),
      (files) =>
        replaced(files, /\/step-issuer\/app\/helmrelease\.yaml$/, /chart: step-issuer\n/, "chart: step-certificates\n"),
    ],
  },
  {
    id: "step-ca-is-asked-by-a-name-of-its-certificate",
    says: "the address that the cluster asks step-ca by is one it makes its certificate for, and so is its port",
    about: (files) => pathsOf(files, ISSUER).length > 0,
    check: (files) =>
      objects(files, "StepClusterIssuer").flatMap(({ path, object }) => {
        const url = new URL(String(at(object, "spec", "url")));
        return configurations(files).flatMap((one) => [
          ...unless(
            asList(at(one, "dnsNames")).includes(url.hostname.replaceAll(/[[\]]/g, "")),
            `${path}: ${url.hostname}`,
          ),
          ...unless(at(one, "address") === `:${url.port}`, `${path}: port ${url.port}`),
        ]);
      }),
    broken: [
      (files) => replaced(files, ISSUER, /url: https:\/\/[^:]+/, "url: https://ca.example.com"),
      (files) => replaced(files, CONFIGURATION, '"address": ":', '"address": ":1'),
    ],
  },
  {
    id: "step-ca-knows-who-asks",
    says: "the key that the cluster signs its requests with is a text, and step-ca has a provisioner of that name",
    about: (files) => pathsOf(files, ISSUER).length > 0,
    check: (files) =>
      objects(files, "StepClusterIssuer").flatMap(({ path, object }) => {
        const asks = at(object, "spec", "provisioner");
        const [kid, name] = [at(asks, "kid"), at(asks, "name")];
        return unless(
          typeof kid === "string" && configurations(files).every((one) => provisioner(one, String(name)) !== undefined),
          `${path}: ${String(name)} with the key ${String(kid)}`,
        );
      }),
    broken: [
      (files) => replaced(files, ISSUER, /kid: .*/, "kid: 12345678"),
      (files) => replaced(files, CONFIGURATION, '"name": "cert-manager"', '"name": "admin"'),
    ],
  },
  {
    id: "step-ca-allows-what-it-is-asked-for",
    says: "whoever asks for the cluster has certificates as long as step-ca gives, for the domains of the network alone, and none for SSH",
    about,
    check(files) {
      const domains = asList(specOf(files)["domains"]).map(String);
      const asked = objects(files, "Certificate")
        .filter(({ object }) => at(object, "spec", "issuerRef", "kind") === "StepClusterIssuer")
        .flatMap(({ object }) => asList(at(object, "spec", "dnsNames")).map(String));
      return configurations(files).flatMap((one) => {
        const claims = at(provisioner(one, "cert-manager"), "claims");
        const allowed = asList(at(one, "authority", "policy", "x509", "allow", "dns")).map(String);
        return [
          ...unless(
            claims === undefined || at(claims, "defaultTLSCertDuration") === at(claims, "maxTLSCertDuration"),
            "it gives less than it allows, or more",
          ),
          ...unless(claims === undefined || at(claims, "enableSSHCA") === false, "the cluster gets into every machine"),
          ...unless(
            allowed.every((name) => domains.some((domain) => name === domain || name.endsWith(`.${domain}`))),
            `it signs for ${allowed.join(" ")}`,
          ),
          ...asked.filter((name) => !allowed.includes(name)).map((name) => `it does not sign for ${name}`),
        ];
      });
    },
    broken: [
      (files) => replaced(files, CONFIGURATION, '"maxTLSCertDuration": "720h"', '"maxTLSCertDuration": "24h"'),
      (files) => replaced(files, CONFIGURATION, '"enableSSHCA": false', '"enableSSHCA": true'),
      (files) => replaced(files, CONFIGURATION, /"dns": \[\s+"[^"]+",/, '"dns": [ "*",'),
    ],
  },
];
