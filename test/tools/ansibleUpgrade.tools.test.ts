/** Needs HOMELAB_NET_TOOLS: the playbook that upgrades nodes, played from one version to the next and again. */
import { beforeAll, describe, expect, test } from "vitest";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { playgrounds, onMachine, readByPlays, type Machine } from "../support/ansible/ansible.ts";

const network = (start: string) => {
  const found = emittedNetworks.find(({ name }) => name.startsWith(start));
  if (found === undefined) throw new Error(`no network is called ${start}…`);
  return found;
};
const kubeadm = network("nodes of kubeadm");
const k3s = network("K3s and hosts");
const script = (of: typeof k3s, path: string, key: string): { readonly text: string; readonly version: string } => {
  const text = of.tree.get(`${of.prefix}${path}` as never)?.content ?? "";
  return { text, version: new RegExp(`^${key}=(\\S+)$`, "m").exec(text)?.[1] ?? "" };
};
const KUBEADM = script(kubeadm, "bootstrap/kubeadm.sh", "kubernetes_version");
const K3S = script(k3s, "bootstrap/k3s.sh", "k3s_version");
const NODES = ["talos-cp-1", "talos-cp-2", "talos-cp-3", "talos-worker-1"];
const SERVERS = NODES.slice(0, 3);

/** Every machine here is this one, so what is on each of them stands in a file of its own, by the name of the play's host. */
const onEach = 'me=$MACHINE; note() { echo "$me: ${0##*/} $*" >>"$NOTES"; }';

/** apt is asked in Python, and would ask the servers of Kubernetes: a module of the same words takes its place. */
const APT = `#!/usr/bin/python3
# WANT_JSON
import json, os, sys
asked = json.load(open(sys.argv[1]))
names = asked["name"] if isinstance(asked["name"], list) else [asked["name"]]
assert asked["allow_change_held_packages"] is True
me, state = os.environ["MACHINE"], os.environ["STATE"]
for name in names:
    package, version = name.split("=")
    assert version.endswith("-*"), version
    with open(os.environ["NOTES"], "a") as notes:
        notes.write(f"{me}: apt {name}\\n")
    if package == "kubelet":
        with open(f"{state}/{me}.version", "w") as file:
            file.write("v" + version[:-2])
print(json.dumps({"changed": True}))
`;

const PROGRAMS = {
  // A service that has done its work is not active; the others are.
  systemctl: `${onEach}
case $* in
  *show*etcd-snapshot*) printf 'LoadState=loaded\\nActiveState=inactive\\n' ;;
  *show*) printf 'LoadState=loaded\\nActiveState=active\\n' ;;
  is-*) echo enabled ;;
  *) note "$@" ;;
esac`,
  kubelet: `${onEach}; echo "Kubernetes $(cat "$STATE/$me.version")"`,
  kubeadm: `${onEach}; note "$@"; if [[ $2 == apply ]]; then echo "$4" >"$STATE/cluster"; fi`,
  kubectl: `${onEach}
case $* in
  *kubeadm-config*) printf 'data:\\n  ClusterConfiguration: |\\n    kubernetesVersion: %s\\n' "$(cat "$STATE/cluster")" ;;
  *uncordon*) note "$@"; [[ ! -e $STATE/stuck ]] ;;
  *) note "$@" ;;
esac`,
  k3s: `${onEach}
case $1 in
  --version) if [[ -e $STATE/$me.version ]]; then echo "k3s version $(cat "$STATE/$me.version") (0123abcd)"; fi ;;
  kubectl)
    case $2 in
      get) cat "$STATE"/talos-cp-?.version | tr '\\n' ' ' ;;
      uncordon) note "$@"; [[ ! -e $STATE/stuck ]] ;;
      *) note "$@" ;;
    esac ;;
  *) note "$@" ;;
esac`,
};

const PLAY = (group: string, role: string): string => `- hosts: ${group}
  serial: 1
  gather_facts: false
  environment: { MACHINE: "{{ inventory_hostname }}" }
  roles: [${role}]
`;

const playedWith = (files: Readonly<Record<string, string>>, role: string) => ({
  ...Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      path.startsWith(`ansible/roles/${role}/`) ? text.replaceAll("ansible.builtin.apt:", "packages:") : text,
    ]),
  ),
  "ansible/nodes.yaml": PLAY(`has_${role}`, role),
  "ansible/library/packages": APT,
});

const at = (version: string, names: readonly string[] = NODES): string =>
  names.map((name) => `echo ${version} >"$STATE/${name}.version"`).join("\n");
