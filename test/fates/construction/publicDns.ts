/** Names outside and inside the house: external-dns, k8s-gateway and CoreDNS. */
import { asList, at } from "../../../src/model/unknown.ts";
import { documents, pathsOf, replaced, specOf, valuesOf, type Check, type Files } from "./check.ts";

const VALUES = /^kubernetes\/apps\/network\/external-dns-[^/]+\/app\/values\.yaml$/;
const K8S_GATEWAY = /\/k8s-gateway\/app\/values\.yaml$/;
const COREDNS = /\/coredns\/app\/values\.yaml$/;

const onNodes = (files: Files): boolean => at(specOf(files), "loadBalancer", "provider") === "servicelb";

const instances = (files: Files) => pathsOf(files, VALUES).map((path) => ({ path, values: documents(files, path)[0] }));

/** A check over the values of every external-dns: what is wrong with them. */
const publishing = (
  id: string,
  says: string,
  wrong: (values: unknown) => boolean,
  ...slips: readonly (readonly [find: string | RegExp, replace: string])[]
): Check => ({
  id,
  says,
  check: (files) =>
    instances(files)
      .filter(({ values }) => wrong(values))
      .map(({ path }) => path),
  broken: slips.map(
    ([find, replace]) =>
      (files) =>
        replaced(files, VALUES, find, replace),
  ),
});

const argumentsOf = (values: unknown): readonly string[] => asList(at(values, "extraArgs")).map(String);
const sourcesOf = (values: unknown): readonly string[] => asList(at(values, "sources")).map(String);

/** Of annotations that are for names of the house. */
const HOUSE = "lan.homelab-net/";

const holdsMarks = (values: unknown): boolean => at(values, "provider", "name") !== "pihole";

/** What leaves out names of the house, by where they are read. */
/** kubernetes-sigs/external-dns v0.21.0, docs/flags.md, --provider: of those that are offered here. */
const IN_TREE = ["aws", "cloudflare", "google", "pihole", "rfc2136"];

const FILTERS = [
  ["gateway-httproute", "--gateway-label-filter="],
  ["ingress", "--ingress-class="],
] as const;

