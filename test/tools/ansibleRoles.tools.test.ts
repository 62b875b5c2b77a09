/** Needs HOMELAB_NET_TOOLS: roles of nodes and the role of routes, played twice on a machine of their own. */
import { beforeAll, describe, expect, test } from "vitest";
import { asList, asMap } from "../../src/model/unknown.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { SENDS } from "../support/ansible/rsyslog.ts";
import { playgrounds, onMachine, readByPlays, type Machine } from "../support/ansible/ansible.ts";

const filesOf = (start: string) => {
  const found = emittedNetworks.find(({ name }) => name.startsWith(start));
  if (found === undefined) throw new Error(`no network is called ${start}…`);
  return readByPlays(found);
};
const k3s = filesOf("K3s and hosts");
const senders = filesOf("logs of machines, sent by a host");
const kubeadm = filesOf("nodes of kubeadm");

const allFiles = Object.fromEntries(
  [...(emittedNetworks.find(({ name }) => name.startsWith("nodes of kubeadm"))?.tree ?? [])].map(
    ([path, { content }]) => [String(path), content],
  ),
);

const groups = asMap(
  asMap(asMap(readDocuments(k3s["ansible/inventory.yaml"] ?? "", "inventory.yaml")[0])["all"])["children"],
);
const routes = asList(asMap(asMap(groups["has_pool_routes"])["vars"])["pool_routes"]).map(asMap);
const text = (value: unknown): string => String(value);

/** A machine each, with the one program that says it configures eth0. netplan is that of the host in ansible.tools.test.ts. */
const OWNERS = ["networkmanager", "networkd", "ifupdown"] as const;

const inventory = JSON.stringify({
  all: {
    children: {
      owners: {
        hosts: Object.fromEntries([...OWNERS, "nobody"].map((name) => [name, {}])),
        vars: { pool_routes: routes },
      },
      servers: {
        hosts: { "talos-cp-1": { k3s_role: "server" } },
        vars: { node_programs_packages: ["nfs-common"], node_programs_services: [] },
      },
      cards: {
        hosts: {
          "card-k3s": { nvidia_toolkit_service: "k3s-agent", nvidia_toolkit_told: false },
          "card-kubeadm": { nvidia_toolkit_service: "containerd", nvidia_toolkit_told: true },
        },
      },
      senders: { hosts: { sender: { log_sender_target: "127.0.0.1", log_sender_port: 15_514 } } },
      planes: { hosts: { plane: { kubeadm_control_plane: true, kubeadm_ipv6: true } } },
    },
  },
});

const PLAYS = `- hosts: owners
  environment: { PATH: "{{ lookup('env', 'FOLDER') }}/bin/{{ inventory_hostname }}:{{ lookup('env', 'PATH') }}" }
  gather_facts: false
  roles: [pool_routes]
- hosts: servers
  gather_facts: false
  roles: [k3s, node_programs]
- hosts: cards
  gather_facts: false
  roles: [nvidia_toolkit]
- hosts: senders
  gather_facts: false
  roles: [log_sender]
- hosts: planes
  gather_facts: false
  roles: [kubeadm]
`;

const silent = "exit 1";
const programs = Object.fromEntries(
  [...OWNERS, "nobody"].flatMap((owner) => [
    [`${owner}/netplan`, silent],
    [`${owner}/nmcli`, owner === "networkmanager" ? 'echo "100 (connected)"' : 'echo "10 (unmanaged)"'],
    [
      `${owner}/networkctl`,
      owner === "networkd"
        ? 'echo "  Network File: /run/systemd/network/10-lan.network"'
        : 'echo "  Network File: n/a"',
    ],
    [`${owner}/ifquery`, owner === "ifupdown" ? "echo eth0=eth0" : silent],
  ]),
);

const DISPATCHER = "/etc/NetworkManager/dispatcher.d/50-homelab-pool-routes";
const IF_UP = "/etc/network/if-up.d/homelab-pool-routes";
const first = text(routes[0]?.["network"]);

