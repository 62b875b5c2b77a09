/** `gen add-node`. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generators } from "../../generators/index.ts";
import { runGenerator } from "../../src/plop/adapter.ts";
import { planSpec } from "../../src/rules/planSpec.ts";
import { rules } from "../../src/rules/index.ts";
import { catalog } from "../fixtures/realCatalog.ts";
import { filesOf, ok, WORKER, yes } from "../support/changes.ts";
import { edit, expectInLine, gen, repositories, textAt } from "../support/repository.ts";
import { recordedSession } from "../support/session.ts";
import { expectUntouched } from "../support/workspace.ts";

const made = repositories();
const k3s = repositories("--preset", "k3s-kubevip-traefik");
const pi = repositories("--preset", "pi-calico-bgp");

describe("gen add-node", () => {
  it("writes it on a line like its neighbours, with every file that names machines; the second time changes nothing", async () => {
    const folder = made.fresh();
    const told = await ok(folder, ...WORKER);
    expect(
      textAt(folder, "homelab.yaml").replace(
        "    talos-worker-2: { ip: 172.16.1.54, role: worker, proxmox: { host: pve1 } }\n",
        "",
      ),
    ).toBe(textAt(made.template, "homelab.yaml"));
    expect(textAt(folder, "talos/nodes/talos-worker-2.yaml")).toContain("172.16.1.54/24");
    expect(textAt(folder, "bootstrap/talos.sh")).toContain("worker:talos-worker-2:172.16.1.54");
    expect(textAt(folder, "infrastructure/proxmox/machines.auto.tfvars.json")).toContain("talos-worker-2");
    expect(told).toContain("no machine that runs");
    expect(told).toContain("2. `just vms` makes talos-worker-2");
    expect(told).toContain("3. `ONLY=talos-worker-2 bootstrap/talos.sh config apply`");
    const again = await expectUntouched(folder, () => yes(folder, ...WORKER));
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining("talos-worker-2 is there already")]);
    await expectInLine(folder);
    expect((await gen(folder, "check", "--strict")).code).toBe(0);
  });

  it("adds two control planes at once, with flags for both and for each", async () => {
    const folder = made.fresh();
    const ips = ["--ip", "172.16.1.54", "--ip", "172.16.1.55"];
    const hosts = ["--proxmox-host", "pve1", "--proxmox-host", "pve4"];
    const both = ["--role", "control-plane", "--proxmox-cores", "8"];
    const told = await ok(folder, "add-node", "talos-cp-4", "talos-cp-5", ...ips, ...hosts, ...both);
    const spec = textAt(folder, "homelab.yaml");
    expect(spec).toContain(
      "    talos-cp-5: { ip: 172.16.1.55, role: control-plane, proxmox: { host: pve4, cores: 8 } }\n",
    );
    expect(told).toContain(
      "gen add-node talos-cp-4 talos-cp-5 --ip 172.16.1.54 --ip 172.16.1.55 --role control-plane --proxmox-host pve1 --proxmox-host pve4 --proxmox-cores 8 --yes",
    );
    await expectInLine(folder);
  });

  it("brings a control plane to HAProxy and to the routers, and says so", async () => {
    const folder = pi.fresh();
    const ips = ["--ip", "10.4.0.31", "--ip", "10.4.0.32"];
    const told = await ok(folder, "add-node", "mallister", "nymeria", ...ips, "--role", "control-plane");
    expect(textAt(folder, "hosts/allyrion/haproxy.cfg")).toContain("server nymeria 10.4.0.32:6443");
    expect(textAt(folder, "routers/opnsense/frr.conf")).toContain("10.4.0.31");
    expect(told).toContain("tell your routers what changed in routers/opnsense/frr.conf: docs/network.md, Routers");
    expect(told).toContain("from outside: docs/haproxy.md");
    expect(told).toContain("`ONLY=mallister,nymeria bootstrap/kubeadm.sh check prepare programs join`");
    expect(told).not.toContain("which no push brings to them");
  });

  it("needs the user for a name that is another machine", async () => {
    const { code, stderr } = await expectUntouched(made.template, () =>
      yes(made.template, ...WORKER.with(1, "talos-worker-1").with(3, "172.16.1.53")),
    );
    expect([code, stderr]).toEqual([
      3,
      expect.stringContaining("talos-worker-1 is in cluster.nodes already, with another proxmox"),
    ]);
  });

  it.each([
    [[], "add-node needs a name"],
    [["b"], "nothing says the ip, role, proxmox.host of b"],
    [["b", "--ip", "172.16.1.54", "--role", "worker"], "nothing says the proxmox.host of b"],
  ])("%j is refused", async (args, message) => {
    const { code, stderr } = await expectUntouched(made.template, () => yes(made.template, "add-node", ...args));
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it.each([
    [["The Box"], {}, "is not a name"],
    [["__proto__"], {}, "is not a name"],
    [["a.b"], {}, "is not a name"],
    [["$(id)"], {}, "is not a name"],
    [["b", "c"], {}, "--ip stands once for 2 machines"],
    [["b"], { ip: "box.ragas.cc" }, "is not an IP address"],
    [["b"], { role: "boss" }, "offered: control-plane, worker"],
    [["b"], { role: "control-plane" }, "error[ETCD-EVEN]"],
    [["b"], { ip: "172.16.1.50" }, "error[NET-OWNER]"],
    [["b"], { ip: "172.16.1.65" }, "error[LB-POOL"],
    [["b"], { ip: "172.16.2.54" }, "error[NET-LAN]"],
    [["adguard"], {}, "error[NET-NAME]"],
    [["b"], { "proxmox-host": "pve9" }, "error[PVE-HOST]"],
    [["b"], { "ssh-user": "root" }, "sshUser"],
  ])("%j with %j is refused", async (names, other, message) => {
    const flags = { ip: "172.16.1.54", role: "worker", "proxmox-host": "pve1", ...other };
    const words = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]);
    const { code, stderr } = await expectUntouched(made.template, () =>
      yes(made.template, "add-node", ...names, ...words),
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it("takes each machine once", async () => {
    const args = [...WORKER.with(1, "b"), "b", "--ip", "172.16.1.55"];
    const { stderr } = await expectUntouched(made.template, () => yes(made.template, ...args));
    expect(stderr).toContain("b stands twice");
  });

  it.each(["null", "true", "on", "1e3", "constructor", "0x10", "12"])("takes %s for a name", async (name) => {
    const folder = made.fresh();
    await ok(folder, ...WORKER.with(1, name));
    await expectInLine(folder);
    await ok(folder, "remove-node", name);
    expect(textAt(folder, "homelab.yaml")).toBe(textAt(made.template, "homelab.yaml"));
  });

  it("asks for what flags do not say, and for nothing that is known", async () => {
    const folder = made.fresh();
    const session = recordedSession({ cwd: folder, catalog, answers: ["box", "", "worker", "pve2", true] });
    expect((await runGenerator("add-node", generators(catalog), session)).applied).toBeDefined();
    expect(session.asked.slice(0, 4)).toEqual(["Name", "Address", "Role", "Proxmox host it runs on"]);
    expect(textAt(folder, "homelab.yaml")).toContain(
      "    box: { ip: 172.16.1.54, role: worker, proxmox: { host: pve2 } }\n",
    );
    const removing = recordedSession({ cwd: folder, catalog, answers: ["box", true] });
    expect((await runGenerator("remove-node", generators(catalog), removing)).applied).toBeDefined();
    expect(textAt(folder, "homelab.yaml")).toBe(textAt(made.template, "homelab.yaml"));
  });

  it("keeps what people changed, and comments", async () => {
    const folder = made.fresh();
    edit(folder, "bootstrap/talos.sh", "set -euo pipefail", "set -euo pipefail # mine");
    edit(folder, "homelab.yaml", "    talos-worker-1:", "    # the old laptop\n    talos-worker-1:");
    await ok(folder, "apply");
    const before = textAt(folder, "homelab.yaml");
    await ok(folder, ...WORKER);
    expect(textAt(folder, "bootstrap/talos.sh")).toContain("set -euo pipefail # mine");
    expect(textAt(folder, "homelab.yaml")).toContain("    # the old laptop\n");
    await ok(folder, "remove-node", "talos-worker-2");
    expect(textAt(folder, "homelab.yaml")).toBe(before);
    expect(textAt(folder, "bootstrap/talos.sh")).toContain("set -euo pipefail # mine");
  });
});

describe("a node more or less", () => {
  it("moves no address of anybody else", async () => {
    const addresses = (folder: string): ReadonlyMap<string, string> => {
      const { plan } = planSpec(textAt(folder, "homelab.yaml"), "homelab.yaml", catalog, rules);
      return new Map(plan.addresses.claims.map(({ owner, path, ip }) => [`${owner} ${path}`, ip]));
    };
    const wish = fc.record({
      source: fc.constantFrom(made, k3s),
      last: fc.integer({ min: 70, max: 99 }),
      name: fc
        .stringMatching(/^[a-z][a-z0-9]{0,9}$/)
        .filter((name) => !["adguard", "technitium", "router"].includes(name)),
    });
    await fc.assert(
      fc.asyncProperty(wish, async ({ source, last, name }) => {
        const folder = source.fresh();
        const before = addresses(folder);
        const lan = source === made ? "172.16.1" : "192.168.1";
        const host = source === made ? ["--proxmox-host", "pve1"] : [];
        await ok(folder, "add-node", name, "--ip", `${lan}.${last}`, "--role", "worker", ...host);
        const during = new Map(addresses(folder));
        expect(during.delete(`${name} cluster.nodes.${name}.ip`)).toBe(true);
        expect(during).toEqual(before);
        await ok(folder, "remove-node", name);
        expect(filesOf(folder)).toEqual(filesOf(source.template));
      }),
      { numRuns: 6 },
    );
  });
});
