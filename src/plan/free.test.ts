import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  contains,
  firstIp,
  fromNumber,
  lastIp,
  parseCidr,
  parseIp,
  parseRange,
  toNumber,
  type Cidr,
  type Ip,
  type IpRange,
} from "../model/address.ts";
import { freeBlock, freeInPool, isFree, roundUp } from "./free.ts";

const lan = parseCidr("172.16.1.0/24") as Cidr;
const ip = (text: string): Ip => parseIp(text) as Ip;
const range = (text: string): IpRange => parseRange(text) as IpRange;
const nothing = { ips: new Set<Ip>(), ranges: [] };

describe("free addresses", () => {
  it("never are the network or broadcast address, somebody's, or in a range", () => {
    const taken = { ips: new Set([ip("172.16.1.10")]), ranges: [range("172.16.1.100-172.16.1.199")] };
    for (const text of ["172.16.1.0", "172.16.1.255", "172.16.1.10", "172.16.1.150", "172.16.2.1"])
      expect(isFree(ip(text), lan, taken), text).toBe(false);
    expect(isFree(ip("172.16.1.11"), lan, taken)).toBe(true);
  });
  it("are found from a place on, around the end, or not at all", () => {
    expect(freeBlock(3, lan, nothing, ip("172.16.1.50"))?.text).toBe("172.16.1.50-172.16.1.52");
    expect(freeBlock(3, lan, nothing, ip("172.16.1.253"))?.text).toBe("172.16.1.1-172.16.1.3");
    expect(freeBlock(1, lan, { ...nothing, ranges: [range("172.16.1.0/24")] })).toBeUndefined();
  });
  it("of a block are all free", () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(
        fc.array(octet, { maxLength: 60 }),
        octet,
        octet,
        fc.integer({ min: 1, max: 12 }),
        (used, a, b, count) => {
          const ips = new Set(used.map((last) => fromNumber(lan.first + BigInt(last), 4)));
          const dhcp = range(`172.16.1.${Math.min(a, b)}-172.16.1.${Math.max(a, b)}`);
          const found = freeBlock(count, lan, { ips, ranges: [dhcp] });
          if (found === undefined) return;
          expect(Number(found.last - found.first) + 1).toBe(count);
          for (let value = found.first; value <= found.last; value++)
            expect(isFree(fromNumber(value, 4), lan, { ips, ranges: [dhcp] })).toBe(true);
        },
      ),
    );
  });
  it("are found in an IPv6 network too, past what routers answer at", () => {
    const wide = parseCidr("fd00:1::/64") as Cidr;
    expect(freeBlock(2, wide, nothing)?.text).toBe("fd00:1::1-fd00:1::2");
    const taken = { ips: new Set([ip("fd00:1::2")]), ranges: [range("fd00:1::5-fd00:1::f")] };
    expect(freeBlock(2, wide, taken)?.text).toBe("fd00:1::3-fd00:1::4");
    expect(freeBlock(3, wide, taken)?.text).toBe("fd00:1::10-fd00:1::12");
  });
  it("of a pool come in order", () => {
    const pool = range("172.16.1.60-172.16.1.61");
    expect(freeInPool(pool, new Set())).toBe("172.16.1.60");
    expect(freeInPool(pool, new Set([ip("172.16.1.60")]))).toBe("172.16.1.61");
    expect(freeInPool(pool, new Set([ip("172.16.1.60"), ip("172.16.1.61")]))).toBeUndefined();
  });
  it("start at a round number", () => {
    expect([roundUp(ip("172.16.1.54")), roundUp(ip("172.16.1.60"))]).toEqual(["172.16.1.60", "172.16.1.60"]);
    expect(contains(lan, firstIp(lan)) && contains(lan, lastIp(lan))).toBe(true);
    expect(toNumber(lastIp(lan)) - toNumber(firstIp(lan))).toBe(255n);
  });
});
