/** What boards read when they start for the first time: the seed of cloud-init on the partition they start from. */
import { at } from "../../model/layout.ts";
import { ofFamily } from "../../model/families.ts";
import type { Catalog } from "../../model/component.ts";
import type { Node, Plan } from "../../model/plan.ts";
import type { View, ViewValue } from "../../model/unit.ts";
import { createTree } from "../../tree/tree.ts";
import type { Tree } from "../../model/tree.ts";
import type { LinuxNodeOptions } from "../linux/options.ts";

const TEMPLATES = "platforms/raspberry-pi";
const FOLDER = "boards";
/** What both systems call the socket of a board; Raspberry Pi OS by `raspi-config nonint do_net_names 1` (RPi-Distro/pi-gen, stage1). */
const SOCKET = "eth0";

/**
 * Images that read the seed on the first partition (Ubuntu documentation, Configure your board for headless use; RPi-Distro/pi-gen
 * 2026-06, stage2/04-cloud-init). Debian's have no cloud-init.
 */
const SEEDED: readonly unknown[] = ["ubuntu", "raspberry-pi-os"];

/** Closed until somebody opens it (RPi-Distro/pi-gen, stage2/01-sys-tweaks/01-run.sh). */
const WITHOUT_SSH = "raspberry-pi-os";

/** A VLAN on the socket is its owner's to set, and so is a way in for root, which these images close. */
export const isSeeded = ({ options }: Pick<Node, "options">, { cluster }: Pick<Plan, "cluster">): boolean =>
  !cluster.traits.ownsMachine &&
  options["hardware"] === "raspberry-pi" &&
  SEEDED.includes(options["os"]) &&
  options["sshUser"] !== "root" &&
  !String(options["interface"] ?? "").includes(".");

export function seedFiles(plan: Plan, { templates }: Catalog): Tree {
  const boards = plan.nodes.filter((node) => isSeeded(node, plan));
  if (boards.length === 0) return createTree([]);
  const by = "platform raspberry-pi";
  return createTree([
    ...boards.flatMap((node) =>
      (["user-data.yaml", "network-config.yaml"] as const).map(
        (name) =>
          [
            at(plan, FOLDER, node.name, name),
            {
              content: templates.render(`${TEMPLATES}/boards/${name}`, seedView(node, plan)[name]),
              kept: "managed",
              by,
            },
          ] as const,
      ),
    ),
    [
      at(plan, "bootstrap/board.sh"),
      {
        content: templates.render(`${TEMPLATES}/bootstrap/board.sh`, { boards: boards.map(({ name }) => name) }),
        kept: "managed",
        executable: true,
        by,
      },
    ],
  ]);
}

const seedView = (node: Node, plan: Plan): Readonly<Record<"user-data.yaml" | "network-config.yaml", View>> => ({
  "user-data.yaml": {
    name: node.name,
    user: (node.options as LinuxNodeOptions).sshUser ?? null,
    opensSsh: node.options["os"] === WITHOUT_SSH,
  },
  "network-config.yaml": { name: node.name, ethernets: { [interfaceOf(node)]: card(node, plan) } },
});

const interfaceOf = ({ options }: Pick<Node, "options">): string => (options as LinuxNodeOptions).interface ?? SOCKET;

/** As netplan has it (netplan documentation, YAML configuration). */
function card({ ips }: Node, { stacks, lan }: Plan): ViewValue {
  const own = stacks.flatMap(({ family, lan: network, router }) => {
    const ip = ofFamily(ips, family);
    return ip === undefined || network === undefined
      ? []
      : [{ address: `${ip}/${network.value.prefix}`, router: router?.value, to: family === 4 ? "0.0.0.0/0" : "::/0" }];
  });
  return {
    dhcp4: false,
    dhcp6: false,
    addresses: own.map(({ address }) => address),
    routes: own.flatMap(({ router, to }) => (router === undefined ? [] : [{ to, via: router }])),
    nameservers: { addresses: lan.dns },
  };
}
