/** Certificates: who proves what to whom, and which Secret it ends in. */
import { asList, asMap, at } from "../../../src/model/unknown.ts";
import { asksForSecrets, objects, replaced, specOf, valuesOf, type Check, type Files } from "./check.ts";

const ISSUERS = /\/letsencrypt\/issuers\.yaml$/;
const AUTHORITY = /\/internal-ca\/issuer\.yaml$/;
const CERTIFICATES = /\/certificates\.yaml$/;
const CERT_MANAGER = /\/cert-manager\/app\/values\.yaml$/;
const GATEWAYS = /\/envoy-gateway\/config\/gateways\.yaml$/;

const certificatesOf = (files: Files) => objects(files, "Certificate");
const hoursOf = (certificate: unknown): number => Number.parseInt(String(at(certificate, "spec", "duration")), 10);
const solversOf = (files: Files) =>
  objects(files, "ClusterIssuer").flatMap(({ path, object }) =>
    asList(at(object, "spec", "acme", "solvers")).map((solver) => ({ path, solver })),
  );

/** What step-issuer asks with. */
const passwordsOf = (files: Files): readonly string[] =>
  files.has("kubernetes/apps/cert-manager/step-issuer/app/values.yaml") ? ["step-ca-provisioner"] : [];

/** Secrets of authorities that no Certificate beside their issuer fills. */
function signersOf(files: Files): readonly string[] {
  const made = certificatesOf(files)
    .filter(({ path }) => path.includes("/cert-manager/"))
    .map(({ object }) => String(at(object, "spec", "secretName")));
  return objects(files, "ClusterIssuer")
    .map(({ object }) => at(object, "spec", "ca", "secretName"))
    .filter((name): name is string => typeof name === "string" && !made.includes(name));
}

/** Names of the Secrets that a solver names, whatever its provider calls the key. */
const secretsIn = (value: unknown): readonly string[] =>
  Object.entries(asMap(value)).flatMap(([key, below]) =>
    key.endsWith("Ref") ? [String(at(below, "name"))] : secretsIn(below),
  );

