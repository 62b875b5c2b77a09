/** Needs HOMELAB_NET_TOOLS: dnsmasq and nftables as Debian has them. */
import { expect, test } from "vitest";
import { dnsmasqComplaints, nftablesComplaints } from "../support/linuxRouter.ts";

const LEASE = "dhcp-range=10.0.0.10,10.0.0.20\ndhcp-host=bc:24:11:00:00:01,node,10.0.0.9\n";
const RULE = "insert rule inet filter forward ip saddr 10.0.0.0/24 tcp dport { 80,443 } accept\n";

test("files are taken", async () => {
  expect(await dnsmasqComplaints(LEASE)).toBe("");
  expect(await nftablesComplaints(RULE)).toBe("");
});

test.each([
  ["an address that is none", LEASE.replace("10.0.0.10", "10.0.0.300")],
  ["an option nobody knows", LEASE.replace("dhcp-host", "dhcp-hosts")],
])("dnsmasq takes none with %s", async (_, text) => expect(await dnsmasqComplaints(text)).not.toBe(""));

test.each([
  ["a chain that is not there", RULE.replace("forward", "forwards")],
  ["a network that is none", RULE.replace("10.0.0.0", "10.0.0.300")],
  ["a port that is none", RULE.replace("443", "70000")],
])("nftables takes none with %s", async (_, text) => expect(await nftablesComplaints(text)).not.toBe(""));
