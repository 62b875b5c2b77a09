/** Names outside the gateways: `dns.records`. */
import { reservedIn } from "../../model/address.ts";
import { isUnder } from "../../model/names.ts";
import type { DnsRecord } from "../../model/plan.ts";
import { writtenRecords } from "../../model/zones.ts";
import { suggest } from "../../model/suggest.ts";
import { isNobodys } from "../addresses/networks.ts";
import type { Rule } from "../rule.ts";

const nameOf = ({ path, ofZone }: DnsRecord): string => (ofZone ? path : `${path}.name`);
const toOf = ({ path }: DnsRecord): string => `${path}.to`;

export const recordOurs: Rule = {
  id: "DNS-RECORD-DOMAIN",
  severity: "error",
  title: "a record is under one of the domains",
  because:
    "The resolver of the LAN asks the cluster for its own domains and no others, so nobody would find the record.",
  source: "k8s-gateway documentation: authoritative for its zones",
  *check(plan) {
    const { domains } = plan;
    for (const record of writtenRecords(plan)) {
      if (domains.some((domain) => isUnder(record.name, domain))) continue;
      yield {
        message: `${record.name} is not under ${domains.join(" or ")}`,
        paths: [nameOf(record), "domains"],
        fix: `${record.name.split(".")[0]}.${domains[0]}, or add its domain to domains`,
      };
    }
  },
};

export const recordNamed: Rule = {
  id: "DNS-RECORD-TO",
  severity: "error",
  title: "a record leads to a machine that is known",
  because: "A record holds an address, and a name nobody has gives none.",
  source: "CoreDNS plugin hosts: lines of an address and names",
  *check(plan) {
    const { lan, nodes } = plan;
    const names = [...lan.hosts, ...nodes].map(({ name }) => name);
    for (const record of writtenRecords(plan)) {
      if (record.ip !== undefined) continue;
      const near = suggest(record.written, names);
      yield {
        message: `no machine is called ${record.written}`,
        paths: [toOf(record), "lan.hosts"],
        fix:
          near === undefined
            ? `lan.hosts: { ${record.written}: its address }, or write the address`
            : `did you mean ${near}?`,
      };
    }
  },
};

export const recordLeads: Rule = {
  id: "DNS-RECORD-ADDRESS",
  severity: "error",
  title: "a record leads to an address a machine can have",
  because: "Whoever asks for the name would talk to itself, to all machines or to none.",
  source: "RFC 1122 §3.2.1.3, RFC 4291 §2.5",
  *check(plan) {
    const reserved = new Set(plan.stacks.flatMap(({ lan }) => (lan === undefined ? [] : reservedIn(lan.value))));
    for (const record of writtenRecords(plan)) {
      if (record.ip === undefined || !(isNobodys(record.ip) || reserved.has(record.ip))) continue;
      yield {
        message: `${record.ip} is no address of a machine`,
        paths: [toOf(record)],
        fix: "the address of the machine, or its name in lan.hosts",
      };
    }
  },
};

export const recordOnce: Rule = {
  id: "DNS-RECORD-TWICE",
  severity: "error",
  title: "a name has one record",
  because:
    "Devices would take one of the addresses by chance, and a service that is on one of them fails half the time.",
  source: "RFC 1034 §3.6: a set of records has no order",
  *check({ records }) {
    for (const [index, record] of records.entries()) {
      const first = records.slice(0, index).find(({ name }) => name === record.name);
      // What two machines of one name are, another rule says.
      if (first === undefined || first.ofZone) continue;
      yield {
        message: `${record.name} has two records: ${first.written} and ${record.written}`,
        paths: [nameOf(record), nameOf(first)],
        fix: "keep one of them",
      };
    }
  },
};
