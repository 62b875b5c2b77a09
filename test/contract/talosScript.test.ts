/** bootstrap/talos.sh run for real, with a talosctl that takes notes and answers for machines. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { emitted } from "../fixtures/emitted.ts";
import { edited } from "../rules/edits.ts";
import { reference } from "../fixtures/reference.ts";
import { temporaryFolder } from "../support/workspace.ts";

const machines = emitted(reference);

const TALOSCTL = `echo "$*" >>"$NOTES"
all="$* "
address=\${all#*--nodes }
address=\${address%% *}
[[ " $DOWN " == *" $address "* ]] && exit 1
case "$1 $2" in
  "get version") echo "\${RUNNING:-v1.13.9}" ;;
  "get extensions") printf '%s\\n' 10.2.0 "\${SCHEMATIC:-$(sed -n 's|.*installer/\\([0-9a-f]*\\):.*|\\1|p' talos/patches/all.yaml)}" ;;
  "etcd snapshot") echo snapshot >"$3" ;;
esac`;

function repository(tree = machines.tree) {
  const folder = temporaryFolder("talos");
  for (const [path, { content }] of tree) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin/talosctl"), `#!/usr/bin/env bash\n${TALOSCTL}\n`);
  chmodSync(join(folder, "bin/talosctl"), 0o755);
  const notes = join(folder, "notes");
  return {
    folder,
    run(step: string, env: Readonly<Record<string, string>> = {}) {
      writeFileSync(notes, "");
      const { status, stderr } = spawnSync("bash", [join(folder, "bootstrap/talos.sh"), step], {
        encoding: "utf8",
        env: { PATH: `${folder}/bin:${process.env["PATH"]}`, NOTES: notes, DOWN: "", ...env },
      });
      return { status, stderr, calls: readFileSync(notes, "utf8").trim().split("\n") };
    },
    snapshots: () =>
      existsSync(join(folder, "talos/snapshots")) ? readdirSync(join(folder, "talos/snapshots")).sort() : [],
  };
}

const image = /image: *(\S+)/.exec(machines.tree.get("talos/patches/all.yaml" as never)?.content ?? "")?.[1] ?? "";
const upgraded = (calls: readonly string[]) =>
  calls.flatMap((call) => /^upgrade .*--nodes (\S+)/.exec(call)?.[1] ?? []);

describe("bootstrap/talos.sh", () => {
  it("saves etcd, then upgrades one machine after the other, each well before the next", () => {
    const { run, snapshots } = repository();
    const { status, stderr, calls } = run("upgrade", { RUNNING: "v1.12.4" });
    expect(status, stderr).toBe(0);
    expect(upgraded(calls)).toEqual(["172.16.1.50", "172.16.1.51", "172.16.1.52", "172.16.1.53"]);
    const steps = calls.map((call) => call.split(" ")[0]);
    expect(steps.indexOf("etcd")).toBeLessThan(steps.indexOf("upgrade"));
    expect(steps.filter((step) => step === "etcd")).toHaveLength(1);
    for (const [index, step] of steps.entries()) if (step === "upgrade") expect(steps[index + 1]).toBe("health");
    expect(calls.find((call) => call.startsWith("upgrade"))).toContain(`--image ${image}`);
    expect(snapshots()).toHaveLength(1);
  });

  it("touches only the machines of ONLY, and none that has the version", () => {
    const { run, snapshots } = repository();
    expect(upgraded(run("upgrade", { RUNNING: "v1.12.4", ONLY: "talos-cp-2,talos-worker-1" }).calls)).toEqual([
      "172.16.1.51",
      "172.16.1.53",
    ]);
    const before = snapshots().length;
    const none = run("upgrade");
    expect([none.status, upgraded(none.calls), snapshots().length]).toEqual([0, [], before]);
    expect(run("apply", { ONLY: "talos-cp-9" })).toMatchObject({
      status: 2,
      stderr: "ONLY has talos-cp-9, and no machine is called so\n",
    });
  });

  it("brings the same version again where an image of other extensions runs", () => {
    const { run } = repository();
    const { status, calls } = run("upgrade", { SCHEMATIC: "0".repeat(64), ONLY: "talos-cp-2" });
    expect([status, upgraded(calls)]).toEqual([0, ["172.16.1.51"]]);
  });

  it("gives machines with a graphics card the image with its driver, and the others theirs", () => {
    const withCard = emitted(
      edited(reference, [{ find: "53, role: worker", replace: "53, role: worker, gpu: nvidia" }]),
    );
    const { run } = repository(withCard.tree);
    const images = run("upgrade", { RUNNING: "v1.12.4" }).calls.flatMap(
      (call) => / --image (\S+)/.exec(call)?.[1] ?? [],
    );
    expect(new Set(images.slice(0, 3))).toEqual(new Set([image]));
    const own = /image: *(\S+)/.exec(withCard.tree.get("talos/nodes/talos-worker-1.yaml" as never)?.content ?? "")?.[1];
    expect(images[3]).toBe(own);
    expect(own).not.toBe(image);
  });

  it.each(["v1.11.6", "v1.14.0"])("refuses the way from %s", (running) => {
    const { run, snapshots } = repository();
    const { status, stderr, calls } = run("upgrade", { RUNNING: running });
    expect([status, upgraded(calls), snapshots()]).toEqual([1, [], []]);
    expect(stderr).toContain("one minor version at a time, and none back");
  });

  it("takes a snapshot from a control plane that answers, and keeps ten", () => {
    const { folder, run, snapshots } = repository();
    mkdirSync(join(folder, "talos/snapshots"));
    for (let day = 10; day < 22; day++) writeFileSync(join(folder, `talos/snapshots/etcd-202601${day}T000000Z.db`), "");
    const { status, calls } = run("snapshot", { DOWN: "172.16.1.50" });
    expect([status, calls]).toEqual([
      0,
      [expect.stringContaining("172.16.1.50"), expect.stringContaining("172.16.1.51")],
    ]);
    expect(snapshots()).toHaveLength(10);
    expect(snapshots()[0]).toBe("etcd-20260113T000000Z.db");
    expect(run("snapshot", { DOWN: "172.16.1.50 172.16.1.51 172.16.1.52" }).status).toBe(1);
    expect(snapshots()).toHaveLength(10);
  });

  it("upgrades Kubernetes to the version of the script, with etcd saved before", () => {
    const { run } = repository();
    const { status, calls } = run("kubernetes");
    expect([status, calls.map((call) => call.split(" ")[0])]).toEqual([0, ["etcd", "upgrade-k8s"]]);
    expect(calls[1]).toMatch(/--to 1\.36\.\d+$/);
    // Without a snapshot nothing is upgraded.
    expect(run("kubernetes", { DOWN: "172.16.1.50 172.16.1.51 172.16.1.52" }).calls.join("\n")).not.toContain(
      "upgrade",
    );
  });
});
