/** bootstrap/haproxy.sh, run for real: ssh leads to this machine, and what would change it only takes notes. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { temporaryFolder } from "../support/workspace.ts";

const emitted = emittedNetworks.find(({ name }) => name.startsWith("behind two HAProxies"));
if (emitted === undefined) throw new Error("two HAProxies are among the networks");
const { tree } = emitted;

const note = 'printf "%s %s\\n" "${0##*/}" "$*" >>"$NOTES"';
const PROGRAMS: Readonly<Record<string, string>> = {
  // A home for each machine; the last word is the command.
  ssh: `${note}\nmkdir -p "$ROOT/$1" && cd "$ROOT/$1" && HOME=$PWD MACHINE=$PWD exec bash -c "\${*:2}"`,
  id: "echo 1000",
  sudo: 'shift; exec "$@"',
  haproxy: "[[ -z ${REFUSES:-} ]]",
  keepalived: "true",
  systemctl: note,
  "apt-get": note,
  cmp: 'exec /usr/bin/cmp --silent "$2" "$MACHINE$3"',
  install: 'exec /usr/bin/install -D --mode=644 "$3" "$MACHINE$4"',
};

function machines() {
  const folder = temporaryFolder("haproxy");
  for (const [path, { content }] of tree) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const bin = join(folder, "bin");
  mkdirSync(bin);
  for (const [name, script] of Object.entries(PROGRAMS)) {
    writeFileSync(join(bin, name), `#!/usr/bin/env bash\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const root = join(folder, "machines");
  let round = 0;
  const bootstrap = (args: readonly string[] = [], more: Readonly<Record<string, string>> = {}) => {
    const notes = join(folder, `notes-${(round += 1)}`);
    writeFileSync(notes, "");
    const { status, stdout, stderr } = spawnSync("bash", [join(folder, "bootstrap/haproxy.sh"), ...args], {
      encoding: "utf8",
      env: { PATH: `${bin}:${process.env["PATH"]}`, NOTES: notes, ROOT: root, ...more },
    });
    const calls = readFileSync(notes, "utf8").trim().split("\n");
    return { status, stdout, stderr, reloads: calls.filter((call) => call.includes("reload-or-restart")), calls };
  };
  const installed = (machine: string, path: string): string | undefined =>
    existsSync(join(root, machine, path)) ? readFileSync(join(root, machine, path), "utf8") : undefined;
  return { bootstrap, installed };
}

describe("bootstrap/haproxy.sh", () => {
  it("gives each machine its own files", () => {
    const { bootstrap, installed } = machines();
    const { status, stderr, reloads } = bootstrap();
    expect([status, stderr]).toEqual([0, ""]);
    expect(reloads).toHaveLength(4);
    for (const [name, ip] of [
      ["pve1", "172.16.1.2"],
      ["pve2", "172.16.1.3"],
    ] as const) {
      expect(installed(ip, "etc/haproxy/haproxy.cfg")).toBe(content(`hosts/${name}/haproxy.cfg`));
      expect(installed(ip, "etc/keepalived/keepalived.conf")).toBe(content(`hosts/${name}/keepalived.conf`));
    }
  });

  it("changes nothing the second time", () => {
    const { bootstrap } = machines();
    bootstrap();
    const { status, stdout, reloads } = bootstrap();
    expect([status, reloads]).toEqual([0, []]);
    expect(stdout).toContain("haproxy has this configuration already");
  });

  it("leaves the old configuration where the program refuses the new one", () => {
    const { bootstrap, installed } = machines();
    const { status, reloads } = bootstrap([], { REFUSES: "yes" });
    expect([status, reloads]).toEqual([1, []]);
    expect(installed("172.16.1.2", "etc/haproxy/haproxy.cfg")).toBeUndefined();
  });

  it("goes to the machines that are named, as the user that is named", () => {
    const { bootstrap } = machines();
    const { calls } = bootstrap(["pve2"], { SSH_USER: "pi" });
    expect(new Set(calls.filter((call) => call.startsWith("ssh ")).map((call) => call.split(" ")[1]))).toEqual(
      new Set(["pi@172.16.1.3"]),
    );
    expect(bootstrap(["pve9"])).toMatchObject({ status: 2, stderr: "there is no machine pve9 below hosts/\n" });
  });
});

const content = (path: string): string =>
  (tree as ReadonlyMap<string, { readonly content: string }>).get(path)?.content ?? "";
