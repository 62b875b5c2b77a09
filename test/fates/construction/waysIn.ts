/** Ways in from the internet, whichever they are: where names lead, and what is reached. */
import { asList, asMap, at } from "../../../src/model/unknown.ts";
import { documents, isIn, objects, pathsOf, replaced, specOf, unless, type Check, type Files } from "./check.ts";

const PUBLISHER = /^kubernetes\/apps\/network\/external-dns-([^/]+)\/app\/values\.yaml$/;
const WAY_RECORD = /\/port-forward\/app\/dnsendpoint\.yaml$/;
const PAGE = /^docs\/port-forward\.md$/;
const DDNS = /\/ddns-updater\/app\/values\.yaml$/;
const ROUTE = /\/httproute\.yaml$/;

const gatewaysOf = (files: Files): readonly (readonly [name: string, gateway: unknown])[] =>
  Object.entries(asMap(at(specOf(files), "ingress", "gateways")));

const wayOf = (files: Files, name: unknown): unknown => at(new Map(gatewaysOf(files)).get(String(name)), "public");

const hasWay = (files: Files, way: string): boolean =>
  gatewaysOf(files).some(([, gateway]) => at(gateway, "public") === way);

/** Ways of the gateways that a publisher of Cloudflare tells of. */
function waysOf(files: Files, publisher: string): readonly unknown[] {
  const named = at(specOf(files), "dns", "publish", publisher, "gateways");
  const all = gatewaysOf(files).map(([name]) => name);
  const names = named === undefined ? all : asList(named);
  return names.map((name) => wayOf(files, name)).filter((way) => way !== undefined);
}

const settingsOf = (files: Files): unknown => {
  const [path] = pathsOf(files, DDNS);
  const env = asList(at(documents(files, path ?? "")[0], "controllers", "ddns-updater", "containers", "app", "env"));
  const text = at(
    env.find((one) => at(one, "name") === "CONFIG"),
    "value",
  );
  // What Kubernetes puts in is a text, or an object of JSON.
  const filled = String(text)
    .replaceAll(/"\$\(\w+\)"/g, '"secret"')
    .replaceAll(/\$\(\w+\)/g, "{}");
  return typeof text === "string" ? asList(at(JSON.parse(filled), "settings"))[0] : undefined;
};

