/** What programs of the system print, read. Lines as iproute2 6, systemd 255 and macOS 14 have them. */
import { describe, expect, test } from "vitest";
import { inTurns } from "./inTurns.ts";
import { ownAddresses, resolversIn, routersIn } from "./machine.ts";
import { neighboursIn } from "./neighbours.ts";

const lines = (text: string): readonly string[] => text.split("\n");

test("neighbours are those with a hardware address", () => {
  const linux = lines(
    `172.16.1.1 dev eth0 lladdr bc:24:11:ac:10:01 REACHABLE
172.16.1.2 dev eth0 lladdr bc:24:11:ac:10:02 STALE
172.16.1.49 dev eth0 FAILED
172.16.1.60 dev eth0 INCOMPLETE
172.16.1.61 dev eth0 lladdr bc:24:11:ac:10:61 FAILED
fe80::1 dev eth0 lladdr bc:24:11:ac:10:01 router REACHABLE
`,
  );
  expect([...neighboursIn(linux).keys()]).toEqual(["172.16.1.1", "172.16.1.2", "fe80::1"]);
  const mac = lines(
    `? (172.16.1.1) at bc:24:11:ac:10:1 on en0 ifscope [ethernet]
? (172.16.1.49) at (incomplete) on en0 ifscope [ethernet]`,
  );
  expect([...neighboursIn(mac)]).toEqual([["172.16.1.1", "bc:24:11:ac:10:1"]]);
});

test("the router of the default route", () => {
  expect(routersIn(lines("default via 172.16.1.1 dev eth0 proto dhcp src 172.16.1.23 metric 100\n"))).toEqual([
    "172.16.1.1",
  ]);
  expect(routersIn(lines("   route to: default\ndestination: default\n    gateway: 172.16.1.1\n"))).toEqual([
    "172.16.1.1",
  ]);
  expect(routersIn([""])).toEqual([]);
});

describe("resolvers", () => {
  test("are those behind the stub of systemd-resolved", () => {
    expect(
      resolversIn(["127.0.0.53"], lines("Global:\nLink 2 (eth0): 172.16.1.11 172.16.1.10\nLink 3 (wg0):")),
    ).toEqual(["172.16.1.11", "172.16.1.10"]);
  });
  test.each([
    [["172.16.1.11"], ["Link 2 (eth0): 9.9.9.9"], ["172.16.1.11"]],
    [["127.0.0.53"], undefined, ["127.0.0.53"]],
    [["127.0.0.53"], ["Global:"], ["127.0.0.53"]],
  ])("%j with %j", (servers, asked, expected) => {
    expect(resolversIn(servers, asked)).toEqual(expected);
  });
});

test("addresses of this machine, and which DHCP gave", () => {
  const entry = (address: string, internal = false) =>
    ({ address, netmask: "", family: "IPv4", mac: "", internal, cidr: `${address}/24` }) as const;
  const interfaces = {
    lo: [entry("127.0.0.1", true)],
    eth0: [entry("172.16.1.23"), entry("172.16.1.24"), entry("172.16.1.25")],
  };
  const leases = lines(
    `2: eth0    inet 172.16.1.23/24 brd 172.16.1.255 scope global dynamic noprefixroute eth0\\       valid_lft 85000sec
2: eth0    inet 172.16.1.24/24 scope global secondary eth0\\       valid_lft forever preferred_lft forever`,
  );
  expect(ownAddresses(interfaces, leases).map(({ ip, leased }) => [ip, leased])).toEqual([
    ["172.16.1.23", true],
    ["172.16.1.24", false],
    ["172.16.1.25", undefined],
  ]);
  expect(ownAddresses(interfaces, undefined)[0]).toEqual({ ip: "172.16.1.23", prefix: 24, interfaceName: "eth0" });
});

test("work in turns is done in order, so much at once", async () => {
  const turn = inTurns(2);
  let running = 0;
  let most = 0;
  const done: number[] = [];
  await Promise.all(
    [1, 2, 3, 4, 5].map((number) =>
      turn(async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        done.push(number);
      }),
    ),
  );
  expect([most, done]).toEqual([2, [1, 2, 3, 4, 5]]);
  await expect(turn(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await turn(() => Promise.resolve("after it"))).toBe("after it");
});
