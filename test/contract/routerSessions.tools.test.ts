/**
 * Needs HOMELAB_NET_TOOLS: the file that routers are given, read by FRR, and nodes that speak to it with what the plan says
 * of sessions, also FRR, each in a network namespace.
 */
import { describe, expect, it } from "vitest";
import { firstIp, fromNumber, familyOf, type Family, type Ip } from "../../src/model/address.ts";
import type { BgpPeer } from "../../src/model/bgp.ts";
import { ofFamily } from "../../src/model/families.ts";
import { toldIn } from "../../src/model/told.ts";
import { asList, asMap, at } from "../../src/model/unknown.ts";
import type { RepoPath } from "../../src/model/names.ts";
import type { Node, Plan } from "../../src/model/plan.ts";
import { emitted, type Emitted } from "../fixtures/emitted.ts";
import { detouredBy, routedBy } from "../fixtures/routerVariations.ts";
import { mayMakeNamespaces, startLan, until, type LabMachine } from "../support/frrLab.ts";

const allowed = await mayMakeNamespaces();
const PASSWORD = "of-both-sides";
const WORD: Readonly<Record<Family, string>> = { 4: "ip", 6: "ipv6" };

const text = ({ tree }: Emitted, path: string): string => {
  const file = tree.get(path as RepoPath);
  if (file === undefined) throw new Error(`${path} is not emitted`);
  return file.content;
};

const onLan = (ip: Ip, { stacks }: Plan): string =>
  `${ip}/${stacks.find(({ family }) => family === familyOf(ip))?.lan?.value.prefix}`;

/** Inside each pool, and right behind it. */
const announcedBy = (family: Family, plan: Plan) =>
  toldIn(plan)
    .filter(({ range }) => range.family === family)
    .map(({ range }) => ({ inside: firstIp(range), beside: fromNumber(range.last + 1n, family) }));

/** A node that says more than it should. */
function speaker(node: Node, peer: BgpPeer, plan: Plan): string {
  const families = [4, 6].filter((family) => ofFamily(peer.ips, family as Family) !== undefined) as Family[];
  const sessions = families.map((family) => ({ family, router: ofFamily(peer.ips, family) as Ip }));
  return [
    `router bgp ${plan.bgp?.asn}`,
    ` bgp router-id ${node.ip}`,
    " no bgp ebgp-requires-policy",
    " no bgp network import-check",
    " no bgp default ipv4-unicast",
    ...sessions.flatMap(({ router }) => [
      ` neighbor ${router} remote-as ${peer.asn}`,
      ` neighbor ${router} timers ${peer.timers.keepalive} ${peer.timers.hold}`,
      ` neighbor ${router} timers connect 1`,
      ...(peer.password ? [` neighbor ${router} password ${PASSWORD}`] : []),
      ...(peer.bfd ? [` neighbor ${router} bfd`] : []),
    ]),
    ...sessions.flatMap(({ family, router }) => [
      ` address-family ipv${family} unicast`,
      `  neighbor ${router} activate`,
      `  neighbor ${router} default-originate`,
      ...announcedBy(family, plan).flatMap(({ inside, beside }) =>
        [inside, beside].map((ip) => `  network ${ip}/${family === 4 ? 32 : 128}`),
      ),
      " exit-address-family",
    ]),
    "exit",
    "",
  ].join("\n");
}

/** As the page of the router says: its console gets the password, the file does not have it. */
const withPassword = (configuration: string): string =>
  configuration.replace(
    /^ neighbor (\S+) remote-as .*$/gm,
    (line, group) => `${line}\n neighbor ${group} password ${PASSWORD}`,
  );

async function lab(network: Emitted, configuration: (own: string) => string = (own) => own) {
  const { plan } = network;
  const [peer] = plan.bgp?.peers ?? [];
  if (peer === undefined) throw new Error("no router is told");
  const own = configuration(text(network, `routers/${peer.name}/frr.conf`));
  const lan = await startLan();
  const router = await lan.start({
    addresses: peer.ips.map((ip) => onLan(ip, plan)),
    configuration: peer.password ? withPassword(own) : own,
  });
  const nodes = plan.nodes.slice(0, 2);
  for (const node of nodes)
    await lan.start({
      addresses: node.ips.map((ip) => onLan(ip, plan)),
      configuration: speaker(node, peer, plan),
      deaf: true,
    });
  return { plan, peer, router, nodes };
}

