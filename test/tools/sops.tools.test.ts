/** Needs HOMELAB_NET_TOOLS: sops itself opens what we encrypt, and we open what it encrypts. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { keyFileEntry, newIdentity, type Identity } from "../../src/sealing/age.ts";
import { secretObject } from "../../src/sealing/secret.ts";
import { openFile, resealFile, sealFile, type SopsRule } from "../../src/sealing/sops.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import { printDocuments } from "../../src/yaml/print.ts";
import { builtTool } from "../support/goTools.ts";
import { run } from "../support/run.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

const NOW = new Date("2026-08-01T12:00:00Z");
const secret = secretObject({
  name: "cloudflare-dns",
  namespace: "network",
  type: "Opaque",
  values: {
    token: "s3cr3t: #'\"\\n $HOME",
    key: "-----BEGIN KEY-----\n\nabc\n",
    empty: "",
    umlaut: "ä€𝄞",
    number: "0123",
    bool: "true",
  },
});
const template = {
  apiVersion: "isindir.github.com/v1alpha3",
  kind: "SopsSecret",
  metadata: { name: "a" },
  spec: {
    secretTemplates: [
      { name: "a", stringData: { k: "v", l: "w" } },
      { name: "b", stringData: { k: "v" } },
    ],
  },
};

const FORMS: readonly (readonly [string, SopsRule, object])[] = [
  ["a Secret", { encrypted_regex: "^(data|stringData)$" }, secret],
  ["a SopsSecret", { encrypted_suffix: "Templates" }, template],
];

let identity: Identity;
beforeAll(async () => {
  identity = await newIdentity();
});

async function sops(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const folder = temporaryFolder("sops");
  writeFiles(folder, { ...files, "keys.txt": keyFileEntry(identity, NOW) });
  const { path } = await builtTool("sops");
  const result = await run(path, args, {
    cwd: folder,
    env: { PATH: "", HOME: folder, SOPS_AGE_KEY_FILE: join(folder, "keys.txt") },
  });
  return { ...result, textAt: (name: string) => readFileSync(join(folder, name), "utf8") };
}

describe.each(FORMS)("%s", (_, rule, object) => {
  const sealed = () => sealFile(object, { rule, recipients: [identity.recipient], now: NOW });

  test("of ours is opened by sops", async () => {
    const { stdout, stderr, code } = await sops({ "a.sops.yaml": await sealed() }, "decrypt", "a.sops.yaml");
    expect([code, stderr]).toEqual([0, ""]);
    expect(readDocuments(stdout, "a")).toEqual([object]);
  });

  test("of ours is refused by sops where a value was moved", async () => {
    const text = await sealed();
    const changed = text.replace("2026-08-01T", "2026-08-02T");
    const { code, stderr } = await sops({ "a.sops.yaml": changed }, "decrypt", "a.sops.yaml");
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/authentication failed|integrity/i);
  });

  test("of ours can be edited by sops, and is ours again", async () => {
    const path =
      "encrypted_suffix" in rule ? '["spec"]["secretTemplates"][0]["stringData"]["k"]' : '["stringData"]["token"]';
    const edited = await sops({ "a.sops.yaml": await sealed() }, "set", "a.sops.yaml", path, '"new"');
    expect([edited.code, edited.stderr]).toEqual([0, ""]);
    const opened = await openFile(edited.textAt("a.sops.yaml"), "a", [identity]);
    expect(JSON.stringify(opened)).toContain('"new"');
  });

  test("of sops is opened by us", async () => {
    const flags = Object.entries(rule).flatMap(([name, text]) => [`--${name.replace("_", "-")}`, String(text)]);
    const { code, stdout, stderr } = await sops(
      { "a.sops.yaml": printDocuments([object]) },
      "encrypt",
      "--age",
      identity.recipient,
      ...flags,
      "a.sops.yaml",
    );
    expect([code, stderr]).toEqual([0, ""]);
    expect(await openFile(stdout, "a", [identity])).toEqual({ object });
    const changed = stdout.replace(/^( *name: )(cloudflare-dns|a)$/m, "$1other");
    expect(changed).not.toBe(stdout);
    expect(await openFile(changed, "a", [identity])).toBe("tampered");
  });
});

describe("a file of sops that we encrypt anew", () => {
  const MIXED = `# Of somebody.
name: plain
password: s3cr3t
ports:
  - 8080
  - 1.5
ready: true
nothing: null
empty: ""
text: |
  one
  two
`;
  const encrypted = async (text: string, rule = "") =>
    (
      await sops(
        { "a.sops.yaml": text, ".sops.yaml": `creation_rules:\n  - age: ${identity.recipient}\n${rule}` },
        "encrypt",
        "a.sops.yaml",
      )
    ).stdout;
  const around = () => ({ identities: [identity], recipients: [identity.recipient], now: NOW });

  test.each([
    ["all of whose values are encrypted", ""],
    ["some of whose values are", "    encrypted_regex: ^(password|ports|ready)$\n"],
    [
      "whose MAC is of the encrypted values alone",
      "    encrypted_regex: ^(password|ports)$\n    mac_only_encrypted: true\n",
    ],
  ] as const)("%s is opened by sops, with the same values of the same types", async (_, rule) => {
    const before = await encrypted(MIXED.replace("# Of somebody.\n", ""), rule);
    const after = await resealFile(before, "a", around());
    if (typeof after === "string") throw new Error(after);
    const { stdout, stderr, code } = await sops({ "a.sops.yaml": after.text }, "decrypt", "a.sops.yaml");
    expect([code, stderr]).toEqual([0, ""]);
    expect(readDocuments(stdout, "a")).toEqual(readDocuments(MIXED, "a"));
    for (const [old] of before.matchAll(/ENC\[[^\]]*\]/g)) expect(after.text).not.toContain(old);
    // And refused once somebody has changed it.
    const tampered = after.text.replace(NOW.toISOString().slice(0, 10), "2001-01-01");
    expect((await sops({ "a.sops.yaml": tampered }, "decrypt", "a.sops.yaml")).code).not.toBe(0);
    expect(await resealFile(tampered, "a", around())).toBe("tampered");
  });

  test("opens for whom it is now, and for nobody else", async () => {
    const other = await newIdentity();
    const after = await resealFile(await encrypted(MIXED.replace("# Of somebody.\n", "")), "a", {
      ...around(),
      recipients: [other.recipient],
    });
    const text = typeof after === "string" ? "" : after.text;
    const { code } = await sops({ "a.sops.yaml": text }, "decrypt", "a.sops.yaml");
    expect(code).not.toBe(0);
    expect(typeof (await openFile(text, "a", [other]))).toBe("object");
  });

  test("is left to sops where it has comments that are encrypted", async () => {
    expect(await resealFile(await encrypted(MIXED), "a", around())).toBe("foreign");
  });
});
