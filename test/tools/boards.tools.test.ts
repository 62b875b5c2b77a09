/** Needs HOMELAB_NET_TOOLS: what boards read when they first start, read by cloud-init and netplan. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { run } from "../support/run.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

const SEED = /(^|\/)boards\/(?<board>[^/]+)\/user-data\.yaml$/;

const boards = emittedNetworks.flatMap(({ name, tree, plan }) =>
  [...tree].flatMap(([path, { content }]) => {
    const board = SEED.exec(path)?.groups?.["board"];
    const node = plan.nodes.find((one) => one.name === board);
    const network = [...tree].find(([other]) => other === path.replace("user-data", "network-config"))?.[1].content;
    return node === undefined || network === undefined ? [] : [{ name, board, node, content, network }];
  }),
);

async function judged(seed: string) {
  const folder = temporaryFolder("seed");
  writeFiles(folder, { "user-data": seed });
  const { code, stdout, stderr } = await run("cloud-init", ["schema", "--config-file", join(folder, "user-data")]);
  return { code, told: `${stdout}${stderr}` };
}

test("there are some, in one family and in both", () => {
  expect(new Set(boards.map(({ node }) => node.ips.length))).toEqual(new Set([1, 2]));
});

// Boards of a network are told the same but for their names.
const first = boards.filter(({ name }, index) => boards.findIndex((other) => other.name === name) === index);

test.each(first)("cloud-init takes what boards are told: $name", async ({ content }) => {
  expect(await judged(content)).toMatchObject({ code: 0, told: expect.stringContaining("Valid") });
});

describe.each(boards)("$name: $board", ({ network, node }) => {
  test("netplan gives it its addresses and its way out", async () => {
    const root = temporaryFolder("netplan");
    writeFiles(root, { "etc/netplan/50-cloud-init.yaml": network });
    expect((await run("netplan", ["generate", "--root-dir", root])).code).toBe(0);
    const link = String(node.options["interface"] ?? "eth0");
    const unit = readFileSync(join(root, `run/systemd/network/10-netplan-${link}.network`), "utf8");
    for (const ip of node.ips) expect(unit).toContain(`Address=${ip}/`);
    expect(unit.match(/^Destination=/gm)).toHaveLength(node.ips.length);
    expect(unit).not.toContain("DHCP=");
  });
});

const onPiOs = boards.filter(({ node }) => node.options["os"] === "raspberry-pi-os");

test("there are boards with Raspberry Pi OS", () => expect(onPiOs).not.toEqual([]));

// Where NetworkManager does what netplan says (RPi-Distro/pi-gen: netplan beside NetworkManager).
test.each(onPiOs)("NetworkManager is told the same: $name, $board", async ({ network, node }) => {
  const root = temporaryFolder("netplan");
  writeFiles(root, {
    "etc/netplan/50-cloud-init.yaml": network,
    "etc/netplan/00-network-manager-all.yaml": "network: { version: 2, renderer: NetworkManager }\n",
  });
  expect((await run("netplan", ["generate", "--root-dir", root])).code).toBe(0);
  const link = String(node.options["interface"] ?? "eth0");
  const profile = join(root, `run/NetworkManager/system-connections/netplan-${link}.nmconnection`);
  const told = readFileSync(profile, "utf8");
  for (const ip of node.ips) expect(told).toMatch(new RegExp(`^address1=${ip}/`, "m"));
  expect(told).toMatch(/^(gateway|route1)=/m);
  expect(told).toContain("method=manual");
});

test("cloud-init refuses a user without a list of keys", async () => {
  const [{ content }] = boards as [(typeof boards)[number]];
  const broken = content.replace(/ssh_authorized_keys:\n.*\n/, "ssh_authorized_keys: 3\n");
  expect(broken).not.toBe(content);
  expect((await judged(broken)).code).not.toBe(0);
});