export const certificates: readonly Check[] = [
  {
    id: "wildcards-are-proven-by-dns",
    says: "every issuer proves domains by a DNS record and by nothing else",
    check: (files) =>
      solversOf(files)
        .filter(({ solver }) => at(solver, "dns01") === undefined || at(solver, "http01") !== undefined)
        .map(({ path }) => path),
    broken: (files) => replaced(files, ISSUERS, "dns01:", "http01:"),
  },
  {
    id: "gateways-ask-for-no-certificates",
    says: "certificates are written down: no gateway asks for one by an annotation, which cert-manager is not told to read",
    check: (files) =>
      objects(files, "Gateway")
        .filter(({ object }) =>
          Object.keys(asMap(at(object, "metadata", "annotations"))).some((key) => key.startsWith("cert-manager.io/")),
        )
        .map(({ path }) => path),
    broken: (files) =>
      replaced(
        files,
        GATEWAYS,
        "  namespace: network\n",
        "  namespace: network\n  annotations: { cert-manager.io/cluster-issuer: letsencrypt-staging }\n",
      ),
  },
  {
    id: "gateways-read-secrets-beside-them",
    says: "the Secret of a listener is filled by a Certificate in the namespace of the gateway",
    check(files) {
      const made = new Set(certificatesOf(files).map(({ object }) => at(object, "spec", "secretName")));
      return objects(files, "Gateway").flatMap(({ path, object }) =>
        asList(at(object, "spec", "listeners"))
          .flatMap((listener) => asList(at(listener, "tls", "certificateRefs")))
          .filter((reference) => at(reference, "namespace") !== undefined || !made.has(at(reference, "name")))
          .map((reference) => `${path}: ${String(at(reference, "name"))}`),
      );
    },
    broken: [
      (files) =>
        objects(files, "Gateway").length === 0
          ? files
          : replaced(files, CERTIFICATES, /secretName: \S+/, "secretName: another"),
      (files) =>
        replaced(
          files,
          GATEWAYS,
          "          - kind: Secret\n",
          "          - kind: Secret\n            namespace: default\n",
        ),
    ],
  },
  {
    id: "tokens-lie-where-issuers-look",
    // Where they stand in the repository, gen secrets writes them beside the issuers.
    about: asksForSecrets,
    says: "the token of an issuer, or what it signs with, is asked for or made in the namespace of cert-manager",
    check(files) {
      const script = files.get("bootstrap/secrets.sh") ?? "";
      return solversOf(files)
        .flatMap(({ solver }) => secretsIn(at(solver, "dns01")))
        .concat(signersOf(files), passwordsOf(files))
        .filter((name) => !script.includes(`begin cert-manager ${name} `));
    },
    broken: (files) => replaced(files, /^bootstrap\/secrets\.sh$/, "begin cert-manager ", "begin network "),
  },
  {
    id: "proofs-are-looked-up-outside",
    says: "cert-manager looks for its proof at resolvers on the internet, not at those of the house",
    check(files) {
      const values = valuesOf(files, "cert-manager");
      if (values === undefined) return [];
      const asked = String(values["dns01RecursiveNameservers"] ?? "");
      return values["dns01RecursiveNameserversOnly"] === true && asked !== ""
        ? []
        : ["it asks the resolver of the house"];
    },
    broken: [
      (files) =>
        replaced(files, CERT_MANAGER, "dns01RecursiveNameserversOnly: true", "dns01RecursiveNameserversOnly: false"),
      (files) => replaced(files, CERT_MANAGER, /dns01RecursiveNameservers: .*\n/, ""),
    ],
  },
  {
    id: "certificates-say-what-they-rely-on",
    says: "a certificate is for a domain and one label below it, says whether its key changes, and leaves its life to the authority or has less than one of its own",
    check: (files) => {
      const all = certificatesOf(files);
      return all.flatMap(({ path, object }) => {
        const names = asList(at(object, "spec", "dnsNames")).map(String);
        const apart = names.filter((name) => name.startsWith("*.") && !names.includes(name.slice(2)));
        // An authority lives longer than what it signs, and says how long.
        const isAuthority = at(object, "spec", "isCA") === true;
        const authorities = all.filter((one) => one.path === path && at(one.object, "spec", "isCA") === true);
        const isShorter = authorities.some((one) => hoursOf(one.object) > hoursOf(object));
        const extra = ["duration", "renewBefore", "renewBeforePercentage"].filter(
          (key) => at(object, "spec", key) !== undefined && !((isAuthority || isShorter) && key === "duration"),
        );
        return [
          ...apart.map((name) => `${path}: ${name} without the domain itself`),
          ...extra.map((key) => `${path}: ${key}`),
          ...(names.length > 25 ? [`${path}: ${names.length} names`] : []),
          ...(at(object, "spec", "privateKey", "rotationPolicy") === undefined ? [`${path}: no rotationPolicy`] : []),
        ];
      });
    },
    broken: [
      (files) => replaced(files, CERTIFICATES, /\n {4}rotationPolicy: Always/, ""),
      (files) =>
        replaced(files, /\/bitwarden-certificate\/app\/certificate\.yaml$/, "duration: 87600h", "duration: 262800h"),
      (files) => replaced(files, CERTIFICATES, /\n {4}- (?!"\*)\S+$/m, ""),
      (files) => replaced(files, CERTIFICATES, "spec:\n", "spec:\n  renewBefore: 2160h\n"),
    ],
  },
  {
    id: "own-authority-is-bound-to-the-domains",
    says: "what the cluster signs with is good for domains of the network, or for one Service, and nothing else, outlives what it signs, and its root keeps its key",
    about: (files) => objects(files, "ClusterIssuer").some(({ object }) => at(object, "spec", "ca") !== undefined),
    check(files) {
      const domains = asList(specOf(files)["domains"]).map(String);
      const authorities = certificatesOf(files).filter(({ object }) => at(object, "spec", "isCA") === true);
      const script = files.get("bootstrap/internal-ca.sh");
      const made = authorities.flatMap(({ path, object }) => {
        const isRoot = at(object, "spec", "issuerRef", "name") === "internal-ca-self-signed";
        const constraints = at(object, "spec", "nameConstraints");
        const permitted = asList(at(constraints, "permitted", "dnsDomains")).map(String);
        const bound =
          at(constraints, "critical") === true &&
          permitted.length > 0 &&
          permitted.every((domain) => domains.includes(domain) || domain.endsWith(".svc")) &&
          asList(at(constraints, "excluded", "ipRanges")).length === 2;
        // Certificates live 90 days, and what signs them is renewed after two thirds.
        const hours = hoursOf(object);
        return [
          ...(isRoot || bound ? [] : [`${path}: it could sign for anybody`]),
          ...(hours / 3 > 90 * 24 ? [] : [`${path}: it ends before what it signs`]),
          ...(!isRoot || at(object, "spec", "privateKey", "rotationPolicy") === "Never" ? [] : [`${path}: a new root`]),
        ];
      });
      return script === undefined && authorities.length === 0 ? ["nobody makes what it signs with"] : made;
    },
    broken: [
      (files) => replaced(files, AUTHORITY, /\n {2}nameConstraints:\n {4}critical: true/, "\n  nameConstraints:"),
      (files) => replaced(files, AUTHORITY, /dnsDomains:\n {8}- \S+/, "dnsDomains: [example.com]"),
      (files) => replaced(files, AUTHORITY, "duration: 8760h", "duration: 2160h"),
      (files) => replaced(files, AUTHORITY, "rotationPolicy: Never", "rotationPolicy: Always"),
      (files) => new Map([...files].filter(([path]) => path !== "bootstrap/internal-ca.sh")),
    ],
  },
  {
    id: "authority-needs-no-address",
    says: "an account has an e-mail address only where somebody wrote one",
    check(files) {
      const written = at(specOf(files), "certificates", "letsencrypt", "email");
      return objects(files, "ClusterIssuer")
        .filter(({ object }) => at(object, "spec", "acme") !== undefined)
        .filter(({ object }) => at(object, "spec", "acme", "email") !== written)
        .map(({ path, object }) => `${path}: ${String(at(object, "spec", "acme", "email"))}`);
    },
    broken: (files) => replaced(files, ISSUERS, /(server: \S+)(\n {4}email: \S+)?/, "$1\n    email: somebody@ragas.cc"),
  },
  {
    id: "cert-manager-has-values-it-knows",
    says: "none of the values that its chart gave up with 1.21",
    check(files) {
      const monitor = asMap(at(valuesOf(files, "cert-manager"), "prometheus", "servicemonitor"));
      return Object.keys(monitor).filter((key) => ["targetPort", "path"].includes(key));
    },
    broken: (files) =>
      replaced(
        files,
        CERT_MANAGER,
        "replicaCount: 1",
        "prometheus: { servicemonitor: { path: /metrics } }\nreplicaCount: 1",
      ),
  },
];
