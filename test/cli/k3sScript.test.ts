/** bootstrap/k3s.sh as emitted, with an ssh that does on folders of this machine what it would do on others. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { emitted } from "../fixtures/emitted.ts";
import { reference } from "../fixtures/reference.ts";
import { edited, ON_K3S } from "../rules/edits.ts";
import { isolatedEnvironment } from "../support/cli.ts";
import { run } from "../support/run.ts";
import { temporaryFolder } from "../support/workspace.ts";

const { tree } = emitted(edited(reference, ON_K3S));
const MACHINES = ["172.16.1.50", "172.16.1.51", "172.16.1.52", "172.16.1.53"];
const RELEASE = /^k3s_version=(\S+)$/m.exec(tree.get("bootstrap/k3s.sh" as never)?.content ?? "")?.[1] ?? "";

const PROGRAMS: Readonly<Record<string, string>> = {
  ssh: `for argument; do
  if [ "$before" = -- ]; then target=$argument; break; fi
  before=$argument
done
[ -d "$MACHINES/$target" ] || { echo "ssh: connect to host $target: No route to host" >&2; exit 255; }
export MACHINE="$MACHINES/$target"
sed "s|/etc/rancher|$MACHINE/etc/rancher|g; s|/var/lib/rancher|$MACHINE/var/lib/rancher|g" | sh -s`,
  systemctl: `case $1 in
  is-active) test -e "$MACHINE/running" ;;
  *) echo "$*" >>"$MACHINE/done" ;;
esac`,
  k3s: `[ "$1" != etcd-snapshot ] || { echo "$*" >>"$MACHINE/done"; exit; }
[ ! -e "$MACHINE/version" ] || echo "k3s version $(cat "$MACHINE/version") (0123abcd)"`,
  ip: 'cat "$MACHINE/address"',
  "apt-get": 'echo "$*" >>"$MACHINE/done"',
  curl: `printf '%s\\n' "$*" >"$MACHINES/fetched"
echo 'echo "$INSTALL_K3S_VERSION $1" >"$MACHINE/installed"'`,
};

/** A repository and its machines, each of which is a folder with what is on it. */
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
  for (const ip of MACHINES) put(ip, "address", `2: eth0    inet ${ip}/24 brd 172.16.1.255\n`);
  const script = (...steps: readonly string[]) => {
    const env = isolatedEnvironment();
    return run("bash", [join(repository, "bootstrap/k3s.sh"), ...steps], {
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

const FIRST = "172.16.1.50";
const AGENT = "172.16.1.53";

describe("bootstrap/k3s.sh", () => {
  it("tells of every machine that cannot be reached or has another address, and changes none", async () => {
    const { repository, machines, put, script } = world();
    put(AGENT, "address", "2: eth0    inet 172.16.1.99/24\n");
    writeFileSync(
      join(repository, "bootstrap/k3s.sh"),
      readFileSync(join(repository, "bootstrap/k3s.sh"), "utf8").replace(
        "talos-cp-2:172.16.1.51",
        "talos-cp-2:172.16.1.77",
      ),
    );
    const { code, stderr } = await script();
    expect(code).toBe(1);
    expect(stderr).toContain("talos-cp-2 (172.16.1.77) cannot be logged in to");
    expect(stderr).toContain("talos-worker-1 (172.16.1.53): it answers at 172.16.1.53 and has another address");
    expect(MACHINES.flatMap((ip) => readdirSync(join(machines, ip)))).toEqual(MACHINES.map(() => "address"));
  });

  it("brings each machine its own configuration and one token, and nothing again", async () => {
    const { repository, put, read, script } = world();
    expect(await script("token", "config")).toMatchObject({ code: 0 });
    const token = readFileSync(join(repository, "k3s/token"), "utf8");
    expect(token).toMatch(/^[0-9a-f]{64}\n$/);
    const of = (ip: string, path: string) => read(ip, `etc/rancher/k3s/${path}`);
    expect(MACHINES.map((ip) => of(ip, "token"))).toEqual(MACHINES.map(() => token));
    const file = (path: string) => tree.get(path as never)?.content;
    expect(MACHINES.map((ip) => of(ip, "config.yaml"))).toEqual(
      ["server", "server", "server", "agent"].map((role) => file(`k3s/${role}.yaml`)),
    );
    expect(of(AGENT, "config.yaml.d/node.yaml")).toBe(file("k3s/nodes/talos-worker-1.yaml"));
    put(FIRST, "running", "");
    expect(await script("token", "config")).toMatchObject({ code: 0 });
    expect(read(FIRST, "done")).toBeUndefined();
    expect(readFileSync(join(repository, "k3s/token"), "utf8")).toBe(token);
  });

  it("restarts what runs and has another configuration", async () => {
    const { put, read, script } = world();
    await script("token", "config");
    for (const ip of [FIRST, AGENT]) {
      put(ip, "running", "");
      put(ip, "etc/rancher/k3s/config.yaml", "# another\n");
    }
    await script("config");
    expect([read(FIRST, "done"), read(AGENT, "done")]).toEqual(["restart k3s\n", "restart k3s-agent\n"]);
  });

  it("brings servers the objects of components, and agents none", async () => {
    const { repository, read, script } = world();
    write(join(repository, "k3s/manifests/kube-vip.yaml"), "kind: DaemonSet\n");
    await script("token", "config");
    const path = "var/lib/rancher/k3s/server/manifests/kube-vip.yaml";
    expect(MACHINES.map((ip) => read(ip, path))).toEqual([...Array(3).fill("kind: DaemonSet\n"), undefined]);
  });

  it("brings machines the list of registries whose images they share, where there is one", async () => {
    const { repository, read, script } = world();
    const path = "etc/rancher/k3s/registries.yaml";
    await script("token", "config");
    expect(MACHINES.map((ip) => read(ip, path))).toEqual(MACHINES.map(() => undefined));
    write(join(repository, "k3s/registries.yaml"), "mirrors: {}\n");
    await script("config");
    expect(MACHINES.map((ip) => read(ip, path))).toEqual(MACHINES.map(() => "mirrors: {}\n"));
  });

  it("installs programs for volumes that a machine lacks, and starts what has to run for them", async () => {
    const { repository, read, script } = world();
    await script("programs");
    expect(read(AGENT, "done")).toBeUndefined();
    const text = tree.get("bootstrap/k3s.sh" as never)?.content ?? "";
    const wanted = "programs='some-package:no-such-program:some-service shell:sh:'";
    write(join(repository, "bootstrap/k3s.sh"), text.replace(/^programs=.*$/m, wanted));
    await script("programs");
    const done = "update --quiet\ninstall --yes --quiet some-package\n--quiet enable --now some-service\n";
    expect(MACHINES.map((ip) => read(ip, "done"))).toEqual(MACHINES.map(() => done));
  });

  it("takes the token of a cluster that runs", async () => {
    const { repository, put, script } = world();
    put(FIRST, "etc/rancher/k3s/token", "of before\n");
    await script("token");
    expect(readFileSync(join(repository, "k3s/token"), "utf8")).toBe("of before\n");
  });

  it("lets a first server that was replaced join the others", async () => {
    const { put, read, script } = world();
    put("172.16.1.51", "var/lib/rancher/k3s/server/db/etcd/name", "");
    await script("token", "config");
    const node = read(FIRST, "etc/rancher/k3s/config.yaml.d/node.yaml");
    expect(node).toContain("server: https://172.16.1.51:6443\n");
    expect(node).not.toMatch(/^cluster-init/m);
  });

  it("installs the release by its own installer, on servers as servers", async () => {
    const { machines, put, read, script } = world();
    put("172.16.1.51", "version", RELEASE);
    expect(await script("install")).toMatchObject({ code: 0 });
    expect(read(FIRST, "installed")).toBe(`${RELEASE} server\n`);
    expect(read(AGENT, "installed")).toBe(`${RELEASE} agent\n`);
    expect(read("172.16.1.51", "installed")).toBeUndefined();
    expect(read("172.16.1.51", "done")).toBe("start k3s\n");
    expect(readFileSync(join(machines, "fetched"), "utf8")).toContain(
      `/k3s-io/k3s/${RELEASE.replace("+", "%2B")}/install.sh`,
    );
  });

  it.each(["v1.34.9+k3s1", "v1.99.0+k3s1"])("does not go from %s to where no step leads", async (version) => {
    const { put, script } = world();
    put("172.16.1.51", "version", version);
    const { code, stderr } = await script("install");
    expect(code).toBe(1);
    expect(stderr).toContain(`talos-cp-2 has K3s ${version}, from where no step leads to ${RELEASE}`);
  });

  it("takes a step of one minor version", async () => {
    const { put, read, script } = world();
    put(AGENT, "version", "v1.35.8+k3s1");
    expect(await script("install")).toMatchObject({ code: 0 });
    expect(read(AGENT, "installed")).toBe(`${RELEASE} agent\n`);
  });

  it("gives access by the address of the API and the name of the network", async () => {
    const { repository, put, script } = world();
    put(
      FIRST,
      "etc/rancher/k3s/k3s.yaml",
      "    server: https://127.0.0.1:6443\n  name: default\ncurrent-context: default\n",
    );
    await script("kubeconfig");
    expect(readFileSync(join(repository, "kubeconfig"), "utf8")).toBe(
      "    server: https://172.16.1.50:6443\n  name: ragas\ncurrent-context: ragas\n",
    );
  });

  it("saves etcd once before it upgrades, on a server that has it, and nothing before it installs", async () => {
    const { put, read, script } = world();
    await script("token", "config", "install");
    expect(read(FIRST, "done")).toBeUndefined();
    for (const ip of MACHINES) put(ip, "version", "v1.35.2+k3s1");
    put("172.16.1.51", "var/lib/rancher/k3s/server/db/etcd/name", "");
    expect(await script("install")).toMatchObject({ code: 0 });
    expect(MACHINES.map((ip) => read(ip, "done"))).toEqual([undefined, "etcd-snapshot save\n", undefined, undefined]);
  });

  it("names its steps", async () => {
    expect(await world().script("apply")).toMatchObject({
      code: 2,
      stderr: "there is no step apply; there are check, programs, token, config, install, kubeconfig, snapshot\n",
    });
  });
});
