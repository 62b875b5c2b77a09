/** `gen doctor` and `create --probe` with nobody at the other end: what is shown, asked, and left alone. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createGenerator } from "../../generators/create/create.ts";
import { finish } from "../../generators/finish.ts";
import { ruleBook } from "../../src/cli/ruleBook.ts";
import { doctor } from "../../src/cli/commands/doctor/doctor.ts";
import { recordedSession } from "../support/session.ts";
import { expectUntouched, temporaryFolder, writeFiles } from "../support/workspace.ts";
import { catalog, text } from "./network.ts";
import { before, changed, outsideIn, type Change } from "./world.ts";

function repository(): string {
  const folder = temporaryFolder("doctor");
  writeFiles(folder, { "homelab.yaml": text, ".homelab-net/": "", ".mise/config.toml": '"helm" = "4.2.4"\n' });
  return folder;
}

const TAKEN: Change = { addresses: { "172.16.1.61": { refused: [22] } } };

describe("gen doctor", () => {
  it("shows a finding at its place in homelab.yaml", async () => {
    const cwd = repository();
    const outside = outsideIn(changed(before, TAKEN));
    const { text: shown, exitCode } = await expectUntouched(cwd, () =>
      doctor(recordedSession({ cwd, catalog, outside })),
    );
    expect(exitCode).toBe(2);
    expect(shown).toMatch(/error\[DOCTOR-ADDRESS-TAKEN\].*172\.16\.1\.61[^]*homelab\.yaml:\d+:\d+\n.*internal: /);
  });
  it("asks on a terminal whether it may, and nobody without a yes", async () => {
    const outside = outsideIn(before);
    const session = recordedSession({ cwd: repository(), catalog, outside, answers: [false] });
    expect(await doctor(session)).toEqual({ text: "Nothing was asked.", exitCode: 0 });
    expect([session.asked, outside.asked]).toEqual([["Ask them?"], []]);
    expect(session.talk.join("\n")).toContain("TCP 22, 53, 80, 443, 445 at 172.16.1.60-69");
  });
  it("asks nothing twice with --yes, and nobody outside its areas", async () => {
    const outside = outsideIn(before);
    const flags = { yes: true, only: "tools,time" } as const;
    await doctor(recordedSession({ cwd: repository(), catalog, outside, answers: [], flags }));
    expect(new Set(outside.asked.map(({ kind }) => kind))).toEqual(new Set(["program", "time"]));
  });
  it("keeps quiet about a warning that homelab.yaml silences", async () => {
    const cwd = repository();
    const spec = join(cwd, "homelab.yaml");
    const outside = outsideIn(changed(before, { programs: { "talosctl version": { stdout: "v1.12.0" } } }));
    const session = { ...recordedSession({ cwd, catalog, outside, flags: { json: true } }), rules: ruleBook };
    const ids = async () =>
      (JSON.parse((await doctor(session)).text) as { findings: { id: string }[] }).findings.map(({ id }) => id);
    expect(await ids()).toEqual(["DOCTOR-TOOL-VERSION"]);
    writeFileSync(spec, `${readFileSync(spec, "utf8")}silence: { DOCTOR-TOOL-VERSION: it is enough here }\n`);
    expect(await ids()).toEqual([]);
  });
});

describe("create --probe", () => {
  const create = async (
    flags: Readonly<Record<string, string | true>>,
    outside = outsideIn(changed(before, TAKEN)),
    answers?: readonly boolean[],
  ) => {
    const cwd = temporaryFolder("probe");
    const config = { "mine.yaml": text };
    writeFiles(cwd, config);
    const session = recordedSession({
      cwd,
      catalog,
      argument: "home",
      outside,
      flags: { config: "mine.yaml", "no-git": true, ...flags },
      readInput: () => Promise.resolve(text),
      ...(answers !== undefined && { answers }),
    });
    const generator = createGenerator(catalog);
    const prepared = await generator.prepare(await generator.collect(session), session);
    return { session, outside, prepared, outcome: await finish(prepared, session) };
  };

  it("warns with the plan, before anything is written, and writes all the same", async () => {
    const { session, prepared, outcome } = await create({ probe: true, yes: true });
    expect(prepared.findings.map(({ id, severity }) => [id, severity])).toContainEqual([
      "DOCTOR-ADDRESS-ANSWERS",
      "warning",
    ]);
    const talk = session.talk.join("\n");
    expect(talk).toMatch(
      /TCP 22[^]*14 addresses that nobody else has[^]*somebody has 172\.16\.1\.61[^]*Network plan[^]*files in home/,
    );
    expect(outcome.applied).toBeDefined();
  });
  it("asks whether it may, then whether to write", async () => {
    const { session, outside } = await create({ probe: true }, outsideIn(before), [false, false]);
    expect(session.asked).toEqual(["Ask them?", expect.stringMatching(/^Write \d+ files/)]);
    expect(outside.asked).toEqual([]);
  });
  it("asks nobody unless it is said", async () => {
    const { outside, prepared } = await create({ yes: true });
    expect([outside.asked, prepared.findings.map(({ id }) => id).filter((id) => id.startsWith("DOCTOR"))]).toEqual([
      [],
      [],
    ]);
  });
  it("asks for addresses alone", async () => {
    const { outside } = await create({ probe: true, "dry-run": true }, outsideIn(before));
    expect(new Set(outside.asked.map(({ kind }) => kind))).toEqual(new Set(["machine", "address"]));
  });
});
