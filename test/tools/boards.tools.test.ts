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

test("cloud-init refuses a user without a list of keys", async () => {
  const [{ content }] = boards as [(typeof boards)[number]];
  const broken = content.replace(/ssh_authorized_keys:\n.*\n/, "ssh_authorized_keys: 3\n");
  expect(broken).not.toBe(content);
  expect((await judged(broken)).code).not.toBe(0);
});
