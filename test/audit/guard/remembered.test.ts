/** Secrets in what gen remembers: records that people edit or answers end in, and texts that were written once. */
import { describe, expect, it } from "vitest";
import { guard } from "../../../src/audit/index.ts";
import { readSubject } from "../../../src/audit/subject.ts";
import { made } from "./plant.ts";

const RECORD = ".homelab-net/state/add-app/photos.jsonl";
const BASE = ".homelab-net/objects/ab/cdef";
const TOKEN = `ghp_${made(36)}`;

const said = (files: Readonly<Record<string, string>>): readonly string[] =>
  guard(readSubject(new Map(Object.entries(files)))).map(({ id, message }) => `${id}: ${message}`);

describe("a record", () => {
  it.each([
    ["a token", `{"answers":{"image":"${TOKEN}"}}\n`, `SECRET-TOKEN: ${RECORD} holds a token of GitHub`],
    [
      "a password by its name",
      `{"answers":{"env":{"DB_PASSWORD":"hunter2x"}}}\n`,
      `SECRET-PASSWORD: ${RECORD} holds DB_PASSWORD in plain text`,
    ],
    [
      "a key in one line",
      `{"note":"-----BEGIN PRIVATE KEY-----\\n${made(64)}\\n"}\n`,
      `SECRET-KEY: ${RECORD} holds a private key`,
    ],
  ])("is looked at for %s", (_, line, finding) => {
    expect(said({ [RECORD]: line })).toEqual([finding]);
  });

  it("has hashes of files, which are none", () => {
    const hash = "6d6796f174b736bcd7a68999e30d2f19a3719ad92355dcc0cfdfce8a66864553";
    expect(said({ [RECORD]: `{"path":"password.yaml","sha256":"${hash}","kept":"managed"}\n` })).toEqual([]);
  });
});

describe("a text that was written once", () => {
  it("is looked at for what has a form of its own", () => {
    expect(said({ [BASE]: `token: ${TOKEN}\n` })).toEqual([`SECRET-TOKEN: ${BASE} holds a token of GitHub`]);
  });

  it("may have been a page or a program, which speak of passwords", () => {
    expect(said({ [BASE]: "if password == hunter2x:\n  password = hunter2x\n" })).toEqual([]);
  });
});

it("is excused where people see it, and there alone", () => {
  const excuse = (text: string) => `value: ${text} # not a secret: an example of its form\n`;
  const line = `{"answers":{"image":"${TOKEN}"}}\n`;
  expect(said({ "notes.yaml": excuse(TOKEN), [RECORD]: line, [BASE]: `value: ${TOKEN}\n` })).toEqual([]);
  expect(said({ "notes.yaml": excuse(`ghp_${made(36, "AbCdEf123456")}`), [RECORD]: line })).toHaveLength(1);
});

it("is not repeated", () => {
  const [finding] = guard(readSubject(new Map([[RECORD, `{"answers":{"image":"${TOKEN}"}}\n`]])));
  expect(JSON.stringify(finding)).not.toContain(TOKEN.slice(8, 16));
});
