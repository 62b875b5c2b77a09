/** Files that are encrypted anew as they are: for others, under another key. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { identitiesIn, keyFileEntry, newIdentity } from "../../src/sealing/age.ts";
import { openFile, sealFile } from "../../src/sealing/sops.ts";
import { edit, expectInLine, gen, textAt } from "../support/repository.ts";
import { sopsRepositories, TOKEN, VALUE, VARIABLE } from "../support/sopsRepository.ts";
import { expectUntouched, temporaryFolder } from "../support/workspace.ts";

const { made, identity, withKey, secrets, fresh, opened } = sopsRepositories();

describe("files", () => {
  describe("of somebody's own", () => {
    const OWN = "kubernetes/apps/default/echo/app/own.sops.yaml";
    const own = async (recipients: readonly string[]): Promise<string> =>
      `# Mine.\n${await sealFile(
        { apiVersion: "v1", kind: "Secret", metadata: { name: "own" }, stringData: { word: VALUE } },
        { rule: { encrypted_regex: "^(data|stringData)$" }, recipients, now: new Date() },
      )}`;

    it("are encrypted for others when the rules name others, and else stay as they are", async () => {
      const folder = await fresh();
      writeFileSync(join(folder, OWN), await own([identity().recipient]));
      await expectUntouched(folder, () => secrets(folder, withKey(), "--yes"));
      const other = await newIdentity();
      await gen(folder, "set", `secrets.age=[${identity().recipient}, ${other.recipient}]`, "--yes");
      const { code, stderr } = await secrets(folder, withKey(), "--yes");
      expect([code, stderr]).toEqual([0, expect.stringContaining(`${OWN} is encrypted for others than before`)]);
      expect(await openFile(textAt(folder, OWN), OWN, [other])).toMatchObject({
        object: { stringData: { word: VALUE } },
      });
      expect(textAt(folder, OWN)).toMatch(/^# Mine\.\n/);
      await expectUntouched(folder, () => secrets(folder, withKey(), "--yes"));
    });
    it("follow a rule of their own", async () => {
      const folder = await fresh();
      const other = await newIdentity();
      edit(
        folder,
        ".sops.yaml",
        "creation_rules:\n",
        `creation_rules:\n  - path_regex: echo/.*\n    age: "${identity().recipient}, ${other.recipient}"\n`,
      );
      writeFileSync(join(folder, OWN), await own([identity().recipient]));
      expect((await secrets(folder, withKey(), "--yes")).code).toBe(0);
      expect(await openFile(textAt(folder, OWN), OWN, [other])).toMatchObject({
        object: { stringData: { word: VALUE } },
      });
    });
    it("are told of where no key here opens them", async () => {
      const folder = await fresh();
      writeFileSync(join(folder, OWN), await own([(await newIdentity()).recipient]));
      const { code, stderr } = await expectUntouched(folder, () => secrets(folder, withKey(), "--yes"));
      expect([code, stderr]).toEqual([0, expect.stringContaining(`${OWN} opens with none of the keys here`)]);
    });
  });

  describe("--rotate", () => {
    const ROTATE = ["--rotate", "--yes"];
    const ciphertexts = (text: string): readonly string[] => text.match(/ENC\[[^\]]*\]/g) ?? [];

    it("encrypts every file anew, with the same values and nothing else changed", async () => {
      const folder = await fresh();
      await secrets(folder, { ...withKey(), [VARIABLE]: VALUE }, "--yes");
      const before = textAt(folder, TOKEN);
      const { code, stderr, stdout } = await secrets(folder, withKey(), ...ROTATE);
      expect(code, stderr).toBe(0);
      expect(stderr).toContain("Old commits still open with the old keys");
      expect(`${stdout}${stderr}`).not.toContain(VALUE);
      const after = textAt(folder, TOKEN);
      expect(ciphertexts(after).filter((one) => ciphertexts(before).includes(one))).toEqual([]);
      expect(ciphertexts(after)).toHaveLength(ciphertexts(before).length);
      expect(await opened(folder, TOKEN)).toEqual({ "api-token": VALUE });
      await expectInLine(folder);
    });
    it("leaves out who is named no more", async () => {
      const folder = await fresh();
      const gone = await newIdentity();
      await gen(folder, "set", `secrets.age=[${identity().recipient}, ${gone.recipient}]`, "--yes");
      await secrets(folder, { ...withKey(), [VARIABLE]: VALUE }, "--yes");
      const before = textAt(folder, TOKEN);
      await gen(folder, "set", `secrets.age=[${identity().recipient}]`, "--yes");
      expect((await secrets(folder, withKey(), ...ROTATE)).code).toBe(0);
      expect(await openFile(textAt(folder, TOKEN), TOKEN, [gone])).toBe("locked");
      // What was committed before is another matter, and said so.
      expect(await openFile(before, TOKEN, [gone])).toMatchObject({ object: { stringData: { "api-token": VALUE } } });
      await expectUntouched(folder, () => secrets(folder, withKey(), "--yes"));
    });
    it("makes a new key in place of mine, and keeps the old one in its file", async () => {
      const folder = await fresh();
      const file = join(temporaryFolder("own"), "keys.txt");
      writeFileSync(file, keyFileEntry(identity(), new Date()));
      const env = { SOPS_AGE_KEY_FILE: file };
      await secrets(folder, { ...env, [VARIABLE]: VALUE }, "--yes");
      const unnamed = await expectUntouched(folder, () => secrets(folder, env, ...ROTATE, "--new-key"));
      expect([unnamed.code, unnamed.stderr]).toEqual([2, expect.stringContaining(`--age-key-file ${file}`)]);
      expect(await identitiesIn(readFileSync(file, "utf8"))).toHaveLength(1);
      const { code, stderr } = await secrets(folder, env, ...ROTATE, "--new-key", "--age-key-file", file);
      expect(code, stderr).toBe(0);
      expect(stderr).toContain("bootstrap/secrets.sh");
      const [old, made] = await identitiesIn(readFileSync(file, "utf8"));
      expect(old).toEqual(identity());
      expect(textAt(folder, "homelab.yaml")).toContain(made?.recipient);
      expect(textAt(folder, ".sops.yaml")).toContain(made?.recipient);
      expect(textAt(folder, ".sops.yaml")).not.toContain(identity().recipient);
      expect(await opened(folder, TOKEN)).toBe("locked");
      expect(await openFile(textAt(folder, TOKEN), TOKEN, made ? [made] : [])).toMatchObject({
        object: { stringData: { "api-token": VALUE } },
      });
      await expectInLine(folder);
    });
    it.each(["was changed without sops", "opens with none of the keys here"])(
      "changes nothing where one file %s",
      async (why) => {
        const folder = await fresh();
        await secrets(folder, { ...withKey(), [VARIABLE]: VALUE }, "--yes");
        const isTampered = why.startsWith("was");
        if (isTampered) edit(folder, TOKEN, /lastmodified: "\d{4}/, 'lastmodified: "2001');
        const env = isTampered ? withKey() : { SOPS_AGE_KEY_FILE: join(temporaryFolder("none"), "keys.txt") };
        const { code, stderr } = await expectUntouched(folder, () => secrets(folder, env, ...ROTATE));
        expect([code, stderr.replaceAll(/\s+/g, " ")]).toEqual([2, expect.stringContaining(`${TOKEN} ${why}`)]);
        expect(stderr).toContain("Nothing was changed");
      },
    );
    it("says what else there is where no key of age is used, and that --new-key is of no use alone", async () => {
      const folder = made.fresh();
      expect((await secrets(folder, withKey(), ...ROTATE)).code).toBe(2);
      const { code, stderr } = await secrets(await fresh(), withKey(), "--new-key", "--yes");
      expect([code, stderr]).toEqual([2, expect.stringContaining("--rotate with it")]);
    });
  });
});