/** What bootstrap/nvidia.sh writes, in quotes. With another one the role asks the servers of NVIDIA, whom nobody reaches here. */
const SOURCE = /^ *source=(.*)$/m.exec(allFiles["bootstrap/nvidia.sh"] ?? "")?.[1] ?? "";

const COURSE = `mkdir -p /etc/rancher/k3s /etc/kubernetes/manifests /etc/modules-load.d
echo "old: true" >/etc/rancher/k3s/config.yaml
touch /etc/kubernetes/kubelet.conf "$STATE/k3s.active" "$STATE/containerd.active" "$STATE/systemd-journald.active"
mkdir -p /etc/apt/keyrings /etc/containerd
echo key >/etc/apt/keyrings/nvidia-container-toolkit.asc
printf '%s\n' ${SOURCE} >/etc/apt/sources.list.d/nvidia-container-toolkit.list
printf 'version = 3\nimports = []\n' >/etc/containerd/config.toml
play first --inventory own.json roles.yaml
ip -json route >"$RESULTS/routes4"; ip -6 -json route >"$RESULTS/routes6"
ip route del ${first}
${DISPATCHER} eth1 up; ${DISPATCHER} eth0 down; IFACE=eth1 ${IF_UP}; ip route show ${first} >"$RESULTS/elsewhere"
${DISPATCHER} eth0 up; ip route show ${first} >"$RESULTS/dispatched"
ip route del ${first}; IFACE=eth0 ${IF_UP}; ip route show ${first} >"$RESULTS/up"
play check --check --inventory own.json --limit servers:planes:cards:senders roles.yaml &
play second --inventory own.json --limit '!nobody' roles.yaml
wait
${SENDS}sed -i '/^Package: nfs-common$/,/^$/d' /var/lib/dpkg/status
play without --check --inventory own.json --limit servers roles.yaml
`;

test("there are routes of several lengths to play", () => expect(routes.length).toBeGreaterThan(3));

