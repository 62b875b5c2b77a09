/** Whom `gen secrets` encrypts for, and the one file outside the repository that it writes. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { secretsGenerator } from "../../generators/secrets/secrets.ts";
import { identitiesIn, keyFileEntry, newIdentity, type Identity } from "../../src/sealing/age.ts";
import { openFile } from "../../src/sealing/sops.ts";
import { runHere } from "../support/cli.ts";
import { expectInLine, textAt } from "../support/repository.ts";
import { recordedSession } from "../support/session.ts";
import { madeWithSops, TOKEN, VALUE, VARIABLE } from "../support/sopsRepository.ts";
import { expectUntouched, temporaryFolder } from "../support/workspace.ts";

const made = madeWithSops();

const EARLY = "bootstrap/flux-system/git-access.sops.yaml";

let mine: Identity;
let keys: string;
beforeAll(async () => {
  mine = await newIdentity();
  keys = join(temporaryFolder("keys"), "keys.txt");
  writeFileSync(keys, keyFileEntry(mine, new Date()));
});

const secrets = (folder: string, env: Readonly<Record<string, string>>, ...args: readonly string[]) =>
  runHere("gen", ["secrets", ...args], { cwd: folder, env });

async function opened(folder: string, path: string): Promise<unknown> {
  const result = await openFile(textAt(folder, path), path, [mine]);
  return typeof result === "string" ? result : result.object["stringData"];
}

describe("the key of age", () => {
  it("is made in the file that is named, for its owner alone, and stands in homelab.yaml as a recipient", async () => {
    const folder = made.fresh();
    const path = join(temporaryFolder("home"), "sops/age/keys.txt");
    const { code, stderr } = await secrets(folder, { [VARIABLE]: VALUE }, "--yes", "--age-key-file", path);
    expect([code, stderr]).toEqual([0, expect.stringContaining(`a key of age in ${path}`)]);
    const [key] = await identitiesIn(readFileSync(path, "utf8"));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(textAt(folder, "homelab.yaml")).toContain(`- ${key?.recipient}`);
    expect(textAt(folder, ".sops.yaml")).toContain(`- ${key?.recipient}`);
    expect(stderr + textAt(folder, "homelab.yaml")).not.toContain("AGE-SECRET-KEY");
    await expectInLine(folder);
  });

  it("is the one that is there; what stands in the file stays", async () => {
    const folder = made.fresh();
    const before = readFileSync(keys, "utf8");
    const { code } = await secrets(folder, { [VARIABLE]: VALUE }, "--yes", "--age-key-file", keys);
    expect([code, readFileSync(keys, "utf8")]).toEqual([0, before]);
    expect(textAt(folder, "homelab.yaml")).toContain(mine.recipient);
  });

  it("is added to a file that has no last line break, and leaves its other lines", async () => {
    const folder = made.fresh();
    const path = join(temporaryFolder("home"), "keys.txt");
    writeFileSync(path, "# mine", { mode: 0o644 });
    await secrets(folder, { [VARIABLE]: VALUE }, "--yes", "--age-key-file", path);
    expect(readFileSync(path, "utf8")).toMatch(/^# mine\n# created: /);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("is somebody else's where they are named", async () => {
    const folder = made.fresh();
    await secrets(folder, { [VARIABLE]: VALUE }, "--yes", "--age-recipient", mine.recipient);
    expect(await opened(folder, TOKEN)).toEqual({ "api-token": VALUE });
  });

  it("is not made unasked, nor in the repository", async () => {
    const folder = made.fresh();
    const unasked = await expectUntouched(folder, () => secrets(folder, { [VARIABLE]: VALUE }, "--yes"));
    expect([unasked.code, unasked.stderr]).toEqual([2, expect.stringContaining("--age-key-file FILE")]);
    const inside = await expectUntouched(folder, () =>
      secrets(folder, { [VARIABLE]: VALUE }, "--yes", "--age-key-file", join(folder, "new/age.txt")),
    );
    expect([inside.code, inside.stderr]).toEqual([2, expect.stringContaining("lies in the repository")]);
    const link = join(temporaryFolder("link"), "keys.txt");
    symlinkSync(join(folder, "age.txt"), link);
    const led = await expectUntouched(folder, () =>
      secrets(folder, { [VARIABLE]: VALUE }, "--yes", "--age-key-file", link),
    );
    expect([led.code, led.stderr]).toEqual([2, expect.stringContaining("lies in the repository")]);
  });
});

describe("at a terminal", () => {
  const asking = (folder: string, home: string, answers: readonly (string | boolean)[]) => {
    const session = { ...recordedSession({ cwd: folder, answers }), inherited: { HOME: home } };
    return { session, collected: secretsGenerator.collect(session) };
  };

  it("the key file is named before a key is made, and a value that is left out is not written", async () => {
    const folder = made.fresh();
    const home = temporaryFolder("home");
    // The key; two values of git-access; the token.
    const { session, collected } = asking(folder, home, [true, "", "", VALUE]);
    const prepared = await secretsGenerator.prepare(await collected, session);
    const path = join(home, ".config/sops/age/keys.txt");
    expect(session.asked[0]).toContain(`add it to ${path}?`);
    expect([prepared.preview, existsSync(path)]).toEqual([expect.stringContaining(path), false]);
    await prepared.apply();
    expect(existsSync(path)).toBe(true);
    expect(existsSync(join(folder, TOKEN))).toBe(true);
    expect(existsSync(join(folder, EARLY))).toBe(false);
    expect(`${prepared.preview}${session.talk.join("")}`).not.toContain(VALUE);
  });

  it("a key that is there is offered first", async () => {
    const folder = made.fresh();
    const home = temporaryFolder("home");
    mkdirSync(join(home, ".config/sops/age"), { recursive: true });
    appendFileSync(join(home, ".config/sops/age/keys.txt"), keyFileEntry(mine, new Date()));
    const { collected } = asking(folder, home, ["", "", "", VALUE]);
    expect((await collected).key).toEqual({ recipients: [mine.recipient] });
  });

  it("without a key nothing is asked for", async () => {
    const { session, collected } = asking(made.fresh(), temporaryFolder("home"), [false]);
    await expect(collected).rejects.toThrow("nothing can be encrypted without a key");
    expect(session.asked).toHaveLength(1);
  });
});
