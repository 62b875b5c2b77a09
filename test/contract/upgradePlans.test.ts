/** What the Plans of K3s do on a node before it is touched, run for real: the node is a folder, its programs take notes. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { asList, at } from "../../src/model/unknown.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { temporaryFolder } from "../support/workspace.ts";

const PLANS = "kubernetes/apps/system-upgrade/system-upgrade-controller/plans/plans.yaml";

const plansOf = (start: string): ReadonlyMap<string, unknown> => {
  const network = emittedNetworks.find(({ name }) => name.startsWith(start));
  const text = network?.tree.get(PLANS as never)?.content ?? "";
  return new Map(readDocuments(text, PLANS).map((plan) => [String(at(plan, "metadata", "name")), plan]));
};
const several = plansOf("K3s that the cluster upgrades by itself, three");
const alone = plansOf("one server of K3s with SQLite that");
const elsewhere = plansOf("K3s that the cluster upgrades by itself under Argo CD");

const WANTED = "v1.36.4-k3s1";

/** On a node with this K3s; `saved`: snapshots it has. */
function prepared(plan: unknown, running: string, saved: readonly string[] = []) {
  const folder = temporaryFolder("plan");
  const node = join(folder, "node");
  const notes = join(folder, "notes");
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    chmodSync(path, 0o755);
  };
  const program = (path: string, script: string): void => put(path, `#!/bin/sh\n${script}\n`);
  writeFileSync(notes, "");
  const note = (what: string): string => `echo "${what} $*" >>"${notes}"`;
  program(join(folder, "bin/chroot"), `root=$1; shift; exec "$root$@"`);
  program(
    join(node, "usr/local/bin/k3s"),
    `if [ "$1" = --version ]; then echo "k3s version ${running} (0123abcd)"; echo "go version go1.25"; exit; fi\n${note("k3s of the node:")}`,
  );
  program(join(folder, "k3s"), note("k3s of the image:"));
  program(join(folder, "upgrade.sh"), note("upgrade.sh"));
  for (const path of saved) put(join(node, path), "");
  const [shell = "", flags = "", script = ""] = asList(at(plan, "spec", "prepare", "command")).map(String);
  const told = asList(at(plan, "spec", "prepare", "envs")).map((one) => [
    String(at(one, "name")),
    String(at(one, "value")),
  ]);
  const { status, stderr } = spawnSync(
    shell,
    [
      flags,
      script
        .replaceAll("/host", node)
        .replaceAll("/opt/k3s", join(folder, "k3s"))
        .replaceAll("/bin/upgrade.sh", join(folder, "upgrade.sh")),
    ],
    {
      encoding: "utf8",
      env: {
        ...Object.fromEntries(told),
        PATH: `${join(folder, "bin")}:${process.env["PATH"]}`,
        SYSTEM_UPGRADE_PLAN_LATEST_VERSION: WANTED,
        SYSTEM_UPGRADE_NODE_NAME: "node-1",
      },
    },
  );
  return { status, stderr, notes: readFileSync(notes, "utf8").split("\n").slice(0, -1) };
}

const SAVE = `k3s of the node: etcd-snapshot save --name before-${WANTED}`;
const DRAIN =
  "k3s of the image: kubectl drain node-1 --pod-selector !upgrade.cattle.io/controller --ignore-daemonsets --delete-emptydir-data --timeout 10m";
const WAIT = "upgrade.sh prepare k3s-server";

describe("a Plan of K3s, before the node is touched", () => {
  const server = several.get("k3s-server");
  const agent = several.get("k3s-agent");

  it("has nothing to do on a node that has the version", () => {
    expect(prepared(server, "v1.36.4+k3s1")).toEqual({ status: 0, stderr: "", notes: [] });
    expect(prepared(agent, "v1.36.4+k3s1")).toEqual({ status: 0, stderr: "", notes: [WAIT] });
  });

  it("saves etcd, and lets pods be where the minor version stays", () => {
    expect(prepared(server, "v1.36.3+k3s1")).toEqual({ status: 0, stderr: "", notes: [SAVE] });
    expect(prepared(server, "v1.36.4+k3s2")).toMatchObject({ status: 0, notes: [SAVE] });
    expect(prepared(agent, "v1.36.3+k3s1")).toMatchObject({ status: 0, notes: [WAIT] });
  });

  it("sends pods elsewhere before another minor version, where there is another node", () => {
    expect(prepared(server, "v1.35.12+k3s1")).toMatchObject({ status: 0, notes: [SAVE, DRAIN] });
    expect(prepared(agent, "v1.35.12+k3s1")).toMatchObject({ status: 0, notes: [WAIT, DRAIN] });
    expect(prepared(alone.get("k3s-server"), "v1.35.12+k3s1")).toEqual({ status: 0, stderr: "", notes: [] });
    expect(prepared(elsewhere.get("k3s-server"), "v1.35.12+k3s1")).toMatchObject({ status: 0, notes: [SAVE] });
  });

  it("saves etcd once for each version, wherever snapshots are", () => {
    const usual = "/var/lib/rancher/k3s/server/db/snapshots";
    expect(prepared(server, "v1.36.3+k3s1", [`${usual}/before-${WANTED}-node-1-1790000000`]).notes).toEqual([]);
    expect(prepared(server, "v1.36.3+k3s1", [`${usual}/before-v1.36.3-k3s1-node-1-1780000000`]).notes).toEqual([SAVE]);
    const other = elsewhere.get("k3s-server");
    expect(prepared(other, "v1.36.3+k3s1", [`/srv/snapshots/before-${WANTED}-node-1-1790000000`]).notes).toEqual([]);
  });

  it.each(["v1.34.9+k3s1", "v1.37.0+k3s1", "v1.36.10+k3s1"])(
    "refuses to go from %s to where no step leads",
    (version) => {
      const { status, stderr, notes } = prepared(server, version);
      expect([status, notes]).toEqual([1, []]);
      expect(stderr).toContain(`from ${version.replace("+", "-")} no step leads to ${WANTED}`);
    },
  );

  it("brings an agent back that was away for several minor versions, and none back", () => {
    expect(prepared(agent, "v1.34.9+k3s1")).toMatchObject({ status: 0, notes: [WAIT, DRAIN] });
    expect(prepared(agent, "v1.37.0+k3s1")).toMatchObject({ status: 1, notes: [WAIT] });
  });

  it("has no Plan for agents where there are none", () => {
    expect([...alone.keys()]).toEqual(["k3s-server"]);
    expect([...several.keys()]).toEqual(["k3s-server", "k3s-agent"]);
  });
});