export const publicDns: readonly Check[] = [
  publishing(
    "published-routes-are-http",
    "external-dns reads routes of http and objects written for it, whose versions are served",
    (values) =>
      sourcesOf(values).some(
        (source) => !["crd", "gateway-httproute", "gateway-grpcroute", "ingress", "traefik-proxy"].includes(source),
      ),
    [/ {2}- (?:gateway-httproute|ingress)\n/, "  - gateway-tlsroute\n"],
  ),
  publishing(
    "annotations-have-a-written-prefix",
    "the prefix of its annotations is written down, so no later version changes it",
    (values) => !["external-dns.alpha.kubernetes.io/", HOUSE].includes(String(at(values, "annotationPrefix"))),
    [/annotationPrefix: .*\n/, ""],
  ),
  publishing(
    "marks-stay-in-the-zone",
    "marks beside records have a label of their own, and a word in place of an asterisk",
    (values) =>
      at(values, "registry") === "txt" &&
      (!String(at(values, "txtPrefix")).includes("%{record_type}.") ||
        !argumentsOf(values).some((text) => /^--txt-wildcard-replacement=[a-z]+$/.test(text))),
    ["txtPrefix: k8s.%{record_type}.", "txtPrefix: k8s."],
    [/ {2}- --txt-wildcard-replacement=.*\n/, ""],
  ),
  publishing(
    "records-are-marked",
    "external-dns marks its records, and what it may do to them is written down",
    (values) =>
      at(values, "registry") !== (holdsMarks(values) ? "txt" : "noop") ||
      !["upsert-only", ...(holdsMarks(values) ? ["sync"] : [])].includes(String(at(values, "policy"))),
    ["registry: txt", "registry: noop"],
    [/^policy: .*\n/m, ""],
  ),
  publishing(
    "only-labelled-gateways-are-published",
    "names of gateways without the label and of other classes stay in the house",
    (values) =>
      FILTERS.some(
        ([source, filter]) =>
          sourcesOf(values).includes(source) && !argumentsOf(values).some((text) => text.startsWith(filter)),
      ),
    [/ {2}- --gateway-label-filter=.*\n/, ""],
    [/ {2}- --ingress-class=.*\n/, ""],
  ),
  {
    id: "public-hosts-are-asked-as-they-answer",
    says: "external-dns knows the provider itself, or a program beside it does, which nobody but its pod reaches",
    check: (files) =>
      pathsOf(files, VALUES).filter((path) => {
        const [values] = documents(files, path);
        const name = String(at(values, "provider", "name"));
        if (name !== "webhook") return !IN_TREE.includes(name);
        const beside = at(values, "provider", "webhook");
        const listens = asList(at(beside, "env")).some(
          (one) => at(one, "name") === "WEBHOOK_HOST" && at(one, "value") === "127.0.0.1",
        );
        const isAlone = String(at(beside, "image", "repository")).startsWith("ghcr.io/amoniacou/");
        return isAlone && (!listens || at(beside, "livenessProbe") !== null || at(beside, "readinessProbe") !== null);
      }),
    broken: [
      (files) => replaced(files, VALUES, "provider:\n  name: aws\n", "provider:\n  name: digitalocean\n"),
      (files) => replaced(files, VALUES, / {6}- name: WEBHOOK_HOST\n.*\n/, ""),
      (files) => replaced(files, VALUES, "    livenessProbe: null\n", ""),
    ],
  },
  {
    id: "targets-stand-on-gateways",
    says: "what records point at is said on the gateway, never on a route",
    check: (files) =>
      [...files].flatMap(([path, content]) =>
        /httproute|redirect/.test(path) && content.includes("external-dns.alpha.kubernetes.io/target") ? [path] : [],
      ),
    broken: (files) =>
      replaced(
        files,
        /\/httproute\.yaml$/,
        "metadata:\n",
        "metadata:\n  annotations: { external-dns.alpha.kubernetes.io/target: external.ragas.cc }\n",
      ),
  },
  {
    id: "house-names-end-in-the-house",
    says: "k8s-gateway answers its domains from routes alone and asks nobody, so no question goes in a circle",
    check(files) {
      const values = valuesOf(files, "k8s-gateway");
      if (values === undefined) return [];
      const plugins = asList(values["extraZonePlugins"]).map((plugin) => at(plugin, "name"));
      return [
        ...(at(values, "fallthrough", "enabled") === false ? [] : ["it asks others"]),
        ...(plugins.length === 0 || plugins.includes("forward") ? ["it forwards"] : []),
      ];
    },
    broken: [
      (files) =>
        replaced(files, K8S_GATEWAY, "  - name: reload\n", "  - name: forward\n    parameters: . /etc/resolv.conf\n"),
      (files) => replaced(files, K8S_GATEWAY, "fallthrough:\n  enabled: false", "fallthrough:\n  enabled: true"),
    ],
  },
  {
    id: "house-names-are-told-over-tcp-too",
    says: "k8s-gateway answers over TCP, for its domains, for as long as the plugin allows",
    check(files) {
      const values = valuesOf(files, "k8s-gateway");
      const ttl = Number(values?.["ttl"]);
      if (values === undefined) return [];
      return [
        ...(at(values, "service", "useTcp") === true ? [] : ["not over TCP"]),
        ...(ttl >= 0 && ttl <= 3600 ? [] : [`ttl ${ttl}`]),
        ...(String(values["domain"]) === asList(specOf(files)["domains"]).join(" ") ? [] : ["not for the domains"]),
      ];
    },
    broken: [
      (files) => replaced(files, K8S_GATEWAY, "useTcp: true", "useTcp: false"),
      (files) => replaced(files, K8S_GATEWAY, "ttl: 1", "ttl: 86400"),
      (files) => replaced(files, K8S_GATEWAY, /^domain: .*/m, "domain: example.org"),
    ],
  },
  {
    id: "house-names-come-from-served-types",
    says: "k8s-gateway reads routes of http and gRPC, Services and Ingresses of the classes here, whose versions are served",
    check: (files) => {
      const values = valuesOf(files, "k8s-gateway");
      const read = asList(values?.["watchedResources"]).map(String);
      return [
        ...read.filter((kind) => !["HTTPRoute", "GRPCRoute", "Ingress", "Service", "DNSEndpoint"].includes(kind)),
        ...(["gatewayClasses", "ingressClasses"] as const).filter((filter, index) => {
          const kind = ["HTTPRoute", "Ingress"][index] ?? "";
          return read.includes(kind) !== asList(at(values, "filters", filter)).length > 0;
        }),
      ];
    },
    broken: [
      (files) => replaced(files, K8S_GATEWAY, "watchedResources:\n", "watchedResources:\n  - TLSRoute\n"),
      (files) => replaced(files, K8S_GATEWAY, "  - Ingress\n", ""),
      (files) => replaced(files, K8S_GATEWAY, "  ingressClasses:\n", "  otherClasses:\n"),
    ],
  },
  {
    id: "pods-find-house-names",
    about: (files) => at(specOf(files), "dns", "split") !== "none",
    says: "CoreDNS sends questions about the domains to k8s-gateway",
    check(files) {
      const values = valuesOf(files, "coredns");
      const address =
        /(?:lbipam\.cilium\.io\/ips|metallb\.io\/loadBalancerIPs|kube-vip\.io\/loadbalancerIPs|projectcalico\.org\/loadBalancerIPs): ["'\\[]*([^"'\\,\s]+)/.exec(
          files.get(pathsOf(files, K8S_GATEWAY)[0] ?? "") ?? "",
        )?.[1];
      // ServiceLB of K3s has no words for an address.
      const own = onNodes(files) ? at(specOf(files), "dns", "split", "address") : address;
      const domains = asList(specOf(files)["domains"]).map((domain) => `${String(domain)}.`);
      const zonesOf = (server: unknown) => asList(at(server, "zones")).map((zone) => String(at(zone, "zone")));
      const first = asList(values?.["servers"]).find((server) => zonesOf(server).includes(domains[0] ?? ""));
      const zones = zonesOf(first);
      const forward = asList(at(first, "plugins")).find((plugin) => at(plugin, "name") === "forward");
      if (values === undefined) return [];
      return [
        ...domains.filter((domain) => !zones.includes(domain)).map((domain) => `nothing about ${domain}`),
        // Of an address in each family the first one is enough.
        ...(own !== undefined &&
        String(at(forward, "parameters"))
          .split(" ")
          .includes([own].flat().map(String)[0] ?? "")
          ? []
          : [`asked is ${String(at(forward, "parameters"))}`]),
      ];
    },
    broken: [
      (files) => replaced(files, COREDNS, /- zone: \S+\.cc\./, "- zone: example.org."),
      (files) => replaced(files, COREDNS, /parameters: \. \d+\.\S+/, "parameters: . 1.1.1.1"),
    ],
  },
];