describe.each(await playgrounds())("nodes and routes on %s", () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await onMachine(
      {
        ...senders,
        ...k3s,
        ...kubeadm,
        "ansible/own.json": inventory,
        "ansible/roles.yaml": PLAYS,
        ...Object.fromEntries(Object.entries(k3s).filter(([path]) => path.startsWith("ansible/roles/"))),
      },
      COURSE,
      programs,
    );
  }, 600_000);

  test.each(OWNERS)("routes are kept by %s, and changed once", (owner) => {
    expect(machine.recap("first", owner)).toMatchObject({ failed: 0 });
    expect(machine.recap("first", owner)["changed"]).toBeGreaterThan(0);
    expect(machine.recap("second", owner)).toMatchObject({ failed: 0, changed: 0 });
  });
  test("a card that nobody configures is a failure, and has its routes", () => {
    expect(machine.recap("first", "nobody")).toMatchObject({ failed: 1 });
    expect(machine.said("first")).toContain("The routes are there and end with the next start of nobody");
  });
  test("every network of every pool leads to the router", () => {
    const there = (["routes4", "routes6"] as const).flatMap((result) =>
      asList(JSON.parse(machine.said(result))).map(asMap),
    );
    for (const { network, via } of routes)
      expect(there).toContainEqual(
        expect.objectContaining({ dst: text(network).replace(/\/(32|128)$/, ""), gateway: via, dev: "eth0" }),
      );
  });
  test("each keeps all of them for the next start", () => {
    const files = {
      networkd: machine.file("/etc/systemd/network/10-lan.network.d/50-homelab-pool-routes.conf"),
      networkmanager: machine.file(DISPATCHER),
      ifupdown: machine.file(IF_UP),
    };
    for (const { network, via } of routes) {
      expect(files.networkd).toContain(`Destination=${text(network)}\nGateway=${text(via)}\n`);
      expect(files.networkmanager).toContain(`replace ${text(network)} via ${text(via)} dev 'eth0'`);
      expect(files.ifupdown).toBe(files.networkmanager);
    }
  });
  test("what runs when the card comes up sets them, for this card alone", () => {
    expect([machine.said("elsewhere"), machine.said("dispatched"), machine.said("up")]).toEqual([
      "",
      expect.stringContaining(first),
      expect.stringContaining(first),
    ]);
  });

  test("what mounts folders of NFS is looked for, and missed where it is not", () => {
    expect(machine.said("first")).toContain("TASK [node_programs : Install what volumes are mounted with]");
    // Nobody can install it here: no server of Debian is asked.
    expect(machine.said("without")).toMatch(/nfs-common/);
    expect(machine.recap("without", "talos-cp-1")).toMatchObject({ failed: 1 });
  });
  test.each([
    ["card-k3s", 0],
    ["card-kubeadm", 4],
  ])("%s has what gives containers a card, and is changed once", (node, changed) => {
    expect(machine.recap("first", node)).toMatchObject({ failed: 0, changed });
    expect(machine.recap("second", node)).toMatchObject({ failed: 0, changed: 0 });
    expect(machine.recap("check", node)).toMatchObject({ failed: 0, changed: 0 });
  });
  test("containerd reads the runtime of the card and restarts once, K3s finds it by itself", () => {
    expect(machine.file("/etc/containerd/conf.d/99-nvidia.toml")).toBe(kubeadm["bootstrap/nvidia.toml"]);
    expect(machine.file("/etc/containerd/config.toml")).toBe(
      "version = 3\nimports = ['/etc/containerd/conf.d/*.toml']\n",
    );
    expect(SOURCE).toContain("/stable/deb/$(ARCH) /'");
    expect(machine.notes.filter((call) => call === "systemctl restart containerd")).toHaveLength(1);
    expect(machine.notes).not.toContain("systemctl restart k3s-agent");
  });

  test("what a machine logs is kept while nobody listens, and sent as Vector reads it", () => {
    expect(machine.said("rsyslog")).not.toMatch(/error|warning/i);
    expect(machine.said("spool")).toMatch(/^homelab-net\./m);
    // RFC 6587, octet counting; RFC 5424: facility 4 and severity 3 are 35.
    for (const line of ["while nobody listens", "while somebody listens"])
      expect(machine.said("sent")).toMatch(new RegExp(`\\d+ <35>1 \\S+T\\S+ \\S+ sshd - - - +${line}`));
    expect(machine.file("/etc/systemd/journald.conf.d/50-homelab-net.conf")).toBe("[Journal]\nForwardToSyslog=yes\n");
    expect(machine.notes.filter((call) => /restart (rsyslog|systemd-journald)/.test(call))).toHaveLength(2);
  });

  test.each(["talos-cp-1", "plane", "sender"])("%s is changed once", (node) => {
    expect(machine.recap("first", node)).toMatchObject({ failed: 0 });
    expect(machine.recap("first", node)["changed"]).toBeGreaterThan(2);
    expect(machine.recap("second", node)).toMatchObject({ failed: 0, changed: 0 });
    expect(machine.recap("check", node)).toMatchObject({ failed: 0, changed: 0 });
  });
  test("K3s has the files of the repository, and restarts once", () => {
    expect(machine.file("/etc/rancher/k3s/config.yaml")).toBe(k3s["k3s/server.yaml"]);
    expect(machine.file("/etc/rancher/k3s/config.yaml.d/node.yaml")).toBe(k3s["k3s/nodes/talos-cp-1.yaml"]);
    expect(machine.notes.filter((call) => call === "systemctl restart k3s")).toHaveLength(1);
  });
  test("kubeadm has what its script would write", () => {
    expect(machine.file("/etc/modules-load.d/kubernetes.conf")).toBe("overlay\nbr_netfilter\n");
    expect(machine.file("/etc/sysctl.d/60-kubernetes.conf")?.split("\n")).toContain("net.ipv6.conf.all.forwarding = 1");
    const manifest = Object.keys(kubeadm).find((path) => path.startsWith("kubeadm/manifests/")) ?? "";
    expect(machine.file(`/etc/kubernetes/manifests/${manifest.split("/").at(-1)}`)).toBe(kubeadm[manifest]);
    expect(machine.notes).toEqual(
      expect.arrayContaining(["swapoff --all", "systemctl mask swap.target", "modprobe --all overlay br_netfilter"]),
    );
  });
});
