import { describe, expect, test } from "vitest";
import { planOf } from "../../test/fixtures/plan.ts";
import { unitsIn } from "../../test/fixtures/inUse.ts";
import type { Plan } from "../model/plan.ts";
import { nodeNeeds } from "../model/nodeNeeds.ts";
import { defaultClassOf, diskClassOf, storageClassesOf } from "../model/storage.ts";

const NFS = { server: "172.16.1.20", path: "/srv/volumes" };
const withDefault = (plan: Plan, name: string): Plan => ({
  ...plan,
  settings: new Map([["storage", { default: name }]]),
});

describe("classes of volumes", () => {
  test("are on disks first, and there the default is", () => {
    const plan = planOf({ storage: { nfs: NFS, "local-path": {} } });
    expect([defaultClassOf(plan)?.name, diskClassOf(plan)?.name]).toEqual(["local-path", "local-path"]);
  });

  test("are the one that is named, which moves no database", () => {
    const plan = withDefault(planOf({ storage: { nfs: NFS, "local-path": {} } }), "nfs");
    expect([defaultClassOf(plan)?.name, diskClassOf(plan)?.name]).toEqual(["nfs", "local-path"]);
  });

  test("have a file server alone as default, and no place for a database", () => {
    const plan = planOf({ storage: { nfs: NFS } });
    expect([defaultClassOf(plan)?.name, diskClassOf(plan)]).toEqual(["nfs", undefined]);
  });

  test("are those of the distribution until one is chosen", () => {
    const brings = ["local-storage"];
    const own = planOf({ brings });
    expect(storageClassesOf(own).map(({ name }) => name)).toEqual(["local-path"]);
    expect(own.chosen.map(({ component }) => component.id)).toContain("local-storage");
    const chosen = planOf({ brings, storage: { nfs: NFS } });
    expect(storageClassesOf(chosen).map(({ name }) => name)).toEqual(["nfs"]);
  });
});

test("machines are told once what several components need", () => {
  const { packages, extensions, folders } = nodeNeeds(
    planOf({ storage: { nfs: NFS, longhorn: {}, "local-path": {} } }),
  );
  expect(packages.map(({ name }) => name)).toEqual(["open-iscsi", "nfs-common", "curl"]);
  expect(extensions).toEqual(["siderolabs/iscsi-tools", "siderolabs/util-linux-tools"]);
  expect(folders).toEqual(["longhorn", "local-path-provisioner"]);
  const elsewhere = nodeNeeds(
    planOf({ storage: { longhorn: { path: "/var/mnt/a" }, "local-path": { path: "/var/mnt/b" } } }),
  );
  expect(elsewhere.folders).toEqual([]);
});

test("nodes that are called by IPv6 ask for images at one port", () => {
  const plan = planOf({ bothFamilies: true, platform: { spegel: {} } });
  const [first, second] = plan.stacks;
  const turned = { ...plan, stacks: [second ?? first, first] } as const;
  expect([plan, turned].map((one) => unitsIn(one, "spegel")[0]?.view["hostPort"])).toEqual([29_999, null]);
});
