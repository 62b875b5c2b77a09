/** Needs HOMELAB_NET_TOOLS: cards of machines in other networks, read by netplan beside what cloud-init has written. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { run } from "../support/run.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

const files = emittedNetworks.flatMap(({ name, tree }) =>
  [...tree]
    .filter(([path]) => path.includes("infrastructure/proxmox/cards/"))
    .map(([path, { content }]) => ({ name, path, content })),
);

/** As cloud-init 26.1 writes what Proxmox VE 9 tells it of a card (cloud-init devel net-convert). */
const FIRST_START = `network:
    version: 2
    ethernets:
        eth0:
            addresses: [172.16.1.50/24]
            match: {macaddress: "bc:24:11:10:01:32"}
            nameservers: {addresses: [172.16.1.11], search: [home.arpa]}
            routes: [{to: default, via: 172.16.1.1}]
            set-name: eth0
`;

async function generated(content: string) {
  const root = temporaryFolder("netplan");
  writeFiles(root, { "etc/netplan/50-cloud-init.yaml": FIRST_START, "etc/netplan/60-pods.yaml": content });
  const { code, stderr } = await run("netplan", ["generate", "--root-dir", root]);
  const unit = (name: string): string => readFileSync(join(root, "run/systemd/network", `10-netplan-${name}`), "utf8");
  return { code, stderr, unit };
}

test("there are some", () => expect(files.length).toBeGreaterThan(1));

describe.each(files)("$name: $path", ({ content }) => {
  test("is read, and leaves the address of the machine alone", async () => {
    const { code, unit } = await generated(content);
    expect(code).toBe(0);
    expect(unit("eth0.network")).toContain("Address=172.16.1.50/24\n");
    const links = [...content.matchAll(/^ {4}(\S+):$/gm)].map(([, link]) => link ?? "");
    expect(links).not.toEqual([]);
    for (const link of links) {
      expect(unit(`${link}.network`)).toMatch(/^LinkLocalAddressing=no\nIPv6AcceptRA=no$/m);
      expect(unit(`${link}.network`)).not.toMatch(/^(Address|DHCP)=/m);
      const [card, tag] = link.split(".");
      if (tag === undefined) expect(unit(`${link}.link`)).toMatch(/^PermanentMACAddress=be:24:[^]*^Name=/m);
      else {
        expect(unit(`${card}.network`)).toContain(`VLAN=${link}\n`);
        expect(unit(`${link}.netdev`)).toContain(`Id=${tag}\n`);
      }
    }
  });
});

test("netplan refuses a VLAN of a card nobody has", async () => {
  const [{ content }] = files as [(typeof files)[number]];
  const broken = content.replace("link: eth0", "link: eth9");
  expect(broken).not.toBe(content);
  expect((await generated(broken)).code).not.toBe(0);
});
