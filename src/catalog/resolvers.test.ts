import { expect, test } from "vitest";
import { planOf } from "../../test/fixtures/plan.ts";
import { hostname } from "../../test/fixtures/values.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import { parseIp } from "../model/address.ts";
import type { Host, Plan } from "../model/plan.ts";
import { RESOLVERS, resolversToTell } from "./resolvers.ts";

const host = (name: string, ip: string, ...software: readonly string[]): Host => ({
  name: name as Host["name"],
  ip: parseIp(ip) as Host["ip"],
  ips: [parseIp(ip) as Host["ip"]],
  software,
  managed: false,
  exports: [],
  nodeExporter: false,
});

function told(hosts: readonly Host[], dns: readonly string[]): readonly string[] {
  const plan = planOf({});
  const lan = { ...plan.lan, hosts, dns: dns.map((ip) => parseIp(ip) as Host["ip"]) };
  return resolversToTell({ ...plan, lan } as Plan).map(
    ({ resolver, host: own }) => `${own?.name ?? "any"} ${resolver.id}`,
  );
}

test("machines of homelab.yaml come in the order they are asked, then the others", () => {
  const hosts = [
    host("nas", "172.16.1.9", "nfs-server"),
    host("second", "172.16.1.10", "technitium"),
    host("third", "172.16.1.12", "unbound"),
    host("first", "172.16.1.11", "docker", "AdGuard Home"),
  ];
  expect(told(hosts, ["172.16.1.11", "172.16.1.10"])).toEqual([
    "first adguard-home",
    "second technitium",
    "third unbound",
  ]);
});

test("where none is known there is one of each", () => {
  expect(told([host("nas", "172.16.1.9", "nfs-server")], [])).toEqual(RESOLVERS.map(({ id }) => `any ${id}`));
});

test.each(RESOLVERS)("$id is told every domain and the server", ({ id }) => {
  const view = { server: "172.16.1.60", domains: [hostname("ragas.cc"), hostname("home.arpa")] };
  const text = catalog.templates.render(`repository/resolvers/${id}.md`, view);
  for (const word of ["172.16.1.60", ...view.domains]) expect(text).toContain(word);
});

test("no name of a resolver means two", () => {
  const names = RESOLVERS.flatMap(({ id, also }) => [id, ...also]);
  expect(new Set(names).size).toBe(names.length);
});
