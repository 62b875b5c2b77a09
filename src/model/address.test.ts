import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  contains,
  firstIp,
  fromNumber,
  lastIp,
  nth,
  overlaps,
  parseCidr,
  parseIp,
  parseRange,
  reservedIn,
  size,
  toNumber,
  usable,
  type Cidr,
} from "./address.ts";
import { parseHostname, parseLabel, parseRepoPath } from "./names.ts";

describe("an address", () => {
  it.each(["1.2.3.4", "255.255.255.255", "fd00::1"])("is %s", (text) => expect(parseIp(text)).toBe(text));
  it.each(["1.2.3", "256.1.1.1", "010.0.0.1", "1.2.3.4/24", "fe80::1%eth0", "", "a.b.c.d", " 1.2.3.4", "::1::"])(
    "is not %j",
    (text) => expect(parseIp(text)).toBeUndefined(),
  );
  it("is written one way", () => expect(parseIp("FD00:0:0:0::0001")).toBe("fd00::1"));
  it("is its number and back", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }), (value) => toNumber(fromNumber(value, 4)) === value),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), (value) => toNumber(fromNumber(value, 6)) === value),
    );
  });
});

describe("a network", () => {
  it("knows its ends, its size and whether it was written with host bits", () => {
    const cidr = parseCidr("172.16.1.5/24") as Cidr & { hostBits: boolean };
    expect([cidr.text, cidr.hostBits, firstIp(cidr), lastIp(cidr), nth(cidr, 10), usable(cidr).text]).toEqual([
      "172.16.1.0/24",
      true,
      "172.16.1.0",
      "172.16.1.255",
      "172.16.1.10",
      "172.16.1.1-172.16.1.254",
    ]);
    expect(size(cidr)).toBe(256n);
  });
  it.each(["172.16.1.0", "172.16.1.0/33", "172.16.1.0/", "/24", "172.16.1.0/24/8", "172.16.1.0/2a"])(
    "is not %j",
    (text) => expect(parseCidr(text)).toBeUndefined(),
  );
  it("reserves its ends, and of IPv6 its first address, but nothing of two addresses", () => {
    expect(reservedIn(parseCidr("10.0.0.0/8") as Cidr)).toEqual(["10.0.0.0", "10.255.255.255"]);
    expect(reservedIn(parseCidr("fd00:1::/64") as Cidr)).toEqual(["fd00:1::"]);
    expect(usable(parseCidr("fd00:1::/126") as Cidr).text).toBe("fd00:1::1-fd00:1::3");
    for (const text of ["10.0.0.0/31", "10.0.0.0/32", "fd00::/127", "fd00::/128"])
      expect(reservedIn(parseCidr(text) as Cidr)).toEqual([]);
  });
  it("overlaps exactly those that share an address", () => {
    const networkIn = (base: string, least: number, most: number) =>
      fc
        .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: least, max: most }))
        .map(([part, prefix]) => parseCidr(`${base.replace("*", String(part))}/${prefix}`) as Cidr);
    const network = fc.oneof(networkIn("10.0.*.0", 20, 32), networkIn("fd00:0:0:*::", 48, 128));
    fc.assert(
      fc.property(network, network, (a, b) => {
        const shared = contains(a, firstIp(b)) || contains(b, firstIp(a));
        expect(overlaps(a, b)).toBe(shared);
        expect(overlaps(b, a)).toBe(shared);
      }),
    );
  });
});

describe("a range", () => {
  it.each([
    ["10.0.0.5-10.0.0.9", 5n],
    ["10.0.0.0/30", 4n],
    ["10.0.0.5", 1n],
    ["10.0.0.5 - 10.0.0.6", 2n],
  ])("is %s", (text, length) => expect(size(parseRange(text) as never)).toBe(length));
  it.each(["10.0.0.9-10.0.0.5", "10.0.0.1-fd00::1", "10.0.0.1-", "-10.0.0.1", "10.0.0.5/24", "a-b"])(
    "is not %j",
    (text) => expect(parseRange(text)).toBeUndefined(),
  );
});

describe("names", () => {
  it.each(["ragas.cc", "a.b.c.d", "xn--bcher-kva.example"])("%s is a host name", (text) =>
    expect(parseHostname(text)).toBe(text),
  );
  it.each(["ragas", "Ragas.cc", "a_b.cc", "1.2.3.4", "a..b", ".a.b", "a.b.", `${"a".repeat(64)}.cc`, "-a.cc"])(
    "%s is none",
    (text) => expect(parseHostname(text)).toBeUndefined(),
  );
  it("a label has 63 characters at most", () =>
    expect([parseLabel("a".repeat(63)), parseLabel("a".repeat(64))]).toEqual(["a".repeat(63), undefined]));
  it.each(["a", "a/b.yaml", ".gitignore", "docs/ä.md"])("%s is a path", (text) =>
    expect(parseRepoPath(text)).toBe(text),
  );
  it.each([
    "",
    "/etc",
    "../x",
    "a/../b",
    "a//b",
    "a/.",
    "a\\b",
    "C:\\x",
    "a\u0000",
    "a.",
    "a ",
    "con",
    "aux.yaml",
    "a/nul.txt",
  ])("%j is none", (text) => expect(parseRepoPath(text)).toBeUndefined());
});
