/** bootstrap/board.sh, run for real on folders like the first partitions of Ubuntu Server and of Raspberry Pi OS. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

const PRESET = "the preset pi-calico-bgp";
function filesOf(part: string): Readonly<Record<string, string>> {
  const found = emittedNetworks.find(({ name }) => name.includes(part));
  if (found === undefined) throw new Error(`${part} is among the networks`);
  return Object.fromEntries([...found.tree].map(([path, { content }]) => [path, content]));
}
const files = filesOf(PRESET);

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMade0up me@desk";
const LINE = "console=serial0,115200 root=LABEL=writable rootfstype=ext4 rootwait fixrtc";
const WORDS = "cgroup_enable=cpuset cgroup_memory=1 cgroup_enable=memory";

interface Bench {
  readonly card: string;
  run(args: readonly string[], environment?: Readonly<Record<string, string>>): { code: number | null; stderr: string };
  read(name: string): string;
}

function bench(cmdline = LINE, key = KEY, network = PRESET): Bench {
  const root = temporaryFolder("board");
  const [repository, card, home] = [join(root, "repository"), join(root, "system boot"), join(root, "home")];
  writeFiles(repository, filesOf(network));
  writeFiles(card, {
    "cmdline.txt": `${cmdline}\n`,
    "user-data": "#cloud-config\n",
    "meta-data": "instance_id: cloud\n",
  });
  writeFiles(home, { ".ssh/id_ed25519.pub": `${key}\n` });
  return {
    card,
    run(args, environment = {}) {
      const { status, stderr } = spawnSync("bash", [join(repository, "bootstrap/board.sh"), ...args], {
        env: { PATH: process.env["PATH"], HOME: home, SSH_USER: "ada", ...environment },
        encoding: "utf8",
      });
      return { code: status, stderr };
    },
    read: (name) => readFileSync(join(card, name), "utf8"),
  };
}

describe("bootstrap/board.sh", () => {
  it("tells a board its name, its address, who gets in and what the kernel counts", () => {
    const { card, run, read } = bench();
    expect(run(["bettley", card])).toEqual({ code: 0, stderr: "" });
    const seed = read("user-data");
    expect(seed.startsWith("#cloud-config\n")).toBe(true);
    expect(seed).toContain("hostname: bettley\n");
    expect(seed).toContain('  - name: "ada"\n');
    expect(seed).toContain(`      - "${KEY}"\n`);
    expect(read("network-config")).toBe(files["boards/bettley/network-config.yaml"]);
    expect(read("cmdline.txt")).toBe(`${LINE} ${WORDS}\n`);
    expect(read("meta-data")).toBe("instance_id: cloud\n");
  });

  it("may be repeated, and another board takes the place of the first", () => {
    const { card, run, read } = bench();
    run(["bettley", card]);
    expect(run(["cargyll", card]).code).toBe(0);
    expect(read("user-data")).toContain("hostname: cargyll\n");
    expect(read("cmdline.txt")).toBe(`${LINE} ${WORDS}\n`);
  });

  it("adds to the line only what is missing", () => {
    const { card, run, read } = bench(`${LINE} cgroup_memory=1`);
    run(["bettley", card]);
    expect(read("cmdline.txt")).toBe(`${LINE} cgroup_memory=1 cgroup_enable=cpuset cgroup_enable=memory\n`);
  });

  it.each<readonly [string, readonly string[], Readonly<Record<string, string>>, string]>([
    ["a board nobody has", ["nobody"], {}, "no board is called nobody, but: bettley"],
    ["two at once", ["bettley cargyll"], {}, "no board is called bettley cargyll"],
    ["root as a user", ["bettley"], { SSH_USER: "root" }, "root cannot be the user there"],
    ["a user that is more", ["bettley"], { SSH_USER: 'a"\n  - name: b' }, "cannot be the user there"],
    ["a key that is not there", ["bettley"], { SSH_KEY: "/nowhere/key.pub" }, "there is no file /nowhere/key.pub"],
  ])("refuses %s, and leaves the card alone", (_, args, environment, told) => {
    const { card, run, read } = bench();
    const { code, stderr } = run([...args, card], environment);
    expect(code).toBe(2);
    expect(stderr).toContain(told);
    expect(read("cmdline.txt")).toBe(`${LINE}\n`);
    expect(read("user-data")).toBe("#cloud-config\n");
    expect(existsSync(join(card, "network-config"))).toBe(false);
  });

  it.each(["-----BEGIN OPENSSH PRIVATE KEY-----", 'ssh-ed25519 AAAA "quoted"', "nothing"])(
    "refuses %s as a key, and leaves the card alone",
    (key) => {
      const { card, run, read } = bench(LINE, key);
      expect(run(["bettley", card])).toMatchObject({ code: 2, stderr: expect.stringContaining("holds no public key") });
      expect(read("user-data")).toBe("#cloud-config\n");
    },
  );

  it("has Raspberry Pi OS start its SSH server, which Ubuntu's does by itself", () => {
    const start = "runcmd:\n  # Raspberry Pi OS starts none by itself.\n  - [systemctl, enable, --now, ssh]\n";
    const pi = bench(LINE, KEY, "with Raspberry Pi OS and K3s");
    expect(pi.run(["talos-cp-1", pi.card])).toEqual({ code: 0, stderr: "" });
    expect(pi.read("user-data")).toContain(start);
    expect(pi.read("cmdline.txt")).toBe(`${LINE} ${WORDS}\n`);
    const ubuntu = bench();
    ubuntu.run(["bettley", ubuntu.card]);
    expect(ubuntu.read("user-data")).not.toContain("runcmd");
  });

  it("refuses a folder that is no such partition", () => {
    const { run } = bench();
    const { code, stderr } = run(["bettley", temporaryFolder("other")]);
    expect(code).toBe(2);
    expect(stderr).toContain("is no first partition of Ubuntu Server");
  });
});