export const waysIn: readonly Check[] = [
  {
    id: "records-are-proxied-into-a-tunnel-alone",
    says: "names lead through Cloudflare where a tunnel is behind them, and straight to the house otherwise",
    check: (files) =>
      pathsOf(files, PUBLISHER).flatMap((path) => {
        const values = documents(files, path)[0];
        if (at(values, "provider", "name") !== "cloudflare") return [];
        const isProxied = asList(at(values, "extraArgs")).includes("--cloudflare-proxied");
        const ways = waysOf(files, PUBLISHER.exec(path)?.[1] ?? "");
        return unless(isProxied === ways.includes("cloudflare-tunnel"), path);
      }),
    broken: [
      (files) => replaced(files, PUBLISHER, "  - --cloudflare-proxied\n", ""),
      (files) =>
        hasWay(files, "cloudflare-tunnel")
          ? files
          : replaced(files, PUBLISHER, "extraArgs:\n", "extraArgs:\n  - --cloudflare-proxied\n"),
    ],
  },
  {
    id: "records-of-ways-say-whether-they-are-proxied",
    says: "the record that all names lead to says itself whether it is proxied, because every publisher reads it",
    check: (files) =>
      objects(files, "DNSEndpoint").flatMap(({ path, object }) =>
        asList(at(object, "spec", "endpoints")).flatMap((endpoint) => {
          const isTunnel = asList(at(endpoint, "targets")).some((target) =>
            String(target).endsWith("cfargotunnel.com"),
          );
          const isWay = /^(direct|external)\./.test(String(at(endpoint, "dnsName")));
          const said = asList(at(endpoint, "providerSpecific")).find((one) =>
            String(at(one, "name")).endsWith("cloudflare-proxied"),
          );
          return isWay ? unless(at(said, "value") === String(isTunnel), path) : [];
        }),
      ),
    broken: [
      (files) => replaced(files, /dnsendpoint\.yaml$/, 'value: "true"', 'value: "false"'),
      (files) => replaced(files, /dnsendpoint\.yaml$/, / +providerSpecific:\n.*\n.*\n/, ""),
    ],
  },
  {
    id: "records-of-ways-are-let-through",
    says: "whoever writes names onto the internet leaves out no address that a way in leads to",
    about: (files) => pathsOf(files, WAY_RECORD).length > 0,
    check(files) {
      const targets = pathsOf(files, WAY_RECORD)
        .flatMap((path) => documents(files, path))
        .flatMap((object) => asList(at(object, "spec", "endpoints")))
        .flatMap((endpoint) => asList(at(endpoint, "targets")).map(String));
      return pathsOf(files, PUBLISHER).flatMap((path) => {
        const values = documents(files, path)[0];
        // Those of the house leave out what they like.
        if (String(at(values, "annotationPrefix")).startsWith("lan.")) return [];
        return asList(at(values, "extraArgs"))
          .flatMap((text) => /^--exclude-target-net=(\S+)$/.exec(String(text))?.[1] ?? [])
          .filter((net) => targets.some((ip) => isIn(ip, net)))
          .map((net) => `${path}: ${net}`);
      });
    },
    broken: [
      (files) => {
        const six = [...(files.get(pathsOf(files, WAY_RECORD)[0] ?? "") ?? "").matchAll(/- (\S+)\n/g)].find(([, ip]) =>
          ip?.includes(":"),
        )?.[1];
        const more = `extraArgs:\n  - --exclude-target-net=${six ?? "203.0.113.7"}/${six === undefined ? 32 : 64}\n`;
        return replaced(files, PUBLISHER, "extraArgs:\n", more);
      },
    ],
  },
  {
    id: "public-gateways-carry-what-names-them",
    says: "every route names its gateways, so that a gateway with a way in carries nothing that was not routed to it",
    check: (files) => [
      ...objects(files, "HTTPRoute").flatMap(({ path, object }) =>
        unless(
          asList(at(object, "spec", "parentRefs")).some((parent) => at(parent, "name") !== undefined),
          path,
        ),
      ),
      ...objects(files, "Ingress").flatMap(({ path, object }) =>
        unless(at(object, "spec", "ingressClassName") !== undefined, path),
      ),
      ...objects(files, "IngressRoute").flatMap(({ path, object }) =>
        unless(asList(at(object, "spec", "entryPoints")).length > 0, path),
      ),
    ],
    broken: [
      (files) => replaced(files, ROUTE, /parentRefs:\n(?: +-? .*\n)*?(?= {2}\w)/, "parentRefs: []\n"),
      (files) => replaced(files, /\/ingress\.yaml$/, / *ingressClassName: .*\n/, ""),
      (files) => replaced(files, /\/ingressroute[^/]*\.yaml$/, /entryPoints:\n(?: +- .*\n)*/, "entryPoints: []\n"),
    ],
  },
  {
    id: "ports-lead-to-the-gateway-with-that-way",
    says: "the page of the router forwards ports to the address of the gateway that says so, and to no other",
    about: (files) => hasWay(files, "port-forward"),
    check(files) {
      const addresses = gatewaysOf(files)
        .filter(([, gateway]) => at(gateway, "public") === "port-forward")
        .flatMap(([, gateway]) => [at(gateway, "address")].flat());
      const lines = [...(files.get("docs/port-forward.md") ?? "").matchAll(/^\| port \d+ \| TCP \| (\S+), port/gm)];
      return [
        ...unless(lines.length > 0, "docs/port-forward.md forwards nothing"),
        ...lines.map(([, address]) => String(address)).filter((address) => !addresses.includes(address)),
      ];
    },
    broken: (files) => replaced(files, PAGE, /\| TCP \| [\d.]+/, "| TCP | 172.16.1.61"),
  },
  {
    id: "house-record-is-the-one-names-lead-to",
    says: "the record that follows the public address is the one that public names lead to, of IPv4 alone, and asks outside for it",
    about: (files) => pathsOf(files, DDNS).length > 0,
    check(files) {
      const [path = ""] = pathsOf(files, DDNS);
      const settings = settingsOf(files);
      const domain = asList(at(specOf(files), "domains"))[0];
      return [
        ...unless(at(settings, "domain") === `direct.${String(domain)}`, "another record"),
        ...unless(at(settings, "ip_version") === "ipv4", "an address of a pod"),
        ...unless(/name: RESOLVER_ADDRESS\n +value: 1\.1\.1\.1:53/.test(files.get(path) ?? ""), "it asks the house"),
        ...unless(/name: SERVER_ENABLED\n +value: "no"/.test(files.get(path) ?? ""), "a page without a password"),
      ];
    },
    broken: [
      (files) => replaced(files, DDNS, String.raw`\"domain\":\"direct.`, String.raw`\"domain\":\"external.`),
      (files) => replaced(files, DDNS, String.raw`ip_version\":\"ipv4`, String.raw`ip_version\":\"ipv4 or ipv6`),
      (files) => replaced(files, DDNS, / +- name: RESOLVER_ADDRESS\n.*\n/, ""),
      (files) => replaced(files, DDNS, / +- name: SERVER_ENABLED\n.*\n/, ""),
    ],
  },
];
