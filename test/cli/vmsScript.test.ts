/** bootstrap/vms.sh as emitted, with an ssh that does on folders of this machine what it would do on others. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { known } from "../fixtures/values.ts";
import { isolatedEnvironment } from "../support/cli.ts";
import { run } from "../support/run.ts";
import { temporaryFolder } from "../support/workspace.ts";

const { plan, tree } = known(
  emittedNetworks.find(({ name }) => name.startsWith("K3s on Proxmox")),
  "no K3s on Proxmox",
);
const CARDS = "etc/netplan/60-pods.yaml";
const WORKER = "172.16.1.53";
const PLAIN = "172.16.1.51";

/** What is told to a machine stands in its file `done`. */
const PROGRAMS: Readonly<Record<string, string>> = {
  ssh: `for argument; do
  if [ "$before" = -- ]; then target=$argument; break; fi
  before=$argument
done
export MACHINE="$MACHINES/\${target#debian@}"
[ -d "$MACHINE" ] || { echo "ssh: connect to host $target: No route to host" >&2; exit 255; }
if [ -e "$MACHINE/starting" ]; then rm "$MACHINE/starting"; echo "Connection refused" >&2; exit 255; fi
sed "s|/etc/netplan|$MACHINE/etc/netplan|g; s|/etc/systemd|$MACHINE/etc/systemd|g" | bash -s`,
  "cloud-init": `case $2 in
  --wait) exit "$(cat "$MACHINE/ended")" ;;
  *) echo "status: error" ;;
esac`,
  systemctl: 'echo "systemctl $*" >>"$MACHINE/done"',
  netplan: 'echo "netplan $*" >>"$MACHINE/done"',
  "apt-get": 'echo "apt-get $*" >>"$MACHINE/done"',
  "dpkg-query": `for package; do :; done
grep -qx "$package" "$MACHINE/packages" && echo "install ok installed"`,
  sleep: ":",
};

function world() {
  const [repository, machines, bin] = ["repository", "machines", "bin"].map((name) => temporaryFolder(name)) as [
    string,
    string,
    string,
  ];
  const put = (ip: string, path: string, content: string): void => write(join(machines, ip, path), content);
  const read = (ip: string, path: string): string | undefined => {
    const file = join(machines, ip, path);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  };
  for (const [path, { content }] of tree) write(join(repository, path), content);
  for (const [name, body] of Object.entries(PROGRAMS)) {
    write(join(bin, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  for (const { ip } of plan.nodes) {
    put(ip, "ended", "0");
    put(ip, "packages", "curl\n");
  }
  const script = () => {
    const env = isolatedEnvironment();
    return run("bash", [join(repository, "bootstrap/vms.sh")], {
      cwd: repository,
      env: { ...env, PATH: `${bin}:${env["PATH"]}`, MACHINES: machines },
    });
  };
  return { repository, machines, put, read, script };
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

describe("bootstrap/vms.sh", () => {
  it("waits for a machine that starts, adds what the image has not, and brings cards to those that have some", async () => {
    const { put, read, script } = world();
    put(PLAIN, "starting", "");
    const { code, stdout, stderr } = await script();
    expect([code, stderr]).toEqual([0, "Connection refused\n"]);
    expect(stdout.split("\n").filter((line) => line.endsWith("is ready"))).toHaveLength(plan.nodes.length);
    expect(read(PLAIN, "done")?.split("\n").slice(0, -1)).toEqual([
      "systemctl restart systemd-networkd",
      "apt-get -o DPkg::Lock::Timeout=900 update --quiet",
      "apt-get -o DPkg::Lock::Timeout=900 install --yes --quiet qemu-guest-agent",
      "systemctl start --no-block qemu-guest-agent",
    ]);
    expect(read(PLAIN, CARDS)).toBeUndefined();
    expect(read(WORKER, "done")).toContain("netplan apply\n");
    expect(read(WORKER, CARDS)).toBe(
      [...tree].find(([path]) => path === "infrastructure/proxmox/cards/talos-worker-1.yaml")?.[1].content,
    );
    expect(read(WORKER, "etc/systemd/networkd.conf.d/pods.conf")).toMatch(/^\[Network\]\nManageForeignRoutes=no$/m);
  });

  it("changes nothing the second time, and takes cards away that homelab.yaml has no more", async () => {
    const { machines, repository, put, read, script } = world();
    await script();
    for (const { ip } of plan.nodes) {
      rmSync(join(machines, ip, "done"));
      put(ip, "packages", "curl\nqemu-guest-agent\n");
    }
    await script();
    expect(read(WORKER, "done")).toBe("systemctl start --no-block qemu-guest-agent\n");
    rmSync(join(repository, "infrastructure/proxmox/cards/talos-worker-1.yaml"));
    await script();
    expect(read(WORKER, CARDS)).toBeUndefined();
    expect(read(WORKER, "done")).toContain("netplan apply\n");
  });

  it("stops at a machine whose first start went wrong, and goes on where it only has remarks", async () => {
    const { put, read, script } = world();
    put(PLAIN, "ended", "2");
    put(WORKER, "ended", "1");
    const { code, stderr } = await script();
    expect(code).toBe(1);
    expect(stderr).toContain("status: error");
    expect([read(PLAIN, "done"), read(WORKER, "done")]).toEqual([
      expect.stringContaining("qemu-guest-agent") as string,
      undefined,
    ]);
  });

  it("gives up on a machine that nobody reaches, after it has said once what is wrong", async () => {
    const { machines, script } = world();
    rmSync(join(machines, WORKER), { recursive: true });
    const { code, stderr } = await script();
    expect(code).toBe(1);
    expect(stderr.match(/No route to host/g)).toHaveLength(1);
    expect(stderr).toContain("docs/proxmox.md");
  });
});
