import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { size } from "../model/address.ts";
import { readCidr, readDhcp, readIp, readRange } from "./readAddress.ts";
import { readFolder, readHostname, readHostReference, readLabel, readServer } from "./readName.ts";
import type { Outcome } from "./refusal.ts";
import { readBranch, readRepositoryUrl } from "./repositoryUrl.ts";

const readers: Readonly<Record<string, (text: string) => Outcome<unknown>>> = {
  readIp,
  readCidr,
  readRange,
  readDhcp,
  readHostname,
  readLabel: (text) => readLabel(text),
  readFolder,
  readServer,
  readHostReference,
  readRepositoryUrl,
  readBranch,
};

// Texts near what people write find more than arbitrary ones.
const nearly = fc.stringMatching(
  /^(https?:\/\/|ssh:\/\/|git@|\*\.)?[a-zA-Z0-9 ._:/-]{0,24}(\/\d{0,3}|-\d{1,3}|\.git)?$/,
);
const anything = fc.oneof(
  nearly,
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.ipV4(),
  fc.ipV6(),
  fc.webUrl(),
  fc.domain(),
);

describe.each(Object.entries(readers))("%s", (_, read) => {
  it("reads what it offers instead, and never throws", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const reading = read(text);
        if ("value" in reading || reading.refusal.instead === undefined) return;
        const again = read(reading.refusal.instead);
        expect(
          "value" in again || again.refusal.instead !== reading.refusal.instead,
          `${text} → ${reading.refusal.instead}`,
        ).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("says on one printable line what is wrong", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const reading = read(text);
        if ("refusal" in reading) expect(reading.refusal.message).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{5,200}$/u);
      }),
    );
  });
});

test.each([
  ["172.16.1.64/28", 16n],
  ["172.16.1.60 - 172.16.1.69", 10n],
  ["172.16.1.60", 1n],
])("the range %s has %s addresses", (text, count) => {
  const reading = readRange(text);
  expect("value" in reading && size(reading.value)).toBe(count);
});

describe("IPv6", () => {
  test.each([
    [readIp, "FD00::0001", "fd00::1"],
    [readServer, "fd00::1", "fd00::1"],
    [readHostReference, "fd00::1", "fd00::1"],
    [readCidr, "fd00:0::/64", { text: "fd00::/64" }],
    [readRange, "fd00::1 - fd00::2", { text: "fd00::1-fd00::2" }],
  ])("is read, and written the usual way: %s %s", (read, text, value) => expect(read(text)).toMatchObject({ value }));

  test.each([
    [readIp, "::ffff:172.16.1.1", "172.16.1.1"],
    [readIp, "fe80::1%eth0", "fe80::1"],
    [readServer, "::ffff:ac10:101", "172.16.1.1"],
    [readCidr, "::ffff:172.16.1.0/120", "172.16.1.0/24"],
    [readCidr, "fd00::5/64", "fd00::/64"],
    [readRange, "::ffff:172.16.1.1-::ffff:172.16.1.9", "172.16.1.1-172.16.1.9"],
  ])("is better written otherwise: %s %s", (read, text, instead) =>
    expect(read(text)).toMatchObject({ refusal: { instead } }),
  );

  test.each(["fd00::1-fd00::9", "fd00::/64", "fd00::1"])("is nothing DHCP hands out from a range: %s", (text) =>
    expect(readDhcp(text)).toHaveProperty("refusal"),
  );
});

test.each([
  ["git@github.com:me/homelab.git", "ssh://git@github.com/me/homelab.git"],
  ["ssh://git.example.com:2222/me/homelab.git", "ssh://git@git.example.com:2222/me/homelab.git"],
  ["http://git.example.com/me/homelab", "https://git.example.com/me/homelab"],
  ["https://me@git.example.com/me/homelab", "https://git.example.com/me/homelab"],
  ["https://github.com/me/homelab?tab=readme#top", "https://github.com/me/homelab"],
  ["github.com/me/homelab", "https://github.com/me/homelab"],
])("the repository %s is better written %s", (text, instead) => {
  expect(readRepositoryUrl(text)).toMatchObject({ refusal: { instead } });
  expect(readRepositoryUrl(instead)).toEqual({ value: instead });
});

test.each(["https://", "https://github.com", "javascript:alert(1)", "https://git hub.com/a", "", "file:///etc/passwd"])(
  "no repository: %j",
  (text) => {
    expect(readRepositoryUrl(text)).toHaveProperty("refusal");
  },
);

test.each(["main", "feature/x", "v1.2", "hausnetz-ä"])("the branch %s", (text) =>
  expect(readBranch(text)).toEqual({ value: text }),
);
test.each(["", "-x", "a..b", "a b", "a~1", "x.lock", "/a", "a/", ".a", "a//b", "a/.b", "@", "a@{1}", "a:b"])(
  "no branch: %j",
  (text) => expect(readBranch(text)).toHaveProperty("refusal"),
);

test.each([
  ["./clusters/home", "clusters/home"],
  ["/clusters/home/", "clusters/home"],
])("the folder %s is better written %s", (text, instead) =>
  expect(readFolder(text)).toMatchObject({ refusal: { instead } }),
);
test.each(["..", "../x", "a/../b", "C:\\x", "a//b", "a/ b /c "])("no folder: %j", (text) =>
  expect(readFolder(text)).toHaveProperty("refusal"),
);
test.each(["", "clusters/home"])("the folder %j", (text) => expect(readFolder(text)).toEqual({ value: text }));
