/** Files that anybody who can push has put there: refused or read, never a fault of the program, and nothing is lost. */
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { gen, repositories, textAt } from "../support/repository.ts";
import { expectUntouched, temporaryFolder } from "../support/workspace.ts";

const made = repositories();

const LAUGHS = `a: &a [x, x, x, x, x, x, x, x, x]
${[..."bcdefghi"].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[index]}`).join(", ")}]`).join("\n")}
`;
const DEEP = `${"[".repeat(20_000)}${"]".repeat(20_000)}\n`;
const HUGE = `big: "${"x".repeat(1_000_000)}"\n`;
const BINARY = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0xff, 0xfe, 0x80, 0x0a]);
const ODD: Readonly<Record<string, string | Buffer>> = {
  "a cycle": "a: &a\n  b: *a\n",
  "a billion laughs": LAUGHS,
  "brackets without end": DEEP,
  "megabytes on a line": HUGE,
  bytes: BINARY,
  "UTF-16": Buffer.from("\uFEFFa: b\n", "utf16le"),
  "a tag that is code": "a: !!js/function 'function () {}'\nb: !!python/object/apply:os.system [id]\n",
  "keys of every object": "__proto__: { polluted: yes }\nconstructor: { prototype: { polluted: yes } }\n",
  "control characters": "a: \u001B[31m\u0007\n",
  nothing: "",
};
const COMMANDS = [["check"], ["list"], ["apply", "--yes"], ["diff"]] as const;

/** 0 is done, 2 refused, 3 somebody has to decide, 4 the machine; 1 would be a fault of ours. */
const ENDED = [0, 2, 3, 4];

const write = (folder: string, path: string, content: string | Buffer): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
};

async function everyCommand(folder: string): Promise<void> {
  for (const command of COMMANDS) {
    const { code, stderr, stdout } = await gen(folder, ...command);
    expect(ENDED, `${command.join(" ")}: ${stderr}`).toContain(code);
    expect(`${stdout}${stderr}`).not.toMatch(/[^\P{Cc}\n\t]/u);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  }
}

describe.each(Object.entries(ODD))("%s", (_, content) => {
  it("in a file of the repository changes nothing", async () => {
    const folder = made.fresh();
    write(folder, "kubernetes/apps/default/echo/app/odd.yaml", content);
    await expectUntouched(folder, () => everyCommand(folder));
  });
  it("as homelab.yaml is refused, and nothing is written", async () => {
    const folder = made.fresh();
    write(folder, "homelab.yaml", content);
    await expectUntouched(folder, async () => {
      await everyCommand(folder);
      expect((await gen(folder, "apply", "--yes")).code).not.toBe(0);
    });
  });
  it("as what gen remembers costs no file of anybody", async () => {
    const folder = made.fresh();
    const record =
      readdirSync(join(folder, ".homelab-net"), { recursive: true, encoding: "utf8" }).find((name) =>
        name.endsWith(".jsonl"),
      ) ?? "";
    expect(record).not.toBe("");
    write(folder, join(".homelab-net", record), content);
    const before = textAt(folder, "kubernetes/apps/default/echo/app/values.yaml");
    await everyCommand(folder);
    expect(textAt(folder, "kubernetes/apps/default/echo/app/values.yaml")).toBe(before);
  });
});

it("follows no link out of the repository, to read or to write", async () => {
  const outside = temporaryFolder("outside");
  writeFileSync(join(outside, "secret.yaml"), "a: 1\n");
  const folder = made.fresh();
  rmSync(join(folder, "docs"), { recursive: true });
  symlinkSync(outside, join(folder, "docs"));
  symlinkSync(join(outside, "secret.yaml"), join(folder, "kubernetes/apps/default/echo/app/link.yaml"));
  rmSync(join(folder, "README.md"));
  symlinkSync(join(outside, "secret.yaml"), join(folder, "README.md"));
  await everyCommand(folder);
  expect(readdirSync(outside)).toEqual(["secret.yaml"]);
  expect(readFileSync(join(outside, "secret.yaml"), "utf8")).toBe("a: 1\n");
});

it("keeps line ends and the mark of Windows in homelab.yaml", async () => {
  const folder = made.fresh();
  const text = `\uFEFF${textAt(folder, "homelab.yaml").replaceAll("\n", "\r\n")}`;
  write(folder, "homelab.yaml", text);
  const { code, stderr } = await gen(folder, "set", "lan.hosts.nas=172.16.1.9", "--yes");
  expect(code, stderr).toBe(0);
  const after = textAt(folder, "homelab.yaml");
  expect(after.startsWith("\uFEFF")).toBe(true);
  expect(after.replaceAll("\r\n", "")).not.toContain("\n");
  expect(after).toContain("nas: 172.16.1.9");
});
