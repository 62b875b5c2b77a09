/** What is emitted for routers that no test can start, held against what those say of their own commands and pages. */
import { describe, expect, it } from "vitest";
import opnsense from "../fixtures/routers/opnsense.json" with { type: "json" };
import pfsense from "../fixtures/routers/pfsense.json" with { type: "json" };
import { emitted } from "../fixtures/emitted.ts";
import { detouredBy, plainlyBy, routedBy } from "../fixtures/routerVariations.ts";
import { speakingNodes } from "../../src/model/bgp.ts";
import { prefixesOf } from "../../src/model/prefixes.ts";
import { toldIn } from "../../src/model/told.ts";
import { fencesOf } from "../support/markdown.ts";
import { isFilterRule, routerOsComplaint, vyosComplaint } from "../support/routerSyntax.ts";

const NETWORKS = { routedBy, detouredBy, plainlyBy } as const;

const filesOf = (software: string, name: string): readonly string[] =>
  Object.values(NETWORKS).flatMap((network) =>
    [...emitted(network(software)).tree]
      .filter(([path]) => path.startsWith("routers/") && path.endsWith(`/${name}`))
      .map(([, { content }]) => content),
  );

const commandsIn = (text: string): readonly string[] =>
  text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));

const complaints = (lines: readonly string[], judge: (line: string) => string | undefined): readonly string[] =>
  lines.flatMap((line) => judge(line) ?? []);

describe("commands of VyOS", () => {
  const lines = filesOf("vyos", "homelab.vyos").flatMap(commandsIn);
  const onPages = filesOf("vyos", "README.md")
    .flatMap((page) => fencesOf(page, "text"))
    .flatMap((fence) => fence.lines.filter((line) => line.startsWith("set ")));

  it("are of its tree, and their values of the kinds it has there", () => {
    expect(lines.length).toBeGreaterThan(100);
    expect(onPages.length).toBeGreaterThan(1);
    expect(complaints([...lines, ...onPages], vyosComplaint)).toEqual([]);
  });

  it.each([
    ["timers of a group, which has none", "set protocols bgp peer-group ragas timers keepalive 10"],
    ["a number that is none", "set protocols bgp system-as 4294967295"],
    ["a network with the address of a machine", "set policy prefix-list ragas rule 5 prefix 10.50.0.1/24"],
    ["a word where none stands", "set protocols bgp peer-group ragas passive yes"],
    ["half of a line", "set protocols bgp neighbor 172.16.1.50 peer-group"],
    ["an address of the other family", "set firewall ipv6 name ragas rule 10 destination address 172.16.1.1"],
  ])("%s is none", (_, line) => expect(vyosComplaint(line)).toContain(line));
});

describe("commands of RouterOS", () => {
  const files = filesOf("mikrotik", "homelab.rsc");
  const lines = files.flatMap(commandsIn);

  it("are of its menus, and their values of the kinds it has there", () => {
    expect(lines.length).toBeGreaterThan(60);
    expect(complaints(lines, routerOsComplaint)).toEqual([]);
  });

  it("have filters of routes that it reads", () => {
    const rules = [...files.join("\n").matchAll(/ rule="([^"]*)"/g)].map(([, rule = ""]) => rule);
    expect(rules.length).toBeGreaterThan(5);
    expect(rules.filter((rule) => !isFilterRule(rule))).toEqual([]);
  });

  it("on pages are as well", () => {
    const onPages = filesOf("mikrotik", "README.md")
      .flatMap((page) => fencesOf(page, "text"))
      .flatMap((fence) => fence.lines.filter((line) => line.startsWith("/")))
      // The files are older than one of them, and say so: from 7.22 on.
      .filter(
        (line) => !line.includes("multipath=") && !/print where|^\/import homelab.rsc |print where bgp/.test(line),
      );
    expect(onPages.length).toBeGreaterThan(4);
    expect(complaints(onPages, routerOsComplaint)).toEqual([]);
  });

  it.each([
    ["a menu that is not there", "/routing/bgp/peer/add name=a"],
    ["a property of version 6", "/routing/bgp/connection/add remote-address=172.16.1.50"],
    ["a number that is none", "/routing/bgp/instance/add name=a as=4294967296"],
    ["an address that is none", "/ip/dhcp-server/lease/add address=172.16.1.500"],
    ["a text without its end", '/routing/filter/rule/add chain=a rule="if'],
    ["a variable in a text", '/routing/filter/rule/add chain=a rule="$x"'],
    ["something to find that is no property", "/ip/route/remove [find where name=a]"],
  ])("%s is none", (_, line) => expect(routerOsComplaint(line)).toContain(line));
});

