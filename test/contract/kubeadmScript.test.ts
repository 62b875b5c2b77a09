/** bootstrap/kubeadm.sh, run for real: ssh leads to folders that stand for machines, and what would change one takes notes. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { boards } from "../fixtures/boards.ts";
import { emitted } from "../fixtures/emitted.ts";
import { temporaryFolder } from "../support/workspace.ts";

// Three control planes and a worker.
const { tree } = emitted(boards.replace(/^ {4}(?:[f-l]\w+|velaryon): .*role: worker.*\}\n/gm, ""));

const note = 'printf "%s %s %s\\n" "${MACHINE##*/}" "${0##*/}" "$*" >>"$NOTES"';

const PROGRAMS: Readonly<Record<string, string>> = {
  // The address is the last word but one; /etc, and whatever else is written, is a folder of the machine.
  ssh: `target=\${*: -2:1}\nexport MACHINE=$ROOT/\${target#*@}\nmkdir -p "$MACHINE/etc/kubernetes/pki/etcd" "$MACHINE/bin" "$MACHINE/lib/etcd"
sed "s|/etc/|$MACHINE/etc/|g; s|/usr/local/sbin|$MACHINE/sbin|g; s|/var/lib/etcd|$MACHINE/lib/etcd|g; s|$MACHINE/etc/os-release|$ROOT/os-release|" | PATH=$MACHINE/bin:$PATH exec bash -s`,
  kubeadm: `${note}
case $1 in
  init)
    cp "$MACHINE/etc/kubernetes/kubeadm.yaml" "$MACHINE/started"
    cp "$MACHINE/etc/kubernetes/manifests/vip.yaml" "$MACHINE/vip-at-start" 2>/dev/null || true
    echo "server: https://10.4.0.10:6443" >"$MACHINE/etc/kubernetes/admin.conf"
    for file in ca.crt ca.key sa.key sa.pub front-proxy-ca.crt front-proxy-ca.key etcd/ca.crt etcd/ca.key; do echo "$file" >"$MACHINE/etc/kubernetes/pki/$file"; done
    touch "$MACHINE/etc/kubernetes/kubelet.conf" ;;
  token) echo abcdef.0123456789abcdef ;;
  join)
    cp "$MACHINE/etc/kubernetes/discovery.conf" "$MACHINE/joined-by"
    touch "$MACHINE/etc/kubernetes/kubelet.conf" ;;
esac`,
  "apt-get": `${note}
for word in "$@"; do case $word in kubelet=*) v=\${word#*=}; echo "v\${v%-*}" >"$MACHINE/version"; printf '#!/bin/sh\\necho Kubernetes v%s\\n' "\${v%-*}" >"$MACHINE/bin/kubelet"; chmod +x "$MACHINE/bin/kubelet" ;; esac; done`,
  containerd: `cat <<'END'
SystemdCgroup = false
discard_unpacked_layers = true
[plugins.'io.containerd.cri.v1.images'.registry]
  config_path = ''
[plugins.'io.containerd.transfer.v1.local']
  config_path = ''
END`,
  systemctl: `${note}
if [[ $* == "start etcd-snapshot.service" ]]; then "$MACHINE/sbin/etcd-snapshot"; fi
[[ $1 != cat ]]`,
  kubectl: `${note}`,
  crictl: `${note}
case $1 in
  ps) echo 0123abcd ;;
  exec) for word in "$@"; do last=$word; done; echo "etcd of \${MACHINE##*/}" >"$last" ;;
esac`,
  curl: 'for word in "$@"; do last=$word; done; echo key >"$last"',
  dpkg: "echo arm64",
  ...Object.fromEntries(["swapoff", "modprobe", "sysctl", "apt-mark"].map((name) => [name, note])),
};

function machines() {
  const folder = temporaryFolder("kubeadm");
  for (const [path, { content }] of tree) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const bin = join(folder, "stand-ins");
  const root = join(folder, "machines");
  mkdirSync(bin);
  mkdirSync(root);
  writeFileSync(join(root, "os-release"), "ID=ubuntu\nVERSION_CODENAME=noble\n");
  for (const [name, script] of Object.entries(PROGRAMS)) {
    writeFileSync(join(bin, name), `#!/usr/bin/env bash\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  let round = 0;
  const run = (names: string, ...steps: readonly string[]) => {
    const notes = join(folder, `notes-${(round += 1)}`);
    writeFileSync(notes, "");
    const { status, stdout, stderr } = spawnSync("bash", [join(folder, "bootstrap/kubeadm.sh"), ...steps], {
      encoding: "utf8",
      env: { PATH: `${bin}:${process.env["PATH"]}`, NOTES: notes, ROOT: root, ONLY: names },
    });
    const calls = readFileSync(notes, "utf8").trim().split("\n");
    const of = (program: string) => calls.filter((call) => call.split(" ")[1] === program);
    return { status, stdout, stderr, of, all: calls };
  };
  return {
    bootstrap: (...steps: readonly string[]) => run("", ...steps),
    only: run,
    files: (ip: string, path: string) => readdirSync(join(root, ip, path)).sort(),
    write: (path: string, content: string) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    },
    read: (path: string): string | undefined =>
      existsSync(join(folder, path)) ? readFileSync(join(folder, path), "utf8") : undefined,
    at: (ip: string, path: string): string | undefined =>
      existsSync(join(root, ip, path)) ? readFileSync(join(root, ip, path), "utf8") : undefined,
    wipe: (ip: string) => rmSync(join(root, ip), { recursive: true }),
  };
}

const STEPS = ["prepare", "start", "join", "kubeconfig"];

describe("bootstrap/kubeadm.sh", () => {
  it("starts the cluster on the first control plane and lets the others join", { timeout: 60_000 }, () => {
    const { bootstrap, at, read } = machines();
    const { status, stderr, of } = bootstrap(...STEPS);
    expect([status, stderr]).toEqual([0, ""]);
    expect(
      of("kubeadm")
        .filter((call) => / (init|join) /.test(call))
        .map((call) => call.split(" ").slice(0, 3)),
    ).toEqual([["10.4.0.11", "kubeadm", "init"], ...[12, 13, 14].map((last) => [`10.4.0.${last}`, "kubeadm", "join"])]);
    expect(at("10.4.0.11", "started")).toMatch(/^kind: ClusterConfiguration\nkubernetesVersion: v1\.36\.\d+$/m);
    expect(at("10.4.0.14", "joined-by")).toContain("    server: https://10.4.0.10:6443\n");
    expect(read("kubeconfig")).toBe("server: https://10.4.0.10:6443\n");
    expect(of("kubectl").map((call) => /label node (\S+)/.exec(call)?.[1])).toEqual(["bettley", "cargyll", "dalt"]);
  });

  it("leaves no token on a machine, and keys of the cluster on control planes alone", { timeout: 60_000 }, () => {
    const { bootstrap, at } = machines();
    bootstrap(...STEPS);
    expect(at("10.4.0.14", "etc/kubernetes/discovery.conf")).toBeUndefined();
    expect(at("10.4.0.12", "etc/kubernetes/pki/etcd/ca.key")).toBe("etcd/ca.key\n");
    expect(at("10.4.0.12", "etc/kubernetes/pki.tar")).toBeUndefined();
    expect(at("10.4.0.14", "etc/kubernetes/pki/ca.key")).toBeUndefined();
  });

  it("does nothing a second time but look", { timeout: 60_000 }, () => {
    const { bootstrap } = machines();
    bootstrap(...STEPS);
    const { status, of } = bootstrap(...STEPS);
    expect(status).toBe(0);
    expect([...of("apt-get"), ...of("kubeadm"), ...of("systemctl").filter((call) => call.includes("restart"))]).toEqual(
      [],
    );
  });

  it("lets a first control plane that was replaced join the others", { timeout: 60_000 }, () => {
    const { bootstrap, wipe } = machines();
    bootstrap(...STEPS);
    wipe("10.4.0.11");
    const { of } = bootstrap(...STEPS);
    expect(
      of("kubeadm")
        .filter((call) => / (init|join) /.test(call))
        .map((call) => call.split(" ").slice(0, 3)),
    ).toEqual([["10.4.0.11", "kubeadm", "join"]]);
  });

  it("gives the first static pod access that works before there are rights", { timeout: 60_000 }, () => {
    const { bootstrap, at, write } = machines();
    write("kubeadm/manifests/vip.yaml", "hostPath: { path: /etc/kubernetes/admin.conf }\n");
    bootstrap(...STEPS);
    expect(at("10.4.0.11", "vip-at-start")).toContain("/etc/kubernetes/super-admin.conf");
    for (const ip of ["10.4.0.11", "10.4.0.12"])
      expect(at(ip, "etc/kubernetes/manifests/vip.yaml")).toContain("/etc/kubernetes/admin.conf");
    expect(at("10.4.0.14", "etc/kubernetes/manifests/vip.yaml")).toBeUndefined();
  });

  it("brings a version to one machine after the other, and skips no minor one", { timeout: 60_000 }, () => {
    const { bootstrap, read, write } = machines();
    bootstrap(...STEPS);
    const script = read("bootstrap/kubeadm.sh") ?? "";
    write("bootstrap/kubeadm.sh", script.replace(/^kubernetes_version=.*/m, "kubernetes_version=v1.37.1"));
    const { status, of } = bootstrap("upgrade");
    expect(status).toBe(0);
    const upgrades = of("kubeadm").map((call) => call.replace(/^\S+ kubeadm /, ""));
    expect(upgrades).toEqual(["upgrade apply --yes v1.37.1", ...Array.from({ length: 3 }, () => "upgrade node")]);
    expect(of("kubectl").filter((call) => call.includes(" drain "))).toHaveLength(4);
    write("bootstrap/kubeadm.sh", script.replace(/^kubernetes_version=.*/m, "kubernetes_version=v1.39.0"));
    const skipping = bootstrap("upgrade");
    expect([skipping.status, skipping.of("kubeadm")]).toEqual([1, []]);
    expect(skipping.stderr).toContain("one minor version at a time");
  });

  it(
    "lets control planes save etcd on a timer, keeps so many, and saves before an upgrade",
    { timeout: 60_000 },
    () => {
      const { bootstrap, at, files, read, write } = machines();
      bootstrap(...STEPS);
      const { status, stderr, of } = bootstrap("snapshots");
      expect(status, stderr).toBe(0);
      for (const ip of ["10.4.0.11", "10.4.0.12", "10.4.0.13"]) {
        expect(at(ip, "etc/systemd/system/etcd-snapshot.timer")).toContain("OnCalendar=*-*-* 00/12:00:00\n");
        expect(files(ip, "lib/etcd-snapshots")).toEqual([expect.stringMatching(/^etcd-\d{8}T\d{6}Z\.db$/)]);
      }
      expect(at("10.4.0.14", "sbin/etcd-snapshot")).toBeUndefined();
      expect(files("10.4.0.11", "lib/etcd")).toEqual([]);
      expect(of("crictl").find((call) => call.includes(" exec "))).toMatch(
        /exec 0123abcd etcdctl --endpoints https:\/\/127\.0\.0\.1:2379 --cacert \S+\/etcd\/ca\.crt .*snapshot save/,
      );
      for (let day = 10; day < 30; day++)
        write(`machines/10.4.0.11/lib/etcd-snapshots/etcd-202601${day}T000000Z.db`, "");
      bootstrap("snapshots");
      expect(files("10.4.0.11", "lib/etcd-snapshots")).toHaveLength(14);
      expect(files("10.4.0.11", "lib/etcd-snapshots")[0]).not.toContain("20260110");
      const script = read("bootstrap/kubeadm.sh") ?? "";
      write("bootstrap/kubeadm.sh", script.replace(/^kubernetes_version=.*/m, "kubernetes_version=v1.37.1"));
      const upgrade = bootstrap("upgrade");
      expect(upgrade.of("crictl").filter((call) => call.includes(" exec "))).toHaveLength(3);
      expect(upgrade.all.findIndex((call) => call.includes(" crictl "))).toBeLessThan(
        upgrade.all.findIndex((call) => call.includes("upgrade apply")),
      );
    },
  );

  it("has containerd keep layers and look for mirrors where nodes share images", { timeout: 60_000 }, () => {
    const { bootstrap, at, read, write } = machines();
    const path = "etc/containerd/config.toml";
    bootstrap("prepare");
    expect(at("10.4.0.14", path)).toContain("discard_unpacked_layers = true");
    const script = read("bootstrap/kubeadm.sh") ?? "";
    write("bootstrap/kubeadm.sh", script.replace(/^mirrors=.*$/m, "mirrors=/srv/mirrors"));
    const { of } = bootstrap("prepare");
    expect(of("systemctl").filter((call) => call.endsWith("restart containerd"))).toHaveLength(4);
    expect(at("10.4.0.14", path)).toBe(`SystemdCgroup = true
discard_unpacked_layers = false
[plugins.'io.containerd.cri.v1.images'.registry]
  config_path = '/srv/mirrors'
[plugins.'io.containerd.transfer.v1.local']
  config_path = ''
`);
  });

  it("installs programs for volumes that a machine lacks, and starts what has to run for them", () => {
    const { bootstrap, read, write } = machines();
    const script = read("bootstrap/kubeadm.sh") ?? "";
    expect(bootstrap("programs").all).toEqual([""]);
    const wanted = "programs='some-package:no-such-program:some-service shell:bash:'";
    write("bootstrap/kubeadm.sh", script.replace(/^programs=.*$/m, wanted));
    const { of, all } = bootstrap("programs");
    expect(of("apt-get").filter((call) => call.endsWith("install --yes --quiet some-package"))).toHaveLength(4);
    expect(all.filter((call) => call.endsWith("--quiet enable --now some-service"))).toHaveLength(4);
    expect(all).toHaveLength(12);
  });

  it("touches only the machines of ONLY", { timeout: 60_000 }, () => {
    const { bootstrap, only, at } = machines();
    bootstrap("prepare", "start");
    expect(
      only("cargyll", "join")
        .of("kubeadm")
        .filter((call) => call.includes(" join ")),
    ).toHaveLength(1);
    expect(at("10.4.0.12", "joined-by")).toBeDefined();
    expect(at("10.4.0.13", "joined-by")).toBeUndefined();
    expect(only("nobody", "join").stderr).toBe("ONLY has nobody, and no machine is called so\n");
  });
});
