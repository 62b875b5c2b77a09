import { describe, expect, test } from "vitest";
import { madeUpCatalog } from "../../test/fixtures/catalog.ts";
import { SMALL_SPEC } from "../../test/fixtures/specs.ts";
import { unsetInSpec } from "./unsetInSpec.ts";

const catalog = madeUpCatalog();
const unset = (text: string, path: string) => unsetInSpec(text, "homelab.yaml", path, catalog);

describe("unsetInSpec", () => {
  test.each([
    [
      "a key with its line",
      "lan: # mine\n  cidr: 172.16.1.0/24\n  mtu: 9000 # fast\n",
      "lan.mtu",
      "lan: # mine\n  cidr: 172.16.1.0/24\n",
    ],
    ["a key inside braces", "lan: { cidr: 172.16.1.0/24, mtu: 9000 }\n", "lan.mtu", "lan: { cidr: 172.16.1.0/24 }\n"],
    ["the last key of a map", "dns:\n  publish:\n    here: 1\n", "dns.publish.here", "dns:\n  publish: {}\n"],
    ["an item of a list", "domains: [a.cc, b.cc]\n", "domains.0", "domains: [b.cc]\n"],
    ["a short form by the key it stands for", "name: a\ncni: cilium\n", "cni.provider", "name: a\n"],
    ["a short form", "name: a\ncni: cilium\n", "cni", "name: a\n"],
    ["a key with nothing behind it", "name: a\ncni:\n", "cni", "name: a\n"],
  ])("takes out %s", (_, before, path, after) => {
    expect(unset(before, path)).toBe(after);
  });
  test.each(["lan.mtu", "nothing", "name.of", "cni.provider"])("finds nothing at %s", (path) => {
    expect(unset(SMALL_SPEC.replace(/^cni:.*\n/m, ""), path)).toBeUndefined();
  });
});