/** A minor version away, by so many. */
const away = (version: string, by: number): string =>
  version.replace(/^v1\.(\d+)/, (_, minor: string) => `v1.${Number(minor) + by}`);

const notesOf = ({ notes }: Machine, section: string): readonly string[] => {
  const start = notes.indexOf(`== ${section}`);
  if (start < 0) throw new Error(`there is no ${section}`);
  const rest = notes.slice(start + 1);
  const end = rest.findIndex((note) => note.startsWith("== "));
  return end < 0 ? rest : rest.slice(0, end);
};

/** A course: sections of notes, a play in each. */
const section = (name: string, ...lines: readonly string[]): string =>
  [`echo "== ${name}" >>"$NOTES"`, ...lines].join("\n");

describe.each(await playgrounds())("nodes of kubeadm on %s", () => {
  let machine: Machine;
  beforeAll(async () => {
    const old = away(KUBEADM.version, -1);
    machine = await onMachine(
      { ...playedWith(readByPlays(kubeadm), "kubeadm_upgrade"), "bootstrap/kubeadm.sh": KUBEADM.text },
      `mkdir -p /etc/kubernetes; touch /etc/kubernetes/kubelet.conf /etc/systemd/system/etcd-snapshot.service
export ANSIBLE_LIBRARY=$PWD/library
${at(away(KUBEADM.version, -2))}; echo ${away(KUBEADM.version, -2)} >"$STATE/cluster"
${section("far", "play far --limit talos-cp-1 nodes.yaml")}
${at(old)}; echo ${old} >"$STATE/cluster"
${section("worker", "play worker --limit talos-worker-1 nodes.yaml")}
${section("stuck", 'touch "$STATE/stuck"', "play stuck nodes.yaml", 'rm "$STATE/stuck"')}
${section("first", "play first nodes.yaml")}
${section("second", "play check --check nodes.yaml &", "play second nodes.yaml", "wait")}
`,
      PROGRAMS,
    );
  }, 600_000);

  test("are left alone where a minor version would be skipped", () => {
    expect(machine.said("far")).toContain(
      `talos-cp-1 has Kubernetes ${away(KUBEADM.version, -2)}, from where no step leads to ${KUBEADM.version}`,
    );
    expect(notesOf(machine, "far")).toEqual([]);
  });
  test("have no worker before the control planes", () => {
    expect(machine.said("worker")).toContain("Control planes first");
    expect(notesOf(machine, "worker")).toEqual([]);
  });
  test("end with one that does not come back, which the next run takes up where it was", () => {
    expect(machine.recap("stuck", "talos-cp-1")).toMatchObject({ failed: 1 });
    expect(machine.said("stuck")).not.toMatch(/^talos-cp-2 +: .*changed=[1-9]/m);
    const resumed = notesOf(machine, "first").filter((note) => !/talos-(cp-[23]|worker-1)/.test(note));
    expect(resumed.filter((note) => /kubeadm|drain|apt/.test(note))).toEqual([]);
    expect(resumed).toContain("talos-cp-1: kubectl --kubeconfig /etc/kubernetes/admin.conf uncordon talos-cp-1");
  });
  test("are saved, brought to the version and drained in turn, the first by the cluster's own step", () => {
    const steps = [...notesOf(machine, "stuck"), ...notesOf(machine, "first")];
    const packages = `${KUBEADM.version.slice(1)}-*`;
    const kubectl = "kubectl --kubeconfig /etc/kubernetes/admin.conf";
    const lines = (name: string, step: string, first: boolean) => [
      ...(SERVERS.includes(name) ? [`${name}: systemctl start etcd-snapshot.service`] : []),
      `${name}: apt kubeadm=${packages}`,
      `${name}: kubeadm upgrade ${step}`,
      `${name}: ${kubectl} drain ${name} --ignore-daemonsets --delete-emptydir-data --timeout 10m`,
      `${name}: apt kubelet=${packages}`,
      `${name}: apt kubectl=${packages}`,
      ...(first
        ? [
            `${name}: systemctl daemon-reload`,
            `${name}: systemctl restart kubelet`,
            `${name}: ${kubectl} uncordon ${name}`,
          ]
        : []),
      `${name}: systemctl daemon-reload`,
      `${name}: systemctl restart kubelet`,
      `${name}: ${kubectl} uncordon ${name}`,
      `${name}: ${kubectl} wait --for=condition=Ready node/${name} --timeout 5m`,
    ];
    expect(steps).toEqual(
      NODES.flatMap((name, index) => lines(name, index === 0 ? `apply --yes ${KUBEADM.version}` : "node", index === 0)),
    );
  });
  test.each(NODES)("%s is changed once", (node) => {
    expect(machine.recap("first", node)).toMatchObject({ failed: 0 });
    expect(machine.recap("first", node)["changed"]).toBeGreaterThan(1);
    expect(machine.recap("second", node)).toMatchObject({ failed: 0, changed: 0 });
    expect(machine.recap("check", node)).toMatchObject({ failed: 0, changed: 0 });
    expect(machine.file("/etc/kubernetes/upgrading")).toBeUndefined();
  });
  test("have the packages of the minor version", () => {
    expect(machine.file("/etc/apt/sources.list.d/kubernetes.list")).toBe(
      `deb [signed-by=/etc/apt/keyrings/kubernetes.asc] https://pkgs.k8s.io/core:/stable:/${KUBEADM.version.replace(/\.\d+$/, "")}/deb/ /\n`,
    );
    expect(notesOf(machine, "second")).toEqual([]);
  });
});

