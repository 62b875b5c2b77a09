import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { networks } from "../../../test/fixtures/givens.ts";
import { planOf } from "../../../test/fixtures/plan.ts";
import { catalog } from "../../../test/fixtures/realCatalog.ts";
import { readDocuments } from "../../yaml/documents.ts";
import { proxmox } from "../proxmox.ts";
import { talos } from "../talos.ts";
import { schematicOf, signedSuffix } from "./schematic.ts";
import { sha256 } from "./sha256.ts";

test("sha256 is what everybody else calls so", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => {
      expect(sha256(text)).toBe(createHash("sha256").update(text).digest("hex"));
    }),
  );
});

// Ids that Image Factory itself answers with.
test.each([
  ["nothing", [], false, "376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba"],
  ["the guest agent", [], true, "ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515"],
  [
    "what Longhorn needs, in any order",
    ["siderolabs/util-linux-tools", "siderolabs/iscsi-tools"],
    false,
    "613e1592b2da41ae5e265e8789429f22e121aab91cb4deb6bc3c0b6262961245",
  ],
])("the id of an image with %s", (_, extensions, onProxmox, id) => {
  const plan = planOf({ cluster: { extensions } });
  expect(schematicOf(plan, onProxmox ? proxmox.machines : undefined).id).toBe(id);
});

test("the id of an image for boards", () => {
  const plan = planOf();
  const boards = {
    ...plan,
    nodes: plan.nodes.map((node) => ({ ...node, traits: { arch: "arm64", board: "pi4" } as const })),
  };
  expect(schematicOf(boards, undefined).id).toBe("ee21ef4a5ef808a9b7484cc0dda0f25075021691c8c09a276591eedb638ea1f9");
});

test.each(Object.entries(networks))("%s: installer, image and file are of one schematic", (_, given) => {
  const plan = planOf(given);
  const { id, extensions, image } = schematicOf(
    plan,
    catalog.platforms.find((platform) => platform.id === plan.cluster.hardware)?.machines,
  );
  const files = new Map([...talos.files(plan, [], catalog)].map(([path, { content }]) => [String(path), content]));
  const textOf = (path: string): string => files.get(plan.root === "" ? path : `${plan.root}/${path}`) ?? "";
  expect(textOf("talos/patches/all.yaml")).toContain(
    `factory.talos.dev/${image}-installer${signedSuffix(plan)}/${id}:`,
  );
  const [schematic] = readDocuments(textOf("talos/schematic.yaml"), "schematic.yaml");
  const list = extensions.length === 0 ? {} : { systemExtensions: { officialExtensions: extensions } };
  expect(schematic).toEqual({ customization: list });
});
