/** bootstrap/nvidia.sh, run for real: ssh leads to folders that stand for machines, and what would change one takes notes. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { temporaryFolder } from "../support/workspace.ts";

const note = 'printf "%s %s\\n" "${0##*/}" "$*" >>"$NOTES"';

const PROGRAMS: Readonly<Record<string, string>> = {
  // The address is the last word but one; /etc and /proc are folders of the machine.
  ssh: `target=\${*: -2:1}\nexport MACHINE=$ROOT/\${target#*@}
mkdir -p "$MACHINE/bin" "$MACHINE/etc/apt/sources.list.d"
sed "s|/etc/|$MACHINE/etc/|g; s|/proc/|$MACHINE/proc/|g" | PATH=$MACHINE/bin:$PATH exec bash -s`,
  "apt-get": `${note}
case "$*" in *nvidia-container-toolkit*) printf '#!/bin/sh\\n' >"$MACHINE/bin/nvidia-container-runtime"; chmod +x "$MACHINE/bin/nvidia-container-runtime" ;; esac`,
  curl: `${note}\nfor word in "$@"; do last=$word; done; echo key >"$last"`,
  systemctl: `${note}\n[[ $1 != is-active || -e $MACHINE/runs ]]`,
};

function machines(network: string, ip: string) {
  const found = emittedNetworks.find(({ name }) => name.startsWith(network));
  if (found === undefined) throw new Error(`no network is called ${network}…`);
  const folder = temporaryFolder("nvidia");
  for (const [path, { content }] of found.tree) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const bin = join(folder, "stand-ins");
  const machine = join(folder, "machines", ip);
  mkdirSync(bin);
  mkdirSync(machine, { recursive: true });
  for (const [name, script] of Object.entries(PROGRAMS)) {
    writeFileSync(join(bin, name), `#!/usr/bin/env bash\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  let round = 0;
  return {
    run(...args: readonly string[]) {
      const notes = join(folder, `notes-${(round += 1)}`);
      writeFileSync(notes, "");
      const { status, stdout, stderr } = spawnSync("bash", [join(folder, "bootstrap/nvidia.sh"), ...args], {
        encoding: "utf8",
        env: { PATH: `${bin}:${process.env["PATH"]}`, NOTES: notes, ROOT: join(folder, "machines") },
      });
      const calls = readFileSync(notes, "utf8").trim().split("\n");
      return { status, stdout, stderr, calls, restarts: calls.filter((call) => call.startsWith("systemctl restart")) };
    },
    write(path: string, content: string) {
      mkdirSync(dirname(join(machine, path)), { recursive: true });
      writeFileSync(join(machine, path), content);
    },
    /** In the words of the machine, which knows nothing of a folder. */
    at: (path: string): string | undefined =>
      existsSync(join(machine, path)) ? readFileSync(join(machine, path), "utf8").replaceAll(machine, "") : undefined,
    own: (path: string) => readFileSync(join(folder, path), "utf8"),
  };
}

const DROP_IN = "etc/containerd/conf.d/99-nvidia.toml";
const CONFIG = "etc/containerd/config.toml";
const IMPORTS = "imports = ['/etc/containerd/conf.d/*.toml']";

describe("bootstrap/nvidia.sh beside kubeadm", () => {
  const prepared = (config: string) => {
    const all = machines("nodes of kubeadm", "172.16.1.53");
    all.write(CONFIG, config);
    all.write("runs", "");
    return all;
  };

  it("installs the toolkit, tells containerd, and restarts it once", () => {
    const { run, at, own } = prepared("version = 3\nimports = []\n");
    const first = run();
    expect([first.status, first.stderr, first.restarts]).toEqual([0, "", ["systemctl restart containerd"]]);
    expect(first.stdout).toContain("there is no driver yet");
    expect(first.calls).toContain("apt-get install --yes --quiet nvidia-container-toolkit");
    expect(at("etc/apt/sources.list.d/nvidia-container-toolkit.list")).toMatch(
      /^deb \[signed-by=\S+\] https:\/\/nvidia\S+ \/$/m,
    );
    expect(at(DROP_IN)).toBe(own("bootstrap/nvidia.toml"));
    expect(at(CONFIG)).toBe(`version = 3\n${IMPORTS}\n`);
    const second = run("talos-worker-1");
    expect([second.status, second.restarts, second.calls]).toEqual([0, [], [""]]);
    expect(second.stdout).toContain("it is there already");
  });

  it("adds the line to a configuration that has none", () => {
    const { run, at } = prepared("version = 3\n");
    expect(run().status).toBe(0);
    expect(at(CONFIG)).toBe(`${IMPORTS}\nversion = 3\n`);
  });

  it("knows no machine without a card", () => {
    const { status, stderr } = prepared("").run("talos-cp-1");
    expect([status, stderr]).toEqual([2, "no node with a card of NVIDIA is called talos-cp-1\n"]);
  });
});

describe("bootstrap/nvidia.sh beside K3s", () => {
  it("leaves the configuration to K3s, and a K3s that is not there alone", () => {
    const { run, at, write } = machines("K3s with a graphics card", "172.16.1.53");
    write("proc/driver/nvidia/version", "");
    const first = run();
    expect([first.status, first.stderr, first.restarts]).toEqual([0, "", []]);
    expect(first.stdout).toContain("k3s-agent finds it when it starts");
    expect(first.stdout).not.toContain("no driver");
    expect(at(DROP_IN)).toBeUndefined();
  });

  it("restarts the agent, which looks for runtimes when it starts", () => {
    const { run, write } = machines("K3s with a graphics card", "172.16.1.53");
    write("runs", "");
    expect(run().restarts).toEqual(["systemctl restart k3s-agent"]);
    expect(run().restarts).toEqual([]);
  });
});
