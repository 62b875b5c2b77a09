/** Machines of Talos that are more than the usual one: signed, sealed, with a graphics card. */
import { describe, expect, test } from "vitest";
import { networks, type Given } from "../../../test/fixtures/givens.ts";
import { pins } from "../../../test/fixtures/pins.ts";
import { planOf } from "../../../test/fixtures/plan.ts";
import { catalog } from "../../../test/fixtures/realCatalog.ts";
import { pinOf } from "../../model/pins.ts";
import { readDocuments } from "../../yaml/documents.ts";
import { talos } from "../talos.ts";
import { schematicOf } from "./schematic.ts";

const talosPin = pinOf(pins, "talosctl");

function emitted(given: Given, path: string): string {
  const file = [...talos.files(planOf(given), [], catalog)].find(([candidate]) => candidate === path)?.[1];
  if (file === undefined) throw new Error(`${path} is not emitted`);
  return file.content;
}

const documents = (given: Given, path: string) =>
  readDocuments(emitted(given, path), path) as readonly Readonly<Record<string, unknown>>[];

describe("patches", () => {
  test("encrypt what Talos and pods write, where that is asked for", () => {
    const volumes = (given: Given) =>
      documents(given, "talos/patches/all.yaml").filter(({ kind }) => kind === "VolumeConfig");
    expect(volumes({})).toEqual([]);
    const sealed = { slot: 0, tpm: { checkSecurebootStatusOnEnroll: true } };
    expect(volumes(networks["signed and sealed machines"])).toMatchObject([
      { name: "STATE", encryption: { provider: "luks2", keys: [sealed] } },
      { name: "EPHEMERAL", encryption: { provider: "luks2", keys: [{ ...sealed, lockToState: true }] } },
    ]);
    expect(volumes(networks["disks that open in one machine"])).toMatchObject([
      { encryption: { keys: [{ slot: 0, nodeID: {} }] } },
      { encryption: { keys: [{ slot: 0, nodeID: {}, lockToState: true }] } },
    ]);
  });

  test("install what is signed, where only that starts", () => {
    const installer = (given: Given) =>
      /factory\.talos\.dev\/([a-z-]+)\//.exec(emitted(given, "talos/patches/all.yaml"))?.[1];
    expect(installer({})).toBe("metal-installer");
    expect(installer(networks["signed and sealed machines"])).toBe("metal-installer-secureboot");
    expect(installer(networks["signed and sealed VMs"])).toBe("nocloud-installer-secureboot");
    expect(emitted(networks["signed and sealed machines"], "docs/bootstrap.md")).toContain(
      "/metal-amd64-secureboot.iso>",
    );
  });
});

describe("a machine with a graphics card", () => {
  const given = networks["graphics cards of every maker"];
  const machine = (name: string) => documents(given, `talos/nodes/${name}.yaml`)[0]?.["machine"];

  test.each([
    ["card-1", "nvidia", "nvidia-open-gpu-kernel-modules-production"],
    ["card-2", "intel", "i915"],
    ["card-3", "amd", "amdgpu"],
  ])("%s installs an image with the driver of %s", (name, maker, extension) => {
    const schematicText = emitted(given, `talos/schematic-${maker}.yaml`);
    expect(schematicText).toContain(`- siderolabs/${extension}\n`);
    expect(schematicText).toContain("- siderolabs/iscsi-tools\n");
    expect(emitted(given, "talos/schematic.yaml")).not.toContain(extension);
    const id = schematicOf(planOf(given), undefined, maker as "nvidia").id;
    expect(machine(name)).toMatchObject({
      install: { image: `factory.talos.dev/metal-installer/${id}:${talosPin.version}` },
    });
    expect(emitted(given, "docs/bootstrap.md")).toContain(`@talos/schematic-${maker}.yaml`);
  });

  test("loads the modules of NVIDIA, which nobody else has", () => {
    expect(machine("card-1")).toMatchObject({
      kernel: {
        modules: [{ name: "nvidia" }, { name: "nvidia_uvm" }, { name: "nvidia_drm" }, { name: "nvidia_modeset" }],
      },
      sysctls: { "net.core.bpf_jit_harden": "1" },
    });
    for (const other of ["talos-1", "card-2", "card-3"]) expect(machine(other)).not.toHaveProperty("kernel");
    expect(machine("talos-1")).toEqual({ install: { disk: "/dev/sda" } });
  });
});
