import { describe, expect, test } from "vitest";
import { readDocuments } from "../yaml/documents.ts";
import { identitiesIn, keyFileEntry, newIdentity, type Identity } from "./age.ts";
import { secretObject } from "./secret.ts";
import { openFile, recipientsOf, sealFile } from "./sops.ts";

const NOW = new Date("2026-08-01T12:00:00.123Z");
const RULE = { encrypted_regex: "^(data|stringData)$" } as const;
const VALUES = { token: "s3cr3t: #'\"\\n $HOME", key: "-----BEGIN KEY-----\n\nabc\n", empty: "", umlaut: "ä€𝄞" };

const mine = newIdentity();
const other = newIdentity();

const secret = secretObject({ name: "cloudflare-dns", namespace: "network", type: "Opaque", values: VALUES });
const sealed = async (rule: Parameters<typeof sealFile>[1]["rule"] = RULE, object: object = secret) =>
  sealFile(object, { rule, recipients: [(await mine).recipient, (await other).recipient], now: NOW });
const opened = async (text: string, ...identities: readonly Identity[]) => openFile(text, "a.sops.yaml", identities);

describe("a file of SOPS", () => {
  test("says what it is and whose it is, and shows no value", async () => {
    const text = await sealed();
    const [document] = readDocuments(text, "a.sops.yaml") as readonly [Record<string, Record<string, unknown>>];
    expect(document).toMatchObject({ kind: "Secret", type: "Opaque", metadata: { name: "cloudflare-dns" } });
    expect(document["sops"]).toMatchObject({
      lastmodified: "2026-08-01T12:00:00Z",
      encrypted_regex: "^(data|stringData)$",
      mac_only_encrypted: true,
    });
    expect(document["stringData"]).toMatchObject({ token: expect.stringMatching(/^ENC\[AES256_GCM,data:/), empty: "" });
    expect(text).not.toContain("s3cr3t");
    expect(recipientsOf(text, "a")).toEqual([(await mine).recipient, (await other).recipient]);
  });

  test("is opened by each of its recipients as it was, and by nobody else", async () => {
    const text = await sealed();
    for (const identity of [await mine, await other]) expect(await opened(text, identity)).toEqual({ object: secret });
    expect(await opened(text, await newIdentity())).toBe("locked");
    expect(await opened(text)).toBe("locked");
  });

  test("is another one each time", async () => {
    expect(await sealed()).not.toBe(await sealed());
  });

  test("can be encrypted below keys of an ending, through lists", async () => {
    const object = { kind: "SopsSecret", spec: { secretTemplates: [{ name: "a", stringData: { k: "v" } }] } };
    const text = await sealed({ encrypted_suffix: "Templates" }, object);
    expect(text).not.toMatch(/name: a$/m);
    expect(await opened(text, await mine)).toEqual({ object });
  });

  test.each([
    [
      "a value",
      (text: string) =>
        text.replace(
          /(token: "?ENC\[AES256_GCM,data:)(.)/,
          (_, head: string, one: string) => head + (one === "A" ? "B" : "A"),
        ),
    ],
    [
      "a value that was put in the place of another",
      (text: string) => {
        const [, token = ""] = /token: (.*)/.exec(text) ?? [];
        return text.replace(/^( {2}key: ).*/m, (_, head: string) => head + token);
      },
    ],
    ["a value that was taken out", (text: string) => text.replace(/^ {2}umlaut: .*\n/m, "")],
    ["its MAC", (text: string) => text.replace(/lastmodified: .*/, "lastmodified: 2026-08-02T12:00:00Z")],
  ])("with another %s is told", async (_, change) => {
    const text = await sealed();
    const changed = change(text);
    expect(changed).not.toBe(text);
    expect(await opened(changed, await mine)).toBe("tampered");
  });

  test("refuses a recipient that is mistyped", async () => {
    const recipient = (await mine).recipient.replace(/.$/, (last) => (last === "q" ? "p" : "q"));
    await expect(sealFile(secret, { rule: RULE, recipients: [recipient], now: NOW })).rejects.toThrow(
      "is no recipient of age",
    );
  });
});

describe("a file of keys", () => {
  test("is read key by key, and what is no key is left out", async () => {
    const text = `${keyFileEntry(await mine, NOW)}\r\nAGE-PLUGIN-YUBIKEY-1QQQ\n${keyFileEntry(await other, NOW)}`;
    expect(text).toContain(`# created: 2026-08-01T12:00:00Z\n# public key: ${(await mine).recipient}\n`);
    expect(await identitiesIn(text)).toEqual([await mine, await other]);
  });
});
