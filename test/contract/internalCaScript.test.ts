/** bootstrap/internal-ca.sh, run for real with openssl, beside a kubectl that only takes notes. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

const emitted = emittedNetworks.find(({ name }) => name.startsWith("certificates of an authority of one's own"));
if (emitted === undefined) throw new Error("an authority of one's own is among the networks");
const scripts = Object.fromEntries(
  [...emitted.tree].filter(([path]) => path.endsWith(".sh")).map(([path, { content }]) => [path, content]),
);

const KUBECTL = `#!/usr/bin/env bash
case "$*" in
  *"config view"*) printf %s "https://172.16.1.49:6443" ;;
  *apply*) cat >>"$NOTES" ;;
esac
`;

function computer() {
  const folder = temporaryFolder("authority");
  writeFiles(folder, scripts);
  chmodSync(join(folder, "bootstrap/secrets.sh"), 0o755);
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin/kubectl"), KUBECTL);
  chmodSync(join(folder, "bin/kubectl"), 0o755);
  const home = join(folder, "home/ragas");
  const notes = join(folder, "notes");
  const run = (...args: readonly string[]) =>
    spawnSync("bash", [join(folder, "bootstrap/internal-ca.sh"), ...args], {
      encoding: "utf8",
      input: "",
      env: {
        PATH: `${join(folder, "bin")}:${process.env["PATH"]}`,
        NOTES: notes,
        INTERNAL_CA: join(folder, "home"),
        ROOT_PASSPHRASE: "correct horse",
      },
    });
  const file = (name: string) => readFileSync(join(home, name), "utf8");
  return { folder, home, notes, run, file };
}

/** A certificate for a name as cert-manager would sign it, judged by who knows the root alone. */
function verdictOn(name: string, { home }: { readonly home: string }): string {
  const at = (file: string) => join(home, file);
  const openssl = (...args: readonly string[]) => spawnSync("openssl", args, { encoding: "utf8" });
  writeFileSync(at("leaf.cnf"), `subjectAltName = ${name}\n`);
  openssl(
    "req",
    "-new",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-keyout",
    at("leaf.key"),
    "-subj",
    "/",
    "-out",
    at("leaf.csr"),
  );
  const signer = ["-CA", at("issuing.crt"), "-CAkey", at("issuing.key"), "-set_serial", "7", "-days", "90"];
  openssl("x509", "-req", "-in", at("leaf.csr"), ...signer, "-extfile", at("leaf.cnf"), "-out", at("leaf.crt"));
  const { stdout, stderr } = openssl(
    "verify",
    "-CAfile",
    at("root.crt"),
    "-untrusted",
    at("issuing.crt"),
    at("leaf.crt"),
  );
  return stdout + stderr;
}

describe("bootstrap/internal-ca.sh", () => {
  it("makes a root with a passphrase, and what signs for the domains of the network alone", () => {
    const made = computer();
    const { status, stdout } = made.run();
    expect([status, stdout]).toEqual([0, expect.stringContaining("for ragas.home.arpa lab.internal")]);
    expect(made.file("root.key")).toContain("ENCRYPTED");
    expect(statSync(join(made.home, "issuing.key")).mode & 0o77).toBe(0);
    for (const name of ["DNS:*.ragas.home.arpa", "DNS:lab.internal"]) expect(verdictOn(name, made)).toContain("OK");
    for (const name of ["DNS:bank.example.com", "DNS:ragas.cc", "IP:10.0.0.1"])
      expect(verdictOn(name, made), name).toMatch(/subtree violation/);
  });

  it("changes nothing the second time, and only what the cluster signs with when it is told to", () => {
    const made = computer();
    made.run();
    const [root, issuing] = [made.file("root.crt"), made.file("issuing.crt")];
    expect(made.run().stdout).toContain("has all that is needed");
    expect([made.file("root.crt"), made.file("issuing.crt")]).toEqual([root, issuing]);
    expect(made.run("renew").status).toBe(0);
    expect(made.file("root.crt")).toBe(root);
    expect(made.file("issuing.crt")).not.toBe(issuing);
  });

  it("makes it anew for other domains, under the same root", () => {
    const made = computer();
    made.run();
    const root = made.file("root.crt");
    const script = join(made.folder, "bootstrap/internal-ca.sh");
    writeFileSync(
      script,
      readFileSync(script, "utf8").replace("  lab.internal\n", "  lab.internal\n  shed.internal\n"),
    );
    expect(made.run().stdout).toContain("for ragas.home.arpa lab.internal shed.internal");
    expect(made.file("root.crt")).toBe(root);
    expect(verdictOn("DNS:www.shed.internal", made)).toContain("OK");
  });

  it("hands the cluster all but the key of the root", () => {
    const made = computer();
    const { status, stderr } = made.run("give");
    expect([status, stderr]).toEqual([0, expect.not.stringContaining("rror")]);
    const secret = parse(readFileSync(made.notes, "utf8")) as { type: string; metadata: object; data: object };
    expect([secret.type, secret.metadata]).toEqual([
      "kubernetes.io/tls",
      { name: "internal-ca", namespace: "cert-manager" },
    ]);
    const given = Object.entries(secret.data).map(([key, value]) => [
      key,
      Buffer.from(String(value), "base64").toString(),
    ]);
    expect(given).toEqual([
      ["ca.crt", made.file("root.crt")],
      ["tls.crt", made.file("issuing.crt")],
      ["tls.key", made.file("issuing.key")],
    ]);
  });

  it("refuses a word it does not know before it makes anything", () => {
    const made = computer();
    expect(made.run("gvie")).toMatchObject({ status: 2, stderr: expect.stringContaining("not gvie") as string });
    expect(existsSync(made.home)).toBe(false);
  });

  it("is read by bash without complaint", () => {
    execFileSync("bash", ["-n"], { input: scripts["bootstrap/internal-ca.sh"] ?? "false(" });
  });
});
