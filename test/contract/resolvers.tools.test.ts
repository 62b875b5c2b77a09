/**
 * Needs HOMELAB_NET_TOOLS: the lines that docs/dns.md has for resolvers, and those that pods' CoreDNS is given, in real
 * dnsmasq, Unbound and CoreDNS. k8s-gateway, which needs a cluster, is stood in for by CoreDNS with the plugins and the
 * records that are emitted for it, and a zone with the names it would have read from routes.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { asList, asMap, at } from "../../src/model/unknown.ts";
import type { RepoPath } from "../../src/model/names.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import { DUAL_STACK } from "../fixtures/dualStack.ts";
import { emitted, type Emitted } from "../fixtures/emitted.ts";
import { reference } from "../fixtures/reference.ts";
import { edit, edited, EXISTING, type Edit } from "../rules/edits.ts";
import { fencesOf } from "../support/markdown.ts";
import { ask, startCoreDns, startDnsmasq, startUnbound, type Answer, type Port } from "../support/resolvers.ts";

// Under home.arpa resolvers have answers of their own (RFC 8375 §4).
const DOMAINS = ["ragas.cc", "ragas.home.arpa"];

const network = emitted(
  edited(reference, [
    ...DUAL_STACK,
    edit("domains: [ragas.cc]", `domains: [${DOMAINS.join(", ")}]`),
    // Nobody there says it is a resolver, so the page has the lines of all.
    edit(", software: technitium", ""),
    edit(", software: adguard-home", ""),
    edit(
      "dns:\n",
      "dns:\n  zones: { machines: nodes }\n  records: [{ name: nas.ragas.cc, to: nas }, { name: printer.ragas.home.arpa, to: 172.16.1.30 }]\n",
    ),
  ]),
);

const SERVER = "172.16.1.60";
const GATEWAY = { A: ["172.16.1.61"], AAAA: ["fd00:1::61"] };

const QUESTIONS: readonly (readonly [name: string, a: Answer, aaaa: Answer])[] = [
  ...DOMAINS.map((domain) => [`echo.${domain}`, GATEWAY.A, GATEWAY.AAAA] as const),
  ["nas.ragas.cc", ["172.16.1.20"], ["fd00:1::20"]],
  ["talos-cp-1.nodes.ragas.cc", ["172.16.1.50"], ["fd00:1::50"]],
  // A record of one family: the other one is empty, and no error.
  ["printer.ragas.home.arpa", ["172.16.1.30"], []],
  // Known on the internet and to no route.
  ["public.ragas.cc", "ENOTFOUND", "ENOTFOUND"],
  ["example.com", ["93.184.216.34"], ["2606:2800:21f::7"]],
];

// Somebody there lures with an address of the LAN. To dnsmasq, networks of examples are private ones too.
const INTERNET = [
  ". 60 IN SOA ns. hostmaster. 1 60 60 60 60",
  ". 60 IN NS ns.",
  "example.com. 60 IN A 93.184.216.34",
  "example.com. 60 IN AAAA 2606:2800:21f::7",
  "public.ragas.cc. 60 IN A 93.184.216.35",
  "lure.example.com. 60 IN A 172.16.1.20",
];

const textAt = ({ tree }: Emitted, path: string): string => {
  const file = tree.get(path as RepoPath);
  if (file === undefined) throw new Error(`${path} is not emitted`);
  return file.content;
};

/** The lines of a page for one resolver, told another port: the server of the test is not at 53. */
function linesFor(title: string): readonly string[] {
  const [, section = ""] = textAt(network, "docs/dns.md").split(`### ${title}\n`);
  return fencesOf(section.split(/^##/m)[0] ?? "", "text").flatMap(({ lines }) => lines);
}

const linesOfPods = (house: Port): readonly string[] => {
  const [values] = readDocuments(textAt(network, "kubernetes/apps/kube-system/coredns/app/values.yaml"), "values.yaml");
  const [server] = asList(at(values, "servers"));
  const zones = asList(at(server, "zones")).map((one) => `${String(asMap(one)["zone"])}:PORT`);
  const plugins = asList(at(server, "plugins")).map(plugin);
  return [`${zones.join(" ")} {`, ...plugins, "}"].map((line) => line.replace(SERVER, `127.0.0.1:${house}`));
};

/** Where CoreDNS is another's, the page about the machines has its lines; that of K3s takes them as values of a map. */
function linesOfOthers(edits: readonly Edit[], house: Port): readonly string[] {
  const others = emitted(
    edited(reference, [...edits, edit("domains: [ragas.cc]", `domains: [${DOMAINS.join(", ")}]`)]),
  );
  const page = textAt(others, "docs/bootstrap.md");
  const blocks = ["text", "yaml"].flatMap((language) => fencesOf(page, language)).map(({ lines }) => lines);
  const lines = blocks.find((block) => block.some((line) => line.includes(`forward . ${SERVER}`))) ?? [];
  const isMapOfFiles = lines[0] === "apiVersion: v1";
  const texts = isMapOfFiles
    ? Object.values(asMap(at(readDocuments(lines.join("\n"), "page")[0], "data"))).map(String)
    : [lines.join("\n")];
  return texts.map((text) => text.replaceAll(":53 {", ":PORT {").replaceAll(SERVER, `127.0.0.1:${house}`));
}

const EXISTING_KUBEADM = EXISTING.map((one) => ({
  ...one,
  replace: one.replace.replace("installedBy: k3s", "installedBy: kubeadm").replace(", servicelb, traefik]", "]"),
}));

const plugin = (value: unknown): string => {
  const { name, parameters = "", configBlock } = asMap(value);
  return `${String(name)} ${String(parameters)}${configBlock === undefined ? "" : ` {\n${String(configBlock)}\n}`}`;
};

/** What would answer in the house, and what does on the internet. */
async function servers(): Promise<{ readonly house: Port; readonly internet: Port }> {
  const [values] = readDocuments(textAt(network, "kubernetes/apps/network/k8s-gateway/app/values.yaml"), "values.yaml");
  const [records] = readDocuments(
    textAt(network, "kubernetes/apps/network/k8s-gateway/app/records.yaml"),
    "records.yaml",
  );
  // Those that would listen at fixed ports say nothing of names.
  const plugins = asList(at(values, "extraZonePlugins")).filter(
    (one) => !["health", "ready", "prometheus", "reload"].includes(String(asMap(one)["name"])),
  );
  const [house = 0, internet = 0] = await startCoreDns((folder, [first, second]) => {
    const hosts = join(folder, "hosts");
    writeFileSync(hosts, String(at(records, "data", "hosts")));
    for (const domain of DOMAINS) {
      const addresses = network.plan.gateways.flatMap((gateway) => gateway.addresses);
      const lines = addresses.map((ip) => `echo ${ip.includes(":") ? "AAAA" : "A"} ${ip}`);
      writeFileSync(join(folder, domain), [`@ 60 SOA ns hostmaster 1 60 60 60 60`, "@ NS ns", ...lines, ""].join("\n"));
    }
    writeFileSync(join(folder, "internet"), `${INTERNET.join("\n")}\n`);
    return `.:${first} {
  bind 127.0.0.1
  ${plugins.map(plugin).join("\n  ").replace("/etc/coredns-records/hosts", hosts)}
${DOMAINS.map((domain) => `  file ${join(folder, domain)} ${domain}`).join("\n")}
}
.:${second} {
  bind 127.0.0.1
  file ${join(folder, "internet")} .
}
`;
  }, 2);
  return { house, internet };
}

const answers = (port: Port) =>
  Promise.all(
    QUESTIONS.map(async ([name]) => [name, await ask(port, name, "A"), await ask(port, name, "AAAA")] as const),
  );

describe("a resolver that was told about the domains", () => {
  const dnsmasq = (title: string) => async (house: Port, internet: Port) =>
    startDnsmasq(
      linesFor(title).map((line) => line.replace(SERVER, `127.0.0.1#${house}`)),
      internet,
    );
  const unbound = async (house: Port, internet: Port) =>
    startUnbound(
      linesFor("Unbound").map((line) => line.replace(SERVER, `127.0.0.1@${house}`)),
      internet,
    );

  const coreDns = (lines: (house: Port) => readonly string[]) => async (house: Port, internet: Port) => {
    const [port = 0] = await startCoreDns((_, [own]) =>
      `${lines(house).join("\n")}\n.:PORT {\n  forward . 127.0.0.1:${internet}\n}\n`.replaceAll("PORT", String(own)),
    );
    return port;
  };

  it.each([
    ["dnsmasq", dnsmasq("dnsmasq")],
    ["Pi-hole 6, which is dnsmasq", dnsmasq("Pi-hole 6")],
    ["Unbound", unbound],
    ["CoreDNS of the pods", coreDns(linesOfPods)],
    ["CoreDNS of a cluster that was there", coreDns((house) => linesOfOthers(EXISTING_KUBEADM, house))],
    ["CoreDNS of K3s that was there", coreDns((house) => linesOfOthers(EXISTING, house))],
  ] as const)("%s gives the addresses of the LAN for its names and no others", async (name, start) => {
    const { house, internet } = await servers();
    const port = await start(house, internet);
    expect(await answers(port)).toEqual(QUESTIONS);
    // Where it is on its guard, it is so still.
    const lure = await ask(port, "lure.example.com", "A");
    expect([name.startsWith("CoreDNS") ? ["172.16.1.20"] : "ENOTFOUND", []]).toContainEqual(lure);
  });

  it.each([
    ["dnsmasq without the first", "dnsmasq", /^server=/, "echo.ragas.cc"],
    ["dnsmasq without the exception", "dnsmasq", /^rebind-domain-ok=/, "echo.ragas.cc"],
    ["Unbound without the forwarding", "Unbound", /^ {2}forward-addr:|^ {2}name:|^forward-zone:/, "echo.ragas.cc"],
    ["Unbound without the first exception", "Unbound", /^ {2}private-domain:/, "echo.ragas.cc"],
    ["Unbound without the second exception", "Unbound", /^ {2}domain-insecure:/, "echo.ragas.cc"],
    ["Unbound with answers of its own", "Unbound", /^ {2}local-zone:/, "echo.ragas.home.arpa"],
  ] as const)("%s does not: each line is needed", async (_, title, left, name) => {
    const { house, internet } = await servers();
    const lines = linesFor(title).filter((line) => !left.test(line));
    const port = await (title === "dnsmasq"
      ? startDnsmasq(
          lines.map((line) => line.replace(SERVER, `127.0.0.1#${house}`)),
          internet,
        )
      : startUnbound(
          lines.map((line) => line.replace(SERVER, `127.0.0.1@${house}`)),
          internet,
        ));
    expect(await ask(port, name, "A")).not.toEqual(GATEWAY.A);
  });
});
