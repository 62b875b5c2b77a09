/** Raspberry Pis. Nothing is installed on them from here; what they are decides which image they take and what runs there. */
import { z } from "zod";
import { at } from "../model/layout.ts";
import { memoryOption } from "./memoryOption.ts";
import type { Catalog } from "../model/component.ts";
import type { Node, Plan } from "../model/plan.ts";
import type { Platform } from "../model/platform.ts";
import type { Tree } from "../model/tree.ts";
import type { OrderedUnit, View } from "../model/unit.ts";
import { createTree } from "../tree/tree.ts";
import { isSeeded, seedFiles } from "./raspberry-pi/seeds.ts";

const OTHER = "bare-metal";

const nodeOptions = {
  memory: memoryOption,
  hardware: z
    .enum(["raspberry-pi", OTHER])
    .default("raspberry-pi")
    .describe("what this node is, where one of them is no Raspberry Pi")
    .meta({ because: "cluster.hardware says so" }),
  model: z
    .enum(["pi4", "pi5"])
    .default("pi4")
    .describe("model of the board; a Compute Module counts as the board of its number")
    .meta({ because: "it is the one that every system here knows" }),
  os: z
    .enum(["ubuntu", "debian", "raspberry-pi-os"])
    .default("ubuntu")
    .describe("system of the board, where the distribution of Kubernetes brings none: 64 bits of it")
    .meta({ because: "its kernel runs all that is offered here" }),
} as const;

interface Board {
  readonly hardware: "raspberry-pi" | typeof OTHER;
  readonly model: "pi4" | "pi5";
  readonly os: "ubuntu" | "debian" | "raspberry-pi-os";
}

const boardOf = ({ options }: Pick<Node, "options">): Board => options as unknown as Board;

const isBoard = (node: Pick<Node, "options">): boolean => boardOf(node).hardware === "raspberry-pi";

export const raspberryPi: Platform = {
  id: "raspberry-pi",
  role: "hardware",
  title: "Raspberry Pis",
  summary: "boards with 64 bits that you give a system yourself; other machines may be among them",
  clusterOptions: {},
  nodeOptions,
  nodeTraits: (options) => {
    const { hardware, model, os } = options as unknown as Board;
    if (hardware !== "raspberry-pi") return {};
    return {
      arch: "arm64",
      board: model,
      // bcmgenet and macb have none (Linux, drivers/net/ethernet/broadcom/genet, cadence).
      noDriverPath: true,
      // raspberrypi/linux, bcm2711_defconfig: ARM64_VA_BITS_39.
      ...(os === "raspberry-pi-os" && { fewAddressBits: true }),
    };
  },
  page: "raspberry-pi.md",
  files,
  early: () => [],
};

function files(plan: Plan, _: readonly OrderedUnit[], catalog: Catalog): Tree {
  const content = catalog.templates.render("platforms/raspberry-pi/docs/raspberry-pi.md", pageView(plan));
  return createTree([
    [at(plan, "docs/raspberry-pi.md"), { content, kept: "managed", by: "platform raspberry-pi" }],
    ...seedFiles(plan, catalog),
  ]);
}

const TITLES: Readonly<Record<Board["os"], string>> = {
  ubuntu: "Ubuntu Server, 64 bits",
  debian: "Debian, arm64",
  "raspberry-pi-os": "Raspberry Pi OS Lite, 64 bits",
};

function pageView(plan: Plan): View {
  const boards = plan.nodes.filter(isBoard);
  const has = (what: Partial<Board>): boolean =>
    boards.some((node) => Object.entries(what).every(([key, value]) => node.options[key] === value));
  const brings = plan.cluster.traits.ownsMachine;
  const seeded = boards.filter((node) => isSeeded(node, plan));
  const ubuntu = seeded.some((node) => boardOf(node).os === "ubuntu");
  const raspberryPiOs = seeded.some((node) => boardOf(node).os === "raspberry-pi-os");
  return {
    boards: boards.map((node) => ({
      name: node.name,
      ip: node.ip,
      model: boardOf(node).model === "pi5" ? "Raspberry Pi 5" : "Raspberry Pi 4",
      os: brings ? null : TITLES[boardOf(node).os],
    })),
    seeded: seeded.map((node) => ({
      name: node.name,
      partition: boardOf(node).os === "ubuntu" ? "system-boot" : "bootfs",
    })),
    ubuntuSeeds: ubuntu,
    piSeeds: raspberryPiOs,
    bothSeeds: ubuntu && raspberryPiOs,
    byHand: !brings && boards.some((node) => !isSeeded(node, plan)),
    others: plan.nodes.filter((node) => !isBoard(node)).map(({ name, traits }) => ({ name, arch: traits.arch })),
    brings,
    ubuntu: !brings && has({ os: "ubuntu" }),
    raspberryPiOs: !brings && has({ os: "raspberry-pi-os" }),
    largePages: !brings && has({ os: "raspberry-pi-os", model: "pi5" }),
    pi5: has({ model: "pi5" }),
  };
}
