import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { repoPath } from "../model/names.ts";
import type { File, Kept } from "../model/tree.ts";
import { createTree } from "../tree/tree.ts";
import { sha256 } from "./hash.ts";
import { recordOf, type GeneratorRecord, type RecordedFile } from "./record.ts";
import { parseRecord, recordText } from "./recordText.ts";

const identity = { generator: "create", instance: "network", version: "1.0.0", inputs: {} };
const file = (content: string, kept: Kept = "managed"): File => ({ content, kept, by: "x" });
const [a, b] = [repoPath("a.md"), repoPath("b.md")];

describe("recordOf", () => {
  test("lists every file with the hash of what was generated", () => {
    const { record, texts } = recordOf({
      ...identity,
      tree: createTree([
        [b, { ...file("b\n"), executable: true }],
        [a, file("a\n", "seeded")],
      ]),
    });
    expect(record).toEqual({
      ...identity,
      files: new Map([
        [a, { sha256: sha256("a\n"), kept: "seeded" }],
        [b, { sha256: sha256("b\n"), kept: "managed", executable: true }],
      ]),
    });
    expect(texts).toEqual(
      new Map([
        [a, "a\n"],
        [b, "b\n"],
      ]),
    );
  });

  test("a seeded file keeps what was written first, a managed one gets what is generated now, a gone one is forgotten", () => {
    const { record: previous } = recordOf({
      ...identity,
      tree: createTree([
        [a, file("1\n", "seeded")],
        [b, file("1\n")],
        [repoPath("c"), file("1\n")],
      ]),
    });
    const { record, texts } = recordOf({
      ...identity,
      tree: createTree([
        [a, file("2\n", "seeded")],
        [b, file("2\n")],
      ]),
      previous,
    });
    expect([...record.files].map(([path, { sha256: hash }]) => [path, hash])).toEqual([
      ["a.md", sha256("1\n")],
      ["b.md", sha256("2\n")],
    ]);
    expect(texts).toEqual(new Map([[b, "2\n"]]));
  });
});

const someFile: fc.Arbitrary<RecordedFile> = fc.record({
  sha256: fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 64, maxLength: 64 }),
  kept: fc.constantFrom<Kept>("managed", "seeded"),
});
const someRecord: fc.Arbitrary<GeneratorRecord> = fc.record({
  generator: fc.constantFrom("create", "add-app"),
  instance: fc.string({ unit: "grapheme", minLength: 1 }),
  version: fc.string(),
  inputs: fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }),
  files: fc
    .uniqueArray(
      fc.tuple(
        fc.constantFrom("a", "b/c", "d", "e/f/g").map((path) => repoPath(path)),
        someFile,
      ),
      { selector: ([path]) => path },
    )
    .map((files) => new Map(files.sort(([one], [other]) => (one < other ? -1 : 1)))),
});

describe("a record as text", () => {
  test("one entry a line, a blank line between, sorted", () => {
    const record: GeneratorRecord = {
      ...identity,
      inputs: { port: 80, host: "a.b", gone: undefined },
      files: new Map<typeof a, RecordedFile>([
        [b, { sha256: "1".repeat(64), kept: "managed", executable: true }],
        [a, { sha256: "0".repeat(64), kept: "seeded" }],
      ]),
    };
    expect(recordText(record)).toBe(
      `{"format":1,"generator":"create","instance":"network","version":"1.0.0"}

{"input":"host","value":"a.b"}

{"input":"port","value":80}

{"path":"a.md","sha256":"${"0".repeat(64)}","kept":"seeded"}

{"path":"b.md","sha256":"${"1".repeat(64)}","kept":"managed","executable":true}
`,
    );
  });

  test("comes back as it was, also after a checkout with CRLF", () => {
    fc.assert(
      fc.property(someRecord, (record) => {
        const expected = { ...record, inputs: JSON.parse(JSON.stringify(record.inputs)) as unknown };
        expect(parseRecord(recordText(record), "x")).toEqual(expected);
        expect(parseRecord(recordText(record).replaceAll("\n", "\r\n"), "x")).toEqual(expected);
      }),
    );
  });

  test("any mixture of the lines of two versions of it is one, with all origins of each file", () => {
    fc.assert(
      fc.property(someRecord, someRecord, (one, second) => {
        const other = { ...second, generator: one.generator, instance: one.instance };
        const lines = [...recordText(one).split("\n"), ...recordText(other).split("\n")];
        return fc.assert(
          fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), (mixed) => {
            const merged = parseRecord(mixed.join("\n"), "x");
            expect([...merged.files.keys()]).toEqual([...new Set([...one.files.keys(), ...other.files.keys()])].sort());
            for (const [path, { sha256: hash, alternatives = [] }] of merged.files) {
              const hashes = [one.files.get(path)?.sha256, other.files.get(path)?.sha256].filter(
                (each) => each !== undefined,
              );
              expect(new Set([hash, ...alternatives])).toEqual(new Set(hashes));
            }
          }),
          { numRuns: 3 },
        );
      }),
      { numRuns: 30 },
    );
  });
});

describe("a record somebody edited is refused with its place", () => {
  const header = '{"format":1,"generator":"create","instance":"network","version":"1.0.0"}';
  const entry = (path: string) => `${header}\n\n${JSON.stringify({ path, sha256: "0".repeat(64), kept: "managed" })}\n`;

  test.each([
    ["a path upward", entry("../../etc/passwd"), 'x.jsonl:3: "../../etc/passwd" is no path inside the repository'],
    ["an absolute path", entry("/etc/passwd"), "is no path inside the repository"],
    ["a drive", entry("C:/Windows"), "is no path inside the repository"],
    ["backslashes", entry("docs\\a.md"), "is no path inside the repository"],
    ["a NUL", entry("a\0b"), "is no path inside the repository"],
    [
      "git's folder",
      entry(".git/hooks/pre-commit"),
      'x.jsonl:3: ".git/hooks/pre-commit" is no path inside the repository',
    ],
    ["git's folder, otherwise spelled", entry("a/.Git/config"), "is no path inside the repository"],
    ["no path", `${header}\n{"sha256":"","kept":"managed"}`, "x.jsonl:2: undefined is no path inside the repository"],
    [
      "a hash that is none",
      `${header}\n{"path":"a","sha256":"0","kept":"managed"}`,
      "x.jsonl:2: the sha256 of a is none",
    ],
    [
      "another kind of keeping",
      `${header}\n{"path":"a","sha256":"${"0".repeat(64)}","kept":"x"}`,
      "x.jsonl:2: a is neither managed nor seeded",
    ],
    ["no JSON", `${header}\n{`, "x.jsonl:2: this is no entry of a record"],
    ["a list", `${header}\n[]`, "x.jsonl:2: this is no entry of a record"],
    ["no header", "", "x.jsonl cannot be read: it does not say what it is a record of"],
    ["an unfinished header", '{"format":1}', "x.jsonl:1: this is no beginning of a record"],
    ["a newer format", '{"format":2}', "x.jsonl:1: a newer version of create-homelab-net wrote this record"],
    [
      "an unfinished merge",
      `<<<<<<< HEAD\n${header}\n=======\n`,
      "x.jsonl:1: the merge of two branches is not finished here",
    ],
  ])("%s", (_, text, message) => {
    expect(() => parseRecord(text, "x.jsonl")).toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringContaining(message) as string }),
    );
  });
});
