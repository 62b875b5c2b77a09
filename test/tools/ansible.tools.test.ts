/** Needs HOMELAB_NET_TOOLS: playbooks read by Ansible and ansible-lint, roles played twice on a machine of their own. */
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { ansiblePrograms, playgrounds, onMachine, readByPlays, type Machine } from "../support/ansible/ansible.ts";
import { run } from "../support/run.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

const kept = emittedNetworks.filter(({ tree, prefix }) =>
  [...tree.keys()].some((path) => path === `${prefix}ansible/site.yaml`),
);
const named = (start: string) => {
  const found = kept.find(({ name }) => name.startsWith(start));
  if (found === undefined) throw new Error(`no network is called ${start}…`);
  return readByPlays(found);
};
const K3S = "K3s and hosts";

async function inFolder(program: string, args: readonly string[], files: Readonly<Record<string, string>>) {
  const bin = await ansiblePrograms();
  const folder = temporaryFolder("ansible");
  writeFiles(folder, files);
  const { code, stdout, stderr } = await run(join(bin, program), args, {
    cwd: join(folder, "ansible"),
    env: { ...process.env, PATH: `${bin}:${process.env["PATH"]}`, ANSIBLE_HOME: join(folder, "home"), NO_COLOR: "1" },
    timeout: 200_000,
  });
  return { code, said: `${stdout}${stderr}` };
}

describe("ansible-playbook --syntax-check", () => {
  test("has playbooks to read", () => expect(kept.length).toBeGreaterThan(3));
  test.each(kept)("reads that of $name", async (network) => {
    const files = readByPlays(network);
    for (const playbook of ["site.yaml", "upgrade.yaml"].filter((name) => files[`ansible/${name}`] !== undefined)) {
      const { code, said } = await inFolder("ansible-playbook", [playbook, "--syntax-check"], files);
      expect([code, said.trim()]).toEqual([0, `playbook: ${playbook}`]);
    }
  });
  test("refuses a word there is not", async () => {
    const files = named(K3S);
    const path = "ansible/roles/k3s/tasks/main.yaml";
    const broken = { ...files, [path]: (files[path] ?? "").replace("ansible.builtin.stat:", "ansible.builtin.stad:") };
    expect((await inFolder("ansible-playbook", ["site.yaml", "--syntax-check"], broken)).code).not.toBe(0);
  });
});

describe("ansible-lint", () => {
  // Every role there is, in one repository.
  const all = Object.assign({}, ...kept.map(readByPlays), named(K3S)) as Readonly<Record<string, string>>;
  const lint = (files: Readonly<Record<string, string>>) =>
    inFolder(
      "ansible-lint",
      ["--offline", "--nocolor", "--format", "pep8", "--profile", "production", "--strict"],
      files,
    );

  test(
    "finds nothing that it would refuse in production, and what is wrong beside it",
    { timeout: 240_000 },
    async () => {
      const tasks = `- name: Write
  ansible.builtin.template:
    src: a.j2
    dest: /etc/a
- name: Run
  ansible.builtin.command: id
`;
      const { code, said } = await lint({ ...all, "ansible/roles/wrong/tasks/main.yaml": tasks });
      expect(code).toBe(2);
      const found = said.split("\n").filter((line) => /^\S+:\d+/.test(line));
      expect(found.filter((line) => !line.startsWith("roles/wrong/"))).toEqual([]);
      expect(found.map((line) => /: ([a-z-]+)/.exec(line)?.[1])).toEqual(
        expect.arrayContaining(["risky-file-permissions", "no-changed-when"]),
      );
    },
  );
});

describe.each(await playgrounds())("a host on %s", () => {
  let machine: Machine;
  const HOST = "--limit pve1 site.yaml";
  beforeAll(async () => {
    machine = await onMachine(
      named(K3S),
      `ssh-keygen -A >/dev/null
ssh-keygen -q -t ed25519 -N '' -f "$FOLDER/authority"
ssh-keygen -q -s "$FOLDER/authority" -h -I pve1 -n pve1 /etc/ssh/ssh_host_ed25519_key.pub
cp "$FOLDER/authority.pub" /etc/ssh/step-user-ca.pub
mkdir -p /etc/step /srv/media && chmod 700 /srv/media
touch /etc/step/root.crt "$STATE/ssh.active"
play first ${HOST}
play check --check ${HOST} &
play second ${HOST}
wait
stat --format %a /srv/media /srv/volumes >"$RESULTS/rights"
netplan generate
cat /run/systemd/network/10-netplan-lan.network >"$RESULTS/generated"
`,
    );
  }, 600_000);

  test("is changed once", () => {
    expect(machine.said("first")).not.toMatch(/WARNING|ERROR/);
    expect(machine.recap("first", "pve1")).toMatchObject({ failed: 0, unreachable: 0 });
    expect(machine.recap("first", "pve1")["changed"]).toBeGreaterThan(9);
    expect(machine.recap("second", "pve1")).toMatchObject({ failed: 0, changed: 0 });
    expect(machine.recap("check", "pve1")).toMatchObject({ failed: 0, changed: 0 });
  });
  test.each([
    ["/etc/haproxy/haproxy.cfg", "hosts/pve1/haproxy.cfg"],
    ["/etc/keepalived/keepalived.conf", "hosts/pve1/keepalived.conf"],
    ["/etc/exports.d/homelab-net.exports", "hosts/pve1/exports"],
    ["/etc/ssh/sshd_config.d/60-step-ca.conf", "ssh/60-step-ca.conf"],
    ["/etc/systemd/system/step-ssh-renew.timer", "ssh/step-ssh-renew.timer"],
    ["/etc/systemd/system/step-ssh-renew.service", "ssh/step-ssh-renew.service"],
  ])("has %s as the repository", (path, source) => {
    expect(machine.file(path)).toBe(named(K3S)[source]);
  });
  test("has its services started, and each told of what changed once", () => {
    const services = ["haproxy", "keepalived", "nfs-server", "prometheus-node-exporter", "step-ssh-renew.timer"];
    for (const service of services)
      expect(machine.notes).toEqual(
        expect.arrayContaining([`systemctl enable ${service}`, `systemctl start ${service}`]),
      );
    const told = ["systemctl reload haproxy", "systemctl reload keepalived", "exportfs -r", "systemctl reload ssh"];
    for (const call of told) expect(machine.notes.filter((one) => one === call)).toEqual([call]);
  });
  test("has netplan add the routes to what it has of the card, which it finds by its address", () => {
    expect(machine.said("generated")).toContain("Address=172.16.1.2/24");
    for (const network of ["10.50.0.0/24", "10.50.1.16/28", "10.50.1.32/29", "10.50.1.40/32", "fd00:10:0:5000::/112"])
      expect(machine.said("generated")).toMatch(new RegExp(`Destination=${network}\\nGateway=\\S+:?1\\n`));
  });
  test("keeps the rights of a folder that was there", () => {
    expect(machine.said("rights")).toBe("700\n755\n");
  });
});