describe.each(await playgrounds())("nodes of K3s on %s", () => {
  let machine: Machine;
  beforeAll(async () => {
    const old = away(K3S.version, -1);
    const installer =
      'echo "$MACHINE: installs $INSTALL_K3S_VERSION as $1" >>"$NOTES"; echo "$INSTALL_K3S_VERSION" >"$STATE/$MACHINE.version"';
    machine = await onMachine(
      { ...playedWith(readByPlays(k3s), "k3s_upgrade"), "bootstrap/k3s.sh": K3S.text, "ansible/install.sh": installer },
      `mkdir -p /etc/rancher/k3s
upgrade() { play "$1" --extra-vars "k3s_upgrade_installer=file://$PWD/install.sh" nodes.yaml "\${@:2}"; }
${section("none", "upgrade none --limit talos-cp-1")}
${at(away(K3S.version, -2))}
${section("far", "upgrade far --limit talos-cp-1")}
${at(old)}
${section("agent", "upgrade agent --limit talos-worker-1")}
${section("stuck", 'touch "$STATE/stuck"', "upgrade stuck", 'rm "$STATE/stuck"')}
${section("first", "upgrade first")}
${section("second", "upgrade second")}
${at(K3S.version.replace(/\.\d+\+/, ".0+"))}
${section("patch", "upgrade patch")}
`,
      PROGRAMS,
    );
  }, 600_000);

  test("are left alone where there is none, and where a minor version would be skipped", () => {
    expect(machine.said("none")).toContain("talos-cp-1 has no K3s yet: bootstrap/k3s.sh");
    expect(machine.said("far")).toContain(`from where no step leads to ${K3S.version}`);
    expect(machine.said("agent")).toContain("Servers first");
    for (const name of ["none", "far", "agent"]) expect(notesOf(machine, name)).toEqual([]);
  });
  test("end with one that does not come back, and go on there", () => {
    expect(notesOf(machine, "stuck").map((note) => note.split(" ").slice(0, 3).join(" "))).toEqual([
      "talos-cp-1: k3s kubectl",
      "talos-cp-1: installs " + K3S.version,
      "talos-cp-1: k3s kubectl",
    ]);
    expect(notesOf(machine, "first").slice(0, 2)).toEqual([
      "talos-cp-1: k3s kubectl uncordon talos-cp-1",
      "talos-cp-1: k3s kubectl wait --for=condition=Ready node/talos-cp-1 --timeout 5m",
    ]);
  });
  test("are drained and get the version in turn", () => {
    expect(notesOf(machine, "first").slice(2)).toEqual(
      NODES.slice(1).flatMap((name) => [
        `${name}: k3s kubectl drain ${name} --ignore-daemonsets --delete-emptydir-data --timeout 10m`,
        `${name}: installs ${K3S.version} as ${SERVERS.includes(name) ? "server" : "agent"}`,
        `${name}: k3s kubectl uncordon ${name}`,
        `${name}: k3s kubectl wait --for=condition=Ready node/${name} --timeout 5m`,
      ]),
    );
  });
  test("keep their pods where the minor version stays", () => {
    expect(notesOf(machine, "patch").filter((note) => note.includes(" drain "))).toEqual([]);
    expect(notesOf(machine, "patch").filter((note) => note.includes("installs"))).toHaveLength(NODES.length);
  });
  test.each(NODES)("%s is changed once", (node) => {
    expect(machine.recap("first", node)).toMatchObject({ failed: 0 });
    expect(machine.recap("second", node)).toMatchObject({ failed: 0, changed: 0 });
  });
});