const established = async (router: LabMachine, ips: readonly Ip[]): Promise<boolean> => {
  const neighbors = asMap(await router.json("show bgp neighbors json"));
  return ips.every((ip) => at(neighbors, ip, "bgpState") === "Established");
};

const routesOf = async (router: LabMachine, family: Family): Promise<readonly string[]> =>
  Object.keys(asMap(await router.json(`show ${WORD[family]} route bgp json`))).sort();

/** How many nodes each address is reached over; one of none before the first is there. */
async function waysOf(router: LabMachine, family: Family): Promise<readonly number[]> {
  const routes = Object.values(asMap(await router.json(`show ${WORD[family]} route bgp json`)));
  return routes.length === 0 ? [0] : routes.map((entries) => asList(at(asList(entries)[0], "nexthops")).length);
}

const expectedIn = (family: Family, plan: Plan): readonly string[] =>
  announcedBy(family, plan)
    .map(({ inside }) => `${inside}/${family === 4 ? 32 : 128}`)
    .sort();

const networks = {
  "with BFD and a password, over both families": emitted(routedBy("unifi")),
  "with a router beside the one of the LAN": emitted(detouredBy("frr")),
};

// None where no namespace can be made: the name of the test above says so.
const tried = allowed ? Object.entries(networks) : [];

it(`is tried in network namespaces, ${allowed ? "which can be made here" : "which CANNOT be made here: NO SESSION WAS TRIED"}`, () =>
  expect(tried.length > 0).toBe(allowed));

describe("a session", () => {
  it.each(tried)(
    "%s brings the addresses of pools over every node, and nothing else either way",
    { timeout: 120_000 },
    async (_, network) => {
      const { plan, peer, router, nodes } = await lab(network);
      const families = [...new Set(peer.ips.map(familyOf))];
      const ips = nodes.flatMap((node) => families.flatMap((family) => ofFamily(node.ips, family) ?? []));
      await until(
        () => established(router, ips),
        () => `no session with ${ips.join(", ")}`,
      );
      const [node = ""] = ips;
      const ofNode = async () => at(await router.json(`show bgp neighbors ${node} json`), node);
      // BFD comes up after the session that asks for it, and takes it down again where it does not.
      await until(
        async () => at(await ofNode(), "peerBfdInfo", "status") === (peer.bfd ? "Up" : undefined),
        () => `BFD with ${node} is ${peer.bfd ? "not up" : "asked for"}`,
      );
      for (const family of families) {
        await until(
          async () => (await waysOf(router, family)).every((ways) => ways === nodes.length),
          () => `no way of IPv${family} over each node`,
        );
        expect(await routesOf(router, family)).toEqual(expectedIn(family, plan));
      }
      expect(at(await ofNode(), "addressFamilyInfo", "ipv4Unicast", "sentPrefixCounter")).toBe(0);
    },
  );

  it.each(tried.slice(1))(
    "%s brings the rest as well without what limits it: the nodes have said all of it",
    { timeout: 120_000 },
    async (_, network) => {
      const { router, nodes } = await lab(network, (own) =>
        own
          .replace(/^ {2}neighbor \S+ route-map \S+-in in\n/gm, "")
          .replace(" no bgp default", " no bgp ebgp-requires-policy\n no bgp default"),
      );
      const ips = nodes.map(({ ip }) => ip);
      await until(
        () => established(router, ips),
        () => `no session with ${ips.join(", ")}`,
      );
      await until(
        async () => (await routesOf(router, 4)).includes("0.0.0.0/0"),
        () => "no default route",
      );
      expect(await routesOf(router, 4)).toContain("10.50.1.0/32");
    },
  );
});
