/** bootstrap/step-ca.sh, run for real: ssh leads to this machine, what would change it writes below a folder, and step takes notes. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { ROOT as ROOT_CERTIFICATE } from "../fixtures/root.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

const files = (start: string): Readonly<Record<string, string>> => {
  const emitted = emittedNetworks.find(({ name }) => name.startsWith(start));
  if (emitted === undefined) throw new Error(`${start} is among the networks`);
  return Object.fromEntries([...emitted.tree].map(([path, { content }]) => [path, content]));
};
const withSsh = files("certificates of step-ca, for SSH");
const without = files("certificates of step-ca, which the cluster");

const note = 'printf "%s %s\\n" "${0##*/}" "$*" >>"$NOTES"';
const MAPPED = 'last="${!#}"; if [[ $last == /etc/* ]]; then last=$ROOT$last; fi';
const PROGRAMS: Readonly<Record<string, string>> = {
  // Whom it goes to, and then what it does there.
  ssh: `printf "ssh %s\\n" "\${*: -2:1}" >>"$NOTES"\nexport ROOT=$ROOT/\${*: -2:1}\nmkdir -p "$ROOT"\nexec bash -c "\${!#}"`,
  id: "[[ $1 != -u ]] || echo 1000",
  sudo: 'shift; exec "$@"',
  dpkg: "true",
  systemctl: note,
  sshd: "[[ -z ${REFUSES:-} ]]",
  grep: "true",
  cmp: `${MAPPED}; exec /usr/bin/cmp --silent "$2" "$last"`,
  cat: 'if [[ ${1:-} == /etc/* ]]; then echo "ssh-ed25519 AAAA of $ROOT"; else exec /bin/cat "$@"; fi',
  rm: `${MAPPED}; exec /bin/rm -rf -- "$last"`,
  install: `${MAPPED}\nif [[ $1 == -d ]]; then exec mkdir -p "$last"; fi\nexec /usr/bin/install -D "$2" "\${*: -2:1}" "$last"`,
  step: `${note}
written() { for file in "\${@: -2}"; do printf '%s of %s\\n' "\${file##*/}" "$$" >"$file"; done; }
case "$*" in
  "crypto rand"*) echo "random $$" ;;
  "crypto jose"*) echo eyJ.sealed ;;
  "crypto jwk"*) written "$@"; printf '{ "kid": "%s" }' "$5" >"\${*: -2:1}" ;;
  "crypto key format"*) echo "ecdsa-sha2-nistp256 KEY-OF-\${!##*/}" ;;
  "certificate create"* | "crypto keypair"*) written "$@" ;;
  "ca health"*) ;;
  "ssh certificate --host"*) last="\${!#}"; cp "$last" "\${last%.pub}-cert.pub" ;;
esac`,
};

