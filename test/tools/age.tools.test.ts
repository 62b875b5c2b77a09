/** Needs HOMELAB_NET_TOOLS: age itself knows our keys and opens what we wrap, and we know and open its own. */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readDocuments } from "../../src/yaml/documents.ts";
import { appendToKeyFile } from "../../src/repo/ageKeys.ts";
import { identitiesIn, keyFileEntry, newIdentity, unwrap, wrap, type Identity } from "../../src/sealing/age.ts";
import { sealFile } from "../../src/sealing/sops.ts";
import { asMap, at } from "../../src/model/unknown.ts";
import { run, type RunResult } from "../support/run.ts";
import { temporaryFolder } from "../support/workspace.ts";

const NOW = new Date("2026-08-01T12:00:00Z");
const KEY = Uint8Array.from({ length: 32 }, (_, index) => (index * 37) % 256);

let folder: string;
let ours: Identity;
let theirs: Identity;

const inFolder = (name: string): string => join(folder, name);
const age = (...args: readonly string[]): Promise<RunResult> => run("age", args, { cwd: folder });

beforeAll(async () => {
  folder = temporaryFolder("age");
  ours = await newIdentity();
  appendToKeyFile(inFolder("ours.txt"), keyFileEntry(ours, NOW));
  await run("age-keygen", ["-o", "theirs.txt"], { cwd: folder });
  const [found] = await identitiesIn(readFileSync(inFolder("theirs.txt"), "utf8"));
  if (found === undefined) throw new Error("no key in the file of age-keygen");
  theirs = found;
});

describe("a key file", () => {
  test("of ours is read by age-keygen, which knows the same recipients", async () => {
    appendToKeyFile(inFolder("both.txt"), "# mine, without a line break");
    appendToKeyFile(inFolder("both.txt"), keyFileEntry(ours, NOW));
    appendToKeyFile(inFolder("both.txt"), keyFileEntry(theirs, NOW));
    expect(statSync(inFolder("both.txt")).mode & 0o777).toBe(0o600);
    const { stdout, code } = await run("age-keygen", ["-y", "both.txt"], { cwd: folder });
    expect([code, stdout]).toEqual([0, `${ours.recipient}\n${theirs.recipient}\n`]);
  });
  test("of age-keygen has the form of ours", async () => {
    const text = readFileSync(inFolder("theirs.txt"), "utf8");
    const form = (entry: string): string => entry.replace(/created: .*/, "created: …");
    expect(form(text)).toBe(form(keyFileEntry(theirs, NOW)));
  });
});

describe("the key of a file", () => {
  test("that we wrap is opened by age, and by nobody else's key", async () => {
    writeFileSync(inFolder("wrapped.age"), await wrap(KEY, ours.recipient));
    const { code } = await age("--decrypt", "-i", "ours.txt", "-o", "opened", "wrapped.age");
    expect([code, [...readFileSync(inFolder("opened"))]]).toEqual([0, [...KEY]]);
    const other = await age("--decrypt", "-i", "theirs.txt", "wrapped.age");
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining("no identity matched")]);
  });
  test("that age wraps for several is opened by each of us", async () => {
    writeFileSync(inFolder("key"), KEY);
    const recipients = [ours, theirs].flatMap(({ recipient }) => ["-r", recipient]);
    const { code, stdout } = await age("--encrypt", "--armor", ...recipients, "key");
    expect(code).toBe(0);
    for (const identity of [ours, theirs]) expect(await unwrap(stdout, [identity])).toEqual(KEY);
    expect(await unwrap(stdout, [await newIdentity()])).toBeUndefined();
  });
  test("that somebody changed is refused by age and by us", async () => {
    const text = await wrap(KEY, ours.recipient);
    const lines = text.split("\n");
    const last = lines.findIndex((one) => one.startsWith("-----END")) - 1;
    const changed = lines
      .with(
        last,
        (lines[last] ?? "").replace(/^./, (letter) => (letter === "A" ? "B" : "A")),
      )
      .join("\n");
    expect(changed).not.toBe(text);
    for (const [name, content, isOpened] of [
      ["whole.age", text, true],
      ["changed.age", changed, false],
    ] as const) {
      writeFileSync(inFolder(name), content);
      expect((await age("--decrypt", "-i", "ours.txt", "-o", "out", name)).code === 0).toBe(isOpened);
      expect((await unwrap(content, [ours])) !== undefined).toBe(isOpened);
    }
  });
  test("stands in a file of SOPS as age has it, once for each recipient", async () => {
    const recipients = [ours.recipient, theirs.recipient];
    const rule = { encrypted_regex: "^stringData$" };
    const text = await sealFile({ kind: "Secret", stringData: { a: "b" } }, { rule, recipients, now: NOW });
    const entries = at(asMap(readDocuments(text, "a")[0])["sops"], "age") as readonly { enc: string }[];
    const keys: string[] = [];
    for (const [number, { enc }] of entries.entries()) {
      writeFileSync(inFolder("entry.age"), enc);
      const file = ["ours.txt", "theirs.txt"][number] ?? "";
      expect((await age("--decrypt", "-i", file, "-o", "entry", "entry.age")).code).toBe(0);
      keys.push(readFileSync(inFolder("entry"), "hex"));
    }
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toHaveLength(64);
  });
});
