/** Names written into the DNS servers of the house. */
import { asList, at } from "../../../src/model/unknown.ts";
import { documents, isIn, objects, pathsOf, replaced, specOf, type Check, type Files } from "./check.ts";

const VALUES = /^kubernetes\/apps\/network\/external-dns-[^/]+\/app\/values\.yaml$/;
const HOUSE = "lan.homelab-net/";

const instances = (files: Files) => pathsOf(files, VALUES).map((path) => ({ path, values: documents(files, path)[0] }));
const isOfHouse = (values: unknown): boolean => at(values, "annotationPrefix") === HOUSE;
const argumentsOf = (values: unknown): readonly string[] => asList(at(values, "extraArgs")).map(String);
const imageOf = (values: unknown): string => String(at(values, "provider", "webhook", "image", "repository"));

/** Addresses in records below a folder. */
const targetsBelow = (files: Files, folder: string): readonly string[] =>
  objects(files, "DNSEndpoint")
    .filter(({ path }) => path.includes(folder))
    .flatMap(({ object }) => asList(at(object, "spec", "endpoints")))
    .flatMap((endpoint) => asList(at(endpoint, "targets")).map(String));

/** A check over the values of those instances that something is true of. */
const over = (
  check: Pick<Check, "id" | "says" | "broken">,
  about: (values: unknown) => boolean,
  wrong: (values: unknown) => boolean,
): Check => ({
  ...check,
  check: (files) => instances(files).flatMap(({ path, values }) => (about(values) && wrong(values) ? [path] : [])),
});

const slip =
  (find: string | RegExp, replace: string) =>
  (files: Files): Files =>
    replaced(files, VALUES, find, replace);

export const houseDns: readonly Check[] = [
  over(
    {
      id: "house-publishers-write-addresses",
      says: "what writes names into the house writes addresses, never a name that leads to another name",
      broken: [slip("  - AAAA\n", "  - AAAA\n  - CNAME\n"), slip(/managedRecordTypes:\n {2}- A\n {2}- AAAA\n/, "")],
    },
    isOfHouse,
    (values) => asList(at(values, "managedRecordTypes")).join() !== "A,AAAA",
  ),
  over(
    {
      id: "zones-are-read-before-they-change",
      says: "a zone is transferred with the key that changes it, whose algorithm is spelled as servers do",
      broken: [
        slip("  - --rfc2136-tsig-axfr\n", ""),
        slip(/--rfc2136-tsig-secret-alg=hmac-sha(\d+)/, "--rfc2136-tsig-secret-alg=HMACSHA$1"),
      ],
    },
    (values) => at(values, "provider", "name") === "rfc2136",
    (values) =>
      !argumentsOf(values).includes("--rfc2136-tsig-axfr") ||
      !argumentsOf(values).some((text) => /^--rfc2136-tsig-secret-alg=hmac-sha\d+$/.test(text)),
  ),
  {
    id: "proofs-are-signed-as-cert-manager-spells-it",
    says: "an issuer spells the algorithm of a TSIG key in capitals without hyphens",
    check: (files) =>
      objects(files, "ClusterIssuer").flatMap(({ path, object }) =>
        asList(at(object, "spec", "acme", "solvers")).flatMap((solver) => {
          const algorithm = at(solver, "dns01", "rfc2136", "tsigAlgorithm");
          return algorithm === undefined || /^HMACSHA\d+$/.test(String(algorithm)) ? [] : [path];
        }),
      ),
    broken: (files) => replaced(files, /\/issuers\.yaml$/, /tsigAlgorithm: HMACSHA/, "tsigAlgorithm: hmac-sha"),
  },
  over(
    {
      id: "pihole-is-asked-as-it-answers",
      says: "Pi-hole 6 is asked by its own interface, keeps no marks, and loses nothing",
      broken: [
        slip("  - --pihole-api-version=6\n", ""),
        slip("policy: upsert-only\nregistry: noop", "policy: sync\nregistry: noop"),
        slip("registry: noop", "registry: txt"),
      ],
    },
    (values) => at(values, "provider", "name") === "pihole",
    (values) =>
      !argumentsOf(values).includes("--pihole-api-version=6") ||
      at(values, "policy") !== "upsert-only" ||
      at(values, "registry") !== "noop",
  ),
  over(
    {
      id: "unifi-is-asked-by-key",
      says: "UniFi is asked with an API key and nothing of the ways that newer versions closed",
      broken: slip("- name: UNIFI_API_KEY", "- name: UNIFI_PASS"),
    },
    (values) => imageOf(values).endsWith("/external-dns-unifi-webhook"),
    (values) =>
      asList(at(values, "provider", "webhook", "env"))
        .map((variable) => at(variable, "name"))
        .join() !== "UNIFI_HOST,UNIFI_API_KEY",
  ),
  {
    id: "records-of-the-house-stay-there",
    says: "where records carry addresses of the LAN, what tells the internet leaves out the whole LAN, and each of them where an address of it is shown to the internet",
    check(files) {
      const all = instances(files);
      if (!all.some(({ values }) => isOfHouse(values))) return [];
      const shown = targetsBelow(files, "/port-forward/");
      const nets = [at(specOf(files), "lan", "cidr")]
        .flat()
        .map(String)
        .filter((net) => !shown.some((ip) => isIn(ip, net)));
      const records = targetsBelow(files, "/lan-records/");
      return all.flatMap(({ path, values }) => {
        const left = argumentsOf(values).flatMap((text) => /^--exclude-target-net=(.*)$/.exec(text)?.[1] ?? []);
        const isWhole =
          nets.every((net) => left.includes(net)) && records.every((ip) => left.some((net) => isIn(ip, net)));
        return isOfHouse(values) || isWhole ? [] : [path];
      });
    },
    broken: [
      slip(/ {2}- --exclude-target-net=172\.16\.1\.0\/24\n/, ""),
      (files) => {
        const six = targetsBelow(files, "/lan-records/").find((ip) => ip.includes(":"));
        return six === undefined ? files : slip(`  - --exclude-target-net=${six}/128\n`, "")(files);
      },
    ],
  },
];
