import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { size } from "../model/address.ts";
import { readCidr, readDhcp, readIp, readRange } from "./readAddress.ts";
import { readFolder, readHostname, readHostReference, readLabel, readServer } from "./readName.ts";
import { readParty, readPodPort } from "./readParty.ts";
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
  readParty,
  readPodPort,
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

describe("readParty", () => {
  const read = (text: string) => {
    const reading = readParty(text);
    return "value" in reading ? reading.value : reading.refusal.message;
  };
  const pods = (namespace: string, labels: Readonly<Record<string, string>>) => ({
    kind: "pods",
    pods: { namespace, labels },
  });

  test.each([
    ["media/web", pods("media", { "app.kubernetes.io/name": "web" })],
    ["media/*", pods("media", {})],
    ["databases/cnpg.io/cluster=main", pods("databases", { "cnpg.io/cluster": "main" })],
    ["databases/app=a,tier=B_2.c", pods("databases", { app: "a", tier: "B_2.c" })],
    ["internet", { kind: "word" }],
    ["10.0.0.5", { kind: "network", cidr: { text: "10.0.0.5/32" } }],
    ["fd00::5", { kind: "network", cidr: { text: "fd00::5/128" } }],
    ["10.0.0.0/24", { kind: "network", cidr: { text: "10.0.0.0/24" } }],
  ])("reads %s", (text, party) => {
    expect(read(text)).toMatchObject({ text, ...party });
  });

  test.each([
    ["media", "`media` names a namespace at most, and not whose pods"],
    ["media/", "`media/` says neither pods nor an address"],
    ["Media/web", "`Media/web` says neither pods nor an address"],
    ["media/a=b,a=c", "`media/a=b,a=c` says neither pods nor an address"],
    ["media/a=b=c", "`media/a=b=c` says neither pods nor an address"],
    ["media/a='b'", "`media/a='b'` says neither pods nor an address"],
    ["10.0.0.1/24", "`10.0.0.1/24` is an address inside a network; the network is 10.0.0.0/24"],
    ["10.0.0.256", "`10.0.0.256` is not a network such as 172.16.1.0/24"],
  ])("refuses %s", (text, message) => {
    expect(read(text)).toBe(message);
  });
});

test.each([
  ["5432", { port: 5432, protocol: "TCP" }],
  ["53/udp", { port: 53, protocol: "UDP" }],
  ["53/UDP", { port: 53, protocol: "UDP" }],
])("readPodPort reads %s", (text, port) => {
  expect(readPodPort(text)).toEqual({ value: port });
});

test.each(["0", "65536", "http", "53/sctp", "1-2", ""])("readPodPort refuses %j", (text) => {
  expect(readPodPort(text)).toHaveProperty("refusal");
});
