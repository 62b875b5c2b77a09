import fc from "fast-check";
import { expect, test } from "vitest";
import { contains, fromNumber, parseCidr, parseRange, size, type Cidr, type IpRange } from "./address.ts";
import { prefixesOf } from "./prefixes.ts";

const range = (text: string): IpRange => parseRange(text) as IpRange;
const texts = (text: string): readonly string[] => prefixesOf(range(text)).map((prefix) => prefix.text);

test.each([
  ["10.50.0.0/24", ["10.50.0.0/24"]],
  ["10.4.11.0-10.4.15.255", ["10.4.11.0/24", "10.4.12.0/22"]],
  ["10.50.1.16-10.50.1.40", ["10.50.1.16/28", "10.50.1.32/29", "10.50.1.40/32"]],
  ["fd00:10::-fd00:10::1:0", ["fd00:10::/112", "fd00:10::1:0/128"]],
])("%s is made of %j", (text, networks) => {
  expect(texts(text)).toEqual(networks);
});

test("one address is no network of several", () => {
  expect(prefixesOf(range("10.50.1.40"))).toEqual([{ text: "10.50.1.40/32", hostLength: null }]);
  expect(prefixesOf(range("10.50.1.40/31"))[0]?.hostLength).toBe(32);
});

test("networks of a range have its addresses, each once, and no others", () => {
  const address = fc.bigInt({ min: 0n, max: 2n ** 32n - 1n });
  fc.assert(
    fc.property(address, fc.bigInt({ min: 0n, max: 5000n }), (first, more) => {
      const last = first + more > 2n ** 32n - 1n ? 2n ** 32n - 1n : first + more;
      const whole = range(`${fromNumber(first, 4)}-${fromNumber(last, 4)}`);
      const networks = prefixesOf(whole).map(({ text }) => parseCidr(text) as Cidr);
      expect(networks.reduce((sum, network) => sum + size(network), 0n)).toBe(size(whole));
      for (const network of networks) expect(contains(whole, fromNumber(network.first, 4))).toBe(true);
      expect(networks.map(({ first: start }) => start)).toEqual([
        ...new Set(networks.map(({ first: start }) => start)),
      ]);
    }),
  );
});