function computer(tree: Readonly<Record<string, string>>) {
  const folder = temporaryFolder("step-ca");
  writeFiles(folder, tree);
  const bin = join(folder, "bin");
  mkdirSync(bin);
  for (const [name, script] of Object.entries(PROGRAMS)) {
    writeFileSync(join(bin, name), `#!/usr/bin/env bash\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const [home, machines] = [join(folder, "home/ragas"), join(folder, "machines")];
  let round = 0;
  const run = (args: readonly string[] = [], more: Readonly<Record<string, string>> = {}) => {
    const notes = join(folder, `notes-${(round += 1)}`);
    writeFileSync(notes, "");
    const { status, stdout, stderr } = spawnSync("bash", [join(folder, "bootstrap/step-ca.sh"), ...args], {
      encoding: "utf8",
      env: {
        PATH: `${bin}:${process.env["PATH"]}`,
        NOTES: notes,
        ROOT: machines,
        AUTHORITY: join(folder, "home"),
        ...more,
      },
    });
    return { status, stdout, stderr, calls: readFileSync(notes, "utf8").trim().split("\n") };
  };
  const read = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, "utf8") : undefined);
  return {
    run,
    kept: (name: string) => read(join(home, name)),
    keep: (name: string, text: string) => writeFileSync(join(home, name), text),
    on: (ip: string, path: string) => read(join(machines, ip, path)),
  };
}

describe("bootstrap/step-ca.sh", () => {
  it("brings to the machine what it signs with, all but the key of the root", () => {
    const made = computer(withSsh);
    const { status, stderr, calls } = made.run();
    expect([status, stderr]).toEqual([0, expect.stringContaining("passphrase")]);
    expect(calls).toContain("systemctl restart step-ca");
    for (const name of ["issuing.key", "ssh-host-ca.key", "ssh-user-ca.key", "password"])
      expect(made.on("172.16.1.2", `etc/step-ca/secrets/${name}`)).toBe(made.kept(name));
    expect(made.kept("root.key")).toContain("root.key");
    expect(made.on("172.16.1.2", "etc/step-ca/secrets/root.key")).toBeUndefined();
    const configuration = JSON.parse(made.on("172.16.1.2", "etc/step-ca/config/ca.json") ?? "{}") as {
      authority: { provisioners: readonly { name: string; key?: unknown; encryptedKey?: string }[] };
    };
    expect(configuration.authority.provisioners).toMatchObject([
      { name: "cert-manager", key: { kid: "cert-manager" }, encryptedKey: "eyJ.sealed" },
      { name: "ssh", encryptedKey: "eyJ.sealed" },
      { name: "renewal" },
    ]);
  });

  it("changes nothing the second time, and makes no second root", () => {
    const made = computer(withSsh);
    made.run();
    const [root, password] = [made.kept("root.crt"), made.kept("cert-manager.password")];
    const { status, stdout, calls } = made.run();
    expect([status, stdout]).toEqual([0, expect.stringContaining("has this configuration already")]);
    expect(calls.filter((call) => call.includes("restart"))).toEqual([]);
    expect([made.kept("root.crt"), made.kept("cert-manager.password")]).toEqual([root, password]);
  });

  it("prints a line that homelab.yaml takes, and nothing else", () => {
    const made = computer(withSsh);
    made.run();
    made.keep("root.crt", Buffer.from(ROOT_CERTIFICATE, "base64").toString());
    expect(made.run(["root"]).stdout).toBe(`gen set certificates.step-ca.root=${ROOT_CERTIFICATE}\n`);
  });

  it("gives a machine a certificate for its own key, by its names, and a sshd that takes those of people", () => {
    const made = computer(withSsh);
    const { status, stdout, calls } = made.run(["ssh", "talos-cp-1", "pve2"]);
    expect([status, stdout]).toEqual([0, expect.stringContaining("pve2\n")]);
    expect(new Set(calls.filter((call) => call.startsWith("ssh ")))).toEqual(
      new Set(["ssh 172.16.1.3", "ssh 172.16.1.50"]),
    );
    const signing = calls.find((call) => call.includes("ssh certificate --host") && call.includes("talos-cp-1"));
    expect(signing).toContain("--provisioner ssh");
    expect(signing).toContain("--principal talos-cp-1 --principal 172.16.1.50 talos-cp-1");
    expect(made.on("172.16.1.50", "etc/ssh/ssh_host_ed25519_key-cert.pub")).toContain("machines/172.16.1.50");
    expect(made.on("172.16.1.50", "etc/ssh/step-user-ca.pub")).toContain("ecdsa-sha2-nistp256");
    expect(made.on("172.16.1.50", "etc/ssh/sshd_config.d/60-step-ca.conf")).toBe(withSsh["ssh/60-step-ca.conf"]);
    expect(calls).toContain("systemctl try-reload-or-restart ssh");
  });

  it("takes back what sshd refuses, and reloads nothing", () => {
    const made = computer(withSsh);
    const { status, stderr, calls } = made.run(["ssh", "pve2"], { REFUSES: "yes" });
    expect([status, stderr]).toEqual([1, expect.stringContaining("it is removed")]);
    expect(made.on("172.16.1.3", "etc/ssh/sshd_config.d/60-step-ca.conf")).toBeUndefined();
    expect(calls.filter((call) => call.includes("reload-or-restart"))).toEqual([]);
  });

  it("knows every machine in one line of known_hosts", () => {
    const { stdout } = computer(withSsh).run(["known-hosts"]);
    expect(stdout).toMatch(
      /^@cert-authority pve1,172\.16\.1\.2,pve2,172\.16\.1\.3,talos-cp-1,172\.16\.1\.50,\S+ ecdsa\S+ \S+\n$/,
    );
  });

  it("refuses words and machines it does not know before it makes anything", () => {
    const made = computer(withSsh);
    expect(made.run(["gvie"])).toMatchObject({ status: 2, stderr: "bootstrap/step-ca.sh does not know gvie\n" });
    expect(made.run(["ssh", "pve9"])).toMatchObject({ status: 2, stderr: "there is no machine pve9 in this script\n" });
    expect(made.kept("root.crt")).toBeUndefined();
  });

  it("signs nothing for SSH where that is not wanted", () => {
    const made = computer(without);
    expect(made.run().status).toBe(0);
    expect(made.on("172.16.1.2", "etc/step-ca/secrets/ssh-user-ca.key")).toBeUndefined();
    expect(made.run(["ssh"])).toMatchObject({ status: 2, stderr: "bootstrap/step-ca.sh does not know ssh\n" });
  });
});