describe("lines about names, which stand on another page", () => {
  const linesFor = (software: string, start: string): readonly string[] => {
    const page = [...emitted(routedBy(software)).tree].find(([path]) => path === "docs/dns.md")?.[1].content ?? "";
    return fencesOf(page, "text").flatMap(({ lines }) => lines.filter((line) => line.startsWith(start)));
  };

  it("are of the tree of VyOS", () => {
    const lines = linesFor("vyos", "set ");
    expect(lines).toHaveLength(2);
    expect(complaints(lines, vyosComplaint)).toEqual([]);
  });

  it("are of the menus of RouterOS", () => {
    const lines = linesFor("mikrotik", "/ip dns static add ");
    expect(lines).toHaveLength(1);
    expect(
      complaints(
        lines.map((line) => line.replace("/ip dns static add", "/ip/dns/static/add")),
        routerOsComplaint,
      ),
    ).toEqual([]);
  });
});

describe("sessions in words of their own", () => {
  const { plan } = emitted(routedBy("vyos"));
  const nodes = speakingNodes(plan).flatMap(({ ips }) => ips);
  const prefixes = toldIn(plan).flatMap(({ range }) => prefixesOf(range).map(({ text }) => text));
  const all = (text: string, pattern: RegExp): readonly string[] =>
    [...text.matchAll(pattern)].map(([, one = ""]) => one);
  const [ofVyos = ""] = filesOf("vyos", "homelab.vyos");
  const [ofMikrotik = ""] = filesOf("mikrotik", "homelab.rsc");

  it("know each node that speaks, by its number, and wait for it", () => {
    expect(all(ofVyos, /^set protocols bgp neighbor (\S+) peer-group /gm)).toEqual(nodesInOrder(ofVyos));
    expect(all(ofVyos, /^set protocols bgp peer-group (\S+) passive$/gm)).toEqual(["ragas", "ragas-v6"]);
    expect(all(ofVyos, /^set protocols bgp peer-group \S+ remote-as (\d+)$/gm)).toEqual(["64513", "64513"]);
    const connections = ofMikrotik.split("\n").filter((line) => line.startsWith("/routing/bgp/connection/add "));
    expect(connections.flatMap((line) => all(line, /remote\.address=(\S+)/g)).toSorted()).toEqual(nodes.toSorted());
    for (const line of connections) expect(line).toContain(" remote.as=64513 connect=no listen=yes ");
  });

  const nodesInOrder = (text: string): readonly string[] => {
    const known = all(text, /^set protocols bgp neighbor (\S+) description /gm);
    expect(known.toSorted()).toEqual(nodes.toSorted());
    return known;
  };

  it("take what is told and nothing else, and say nothing", () => {
    expect(all(ofVyos, /^set policy prefix-list6? \S+ rule \d+ prefix (\S+)$/gm).toSorted()).toEqual(
      prefixes.toSorted(),
    );
    expect(all(ofMikrotik, /rule="if \(dst in (\S+) &&/g).toSorted()).toEqual(prefixes.toSorted());
    for (const group of ["ragas", "ragas-v6"]) {
      const family = group.endsWith("v6") ? "ipv6" : "ipv4";
      for (const [way, map] of [
        ["import", "in"],
        ["export", "out"],
      ] as const)
        expect(ofVyos).toContain(
          `peer-group ${group} address-family ${family}-unicast route-map ${way} ${group}-${map}\n`,
        );
      expect(ofVyos).toContain(`set policy route-map ${group}-out rule 10 action deny\n`);
      expect(ofMikrotik).toContain(`/routing/filter/rule/add chain=${group}-out rule="reject" `);
    }
    const connections = all(ofMikrotik, /^\/routing\/bgp\/connection\/add (.*)$/gm);
    for (const line of connections) expect(line).toMatch(/ input\.filter=(\S+)-in output\.filter-chain=\1-out /);
  });

  it("have no password", () => {
    expect(ofVyos + ofMikrotik).not.toMatch(/password [^s]|tcp-md5-key/);
    for (const software of ["vyos", "mikrotik"])
      expect(filesOf(software, "README.md").join("")).toContain("bootstrap/secrets.sh bgp-edge");
  });
});

describe("pages of OPNsense", () => {
  const pages = new Map(Object.entries(opnsense.pages));

  /** Fields of the tables below a heading: heads of columns, or the first cell of each row below `field`. */
  const fieldsOf = (page: string, heading: string): readonly string[] => {
    const [, section = ""] = page.split(`### ${heading}\n`);
    const rows = (section.split(/^##/m)[0] ?? "").split("\n").filter((line) => line.startsWith("|"));
    const cells = rows.map((row) =>
      row
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    return cells.flatMap((row, index) => {
      const isHead = cells[index + 1]?.every((cell) => cell === "---") ?? false;
      if (isHead) return row[0] === "field" ? [] : row;
      return cells.some(([head]) => head === "field") && row[0] !== "---" ? [row[0] ?? ""] : [];
    });
  };

  const [routed = ""] = filesOf("opnsense", "README.md");

  it.each([...pages.keys()].filter((page) => page.startsWith("Routing, BGP")))(
    "%s has the fields that are filled in",
    (page) => {
      const inTables = fieldsOf(routed, page).filter((field) => field !== "" && field !== "---");
      const inNeighbors =
        page === "Routing, BGP, Neighbors" ? inTables.filter((field) => !/^(talos|edge)/.test(field)) : inTables;
      const labels = pages.get(page) ?? [];
      expect(inNeighbors.length).toBeGreaterThan(2);
      const ofForm = inNeighbors.filter((field) => !isValueRow(field));
      expect(ofForm.filter((field) => !labels.includes(field))).toEqual([]);
    },
  );

  const isValueRow = (field: string): boolean => /^(ragas|talos|\d|Routing)/.test(field);

  it.each([
    ["Subnet", "Kea, Subnets"],
    ["Pools", "Kea, Subnets"],
    ["Routers (gateway)", "Kea, Subnets"],
    ["DNS servers", "Kea, Subnets"],
    ["Hostname", "Kea, Reservations"],
    ["MAC address", "Kea, Reservations"],
    ["Start address", "Dnsmasq, DHCP ranges"],
    ["End address", "Dnsmasq, DHCP ranges"],
    ["Hardware addresses", "Dnsmasq, Hosts"],
    ["Action", "Firewall, Rules"],
    ["Destination Port", "Firewall, Rules"],
    ["Network Address", "System, Routes, Configuration"],
  ])("%s is a field of %s", (field, page) => {
    expect(filesOf("opnsense", "README.md").join("\n")).toContain(field);
    expect(pages.get(page)).toContain(field);
  });
});

describe("pages of pfSense", () => {
  const text = filesOf("pfsense", "README.md").join("\n");
  const items = [...text.matchAll(/^- ([A-Z][A-Za-z ]*): ([^]*?)(?=\n- |\n\n)/gm)].map(
    ([, page = "", fields = ""]) => ({
      page,
      fields: fields.replaceAll(/\s+/g, " ").split(", "),
    }),
  );

  it.each(["FRR BGP", "Prefix Lists", "Route Maps", "Neighbors"] as const)(
    "%s has the fields that are filled in",
    (page) => {
      const fields = items.filter((item) => item.page === page).flatMap((item) => item.fields);
      expect(fields.length).toBeGreaterThan(2);
      expect(fields.filter((field) => !pfsense.pages[page].some((label) => field.startsWith(`${label} `)))).toEqual([]);
    },
  );

  it.each(pfsense.pages["Raw Config"].filter((label) => !/^(RUNNING|MD5)/.test(label)))(
    "%s is on the page for files",
    (label) => {
      expect(text.replaceAll(/\s+/g, " ")).toContain(label);
    },
  );
});
