/** Needs HOMELAB_NET_TOOLS: kubeseal opens what we seal, under the name and in the namespace it was sealed for alone. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { assembleCatalog } from "../../src/cli/catalog.ts";
import { at } from "../../src/model/unknown.ts";
import { readCertificate } from "../../src/sealing/certificate.ts";
import { sealedSecretObject, withSealedValues } from "../../src/sealing/sealedSecret.ts";
import { printDocuments } from "../../src/yaml/print.ts";
import { builtTool } from "../support/goTools.ts";
import { run } from "../support/run.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

const VALUES = { token: "s3cr3t: #'\"\\n $HOME", key: "-----BEGIN KEY-----\n\nabc\n", empty: "", umlaut: "ä€𝄞" };
const SECRET = { name: "photos", namespace: "media", type: "Opaque", labels: { mine: "yes" }, values: VALUES };

/** Made by the script that is emitted. */
let folder: string;
beforeAll(() => {
  const script = assembleCatalog().templates.render("components/sealed-secrets/sealing-key.sh", {
    key: "bootstrap/sealing.key",
    certificate: "bootstrap/sealing.crt",
  });
  folder = temporaryFolder("sealing");
  writeFiles(folder, { "bootstrap/sealing-key.sh": script });
  spawnSync("bash", ["bootstrap/sealing-key.sh"], { cwd: folder });
});

const publicKey = () =>
  readCertificate(readFileSync(join(folder, "bootstrap/sealing.crt"), "utf8"), "sealing.crt", {
    madeBy: "a script",
    now: new Date(),
  });

async function opened(text: string) {
  writeFiles(folder, { "sealed.yaml": text });
  const { path } = await builtTool("kubeseal");
  return run(
    path,
    ["--recovery-unseal", "--recovery-private-key", "bootstrap/sealing.key", "--secret-file", "sealed.yaml"],
    {
      cwd: folder,
      env: { PATH: "", HOME: folder },
    },
  );
}

const sealed = () => sealedSecretObject(SECRET, publicKey());

describe("what we seal", () => {
  test("is opened by kubeseal, with its type and labels", async () => {
    const { code, stdout, stderr } = await opened(printDocuments([sealed()]));
    expect(code, stderr).toBe(0);
    const secret: unknown = JSON.parse(stdout);
    expect(secret).toMatchObject({
      kind: "Secret",
      type: "Opaque",
      metadata: { name: "photos", namespace: "media", labels: { mine: "yes" } },
    });
    for (const [key, value] of Object.entries(VALUES))
      expect(Buffer.from(String(at(secret, "data", key) ?? ""), "base64").toString(), key).toBe(value);
  });

  test("is opened with a value that was replaced", async () => {
    const changed = withSealedValues(sealed(), { ...SECRET, values: { token: "another" } }, publicKey());
    const { stdout } = await opened(printDocuments([changed]));
    expect(Buffer.from(String(at(JSON.parse(stdout), "data", "token")), "base64").toString()).toBe("another");
  });

  test.each([
    ["renamed", (text: string) => text.replaceAll("name: photos", "name: other")],
    ["moved", (text: string) => text.replaceAll("namespace: media", "namespace: other")],
    ["changed", (text: string) => text.replace(/(token: .{700}).{4}/, "$1AAAA")],
  ])("is not opened when it was %s", async (_, change) => {
    const text = printDocuments([sealed()]);
    const after = change(text);
    expect(after).not.toBe(text);
    const { code, stderr } = await opened(after);
    expect(code).not.toBe(0);
    expect(stderr).toContain("no key could decrypt secret");
  });
});
