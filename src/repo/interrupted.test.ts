/** Runs that are killed or interrupted at every single step they do to the disk. */
import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EnvironmentError } from "../model/errors.ts";
import { applyChanges } from "./apply.ts";
import { buildProgram, folderBefore, type Program } from "./children.fixture.ts";
import { snapshot, temporaryFolder } from "./disk.fixture.ts";
import type { Action, Hooks } from "./effects.ts";
import { recover } from "./recover.ts";
import { scenarios, type ScenarioName } from "./scenarios.fixture.ts";

let program: Program;
beforeAll(async () => {
  program = await buildProgram();
});
afterAll(() => program.remove());

interface Expected {
  readonly before: object;
  readonly after: object;
  /** What the run does to the disk when nothing happens to it. */
  readonly steps: readonly Action[];
}

async function uninterrupted(name: ScenarioName, from = folderBefore(name)): Promise<Expected> {
  const before = snapshot(from);
  const steps: Action[] = [];
  const hooks: Hooks = { before: (action) => void steps.push(action) };
  await scenarios[name].run(from, hooks);
  return { before, after: snapshot(from), steps };
}

/** Three at a time. */
async function atEveryStep(steps: readonly Action[], check: (step: number) => Promise<void>): Promise<void> {
  const rest = steps.map((_, step) => step);
  const worker = async () => {
    for (let step = rest.shift(); step !== undefined; step = rest.shift()) await check(step);
  };
  await Promise.all([worker(), worker(), worker()]);
}

/** Ctrl-C as this process would get it, at one step. */
const interruptAt = (step: number): Hooks => {
  let count = 0;
  return { before: () => void (count++ === step && process.emit("SIGINT")) };
};

const endOf = (run: Promise<{ readonly interrupted: boolean }>): Promise<string> =>
  run.then(
    ({ interrupted }) => (interrupted ? "interrupted" : "done"),
    (error: Error) => error.name,
  );

const applying = ["apply", "apply without a state folder", "create beside a README"] as const;
const appearing = ["create where nothing is", "create in an empty folder"] as const;

describe.each(applying)("%s", (name) => {
  test("killed at any step: the next command finds it as before or finished", async () => {
    const { before, after, steps } = await uninterrupted(name);
    const outcomes = new Set<string | undefined>();
    await atEveryStep(steps, async (step) => {
      const folder = folderBefore(name);
      expect((await program.start(name, folder, step, "kill").ended).signal).toBe("SIGKILL");
      const recovery = await recover(join(folder, scenarios[name].at));
      outcomes.add(recovery?.outcome);
      const now = snapshot(folder);
      expect([before, after]).toContainEqual(now);
      if (recovery !== undefined) expect(now).toEqual(recovery.outcome === "finished" ? after : before);
      expect(await recover(join(folder, scenarios[name].at))).toBeUndefined();
    });
    expect(outcomes).toEqual(new Set(["undone", "finished", undefined]));
  });

  test("Ctrl-C at any step: nothing written, or everything", async () => {
    const { before, after, steps } = await uninterrupted(name);
    const ends = new Set<string>();
    for (const step of steps.keys()) {
      const folder = folderBefore(name);
      const end = await endOf(scenarios[name].run(folder, interruptAt(step)));
      ends.add(end);
      expect(snapshot(folder)).toEqual(end === "CancelledError" ? before : after);
    }
    // Once everything is decided, the last steps only give back the lock.
    expect(ends).toEqual(new Set(["CancelledError", "interrupted", "done"]));
  });
});

describe.each(appearing)("%s", (name) => {
  test("killed at any step: nothing or all of it, and the next run clears up", async () => {
    const { before, after, steps } = await uninterrupted(name);
    await atEveryStep(steps, async (step) => {
      const folder = folderBefore(name);
      expect((await program.start(name, folder, step, "kill").ended).signal).toBe("SIGKILL");
      const visible = Object.entries(snapshot(folder)).filter(([path]) => !path.includes(".create-homelab-net-"));
      expect([before, after]).toContainEqual(Object.fromEntries(visible));
      await scenarios[name].run(folder, {});
      expect(snapshot(folder)).toEqual(after);
    });
  });

  test("Ctrl-C at any step leaves no trace, or all of it", async () => {
    const { before, after, steps } = await uninterrupted(name);
    const ends = new Set<string>();
    for (const step of steps.keys()) {
      const folder = folderBefore(name);
      const end = await endOf(scenarios[name].run(folder, interruptAt(step)));
      ends.add(end);
      expect(snapshot(folder)).toEqual(end === "CancelledError" ? before : after);
    }
    expect(ends).toEqual(new Set(["CancelledError", "interrupted"]));
  });
});

test("a real Ctrl-C ends nothing in the middle, and is not lost", async () => {
  const { before, after, steps } = await uninterrupted("apply");
  const interruptedAt = async (step: number) => {
    const folder = folderBefore("apply");
    return { ended: await program.start("apply", folder, step, "interrupt").ended, now: snapshot(folder) };
  };
  expect(await interruptedAt(steps.indexOf("rename") - 1)).toEqual({
    ended: { said: "CancelledError", signal: null },
    now: before,
  });
  expect(await interruptedAt(steps.lastIndexOf("rename"))).toEqual({
    ended: { said: "interrupted", signal: null },
    now: after,
  });
});

test("recovery can be killed at any step too", async () => {
  const { before, after, steps } = await uninterrupted("apply");
  for (const killedAt of [steps.indexOf("rename"), steps.lastIndexOf("rename")]) {
    const broken = folderBefore("apply");
    await program.start("apply", broken, killedAt, "kill").ended;
    const copy = () => {
      const folder = temporaryFolder();
      cpSync(broken, folder, { recursive: true });
      return folder;
    };
    const recovery = await uninterrupted("recover", copy());
    expect([before, after]).toContainEqual(recovery.after);
    await atEveryStep(recovery.steps, async (step) => {
      const folder = copy();
      expect((await program.start("recover", folder, step, "kill").ended).signal).toBe("SIGKILL");
      await recover(folder);
      expect(snapshot(folder)).toEqual(recovery.after);
    });
  }
});

describe("two runs at once", () => {
  test("the second is told, and nothing of the first is disturbed", async () => {
    const { after, steps } = await uninterrupted("apply");
    const folder = folderBefore("apply");
    const first = program.start("apply", folder, steps.lastIndexOf("rename"), "wait");
    expect(await first.says).toBe("waiting");
    await expect(applyChanges(folder, [])).rejects.toMatchObject({
      exitCode: 4,
      message: `another run is writing to this repository (process ${first.pid})`,
      hint: `wait until it has finished; if process ${first.pid} is none of ours, remove .homelab-net/lock`,
    });
    await expect(recover(folder)).rejects.toThrow(EnvironmentError);
    first.goOn();
    expect((await first.ended).said).toContain("done");
    expect(snapshot(folder)).toEqual(after);
  });

  test("commands that only read go on while nothing is half written", async () => {
    const folder = folderBefore("apply");
    // The lock is the first thing a run writes; the journal is not there yet at the step after it.
    const first = program.start("apply", folder, 1, "wait");
    await first.says;
    expect(existsSync(join(folder, ".homelab-net/lock"))).toBe(true);
    expect(await recover(folder)).toBeUndefined();
    first.goOn();
    await first.ended;
  });

  test("of two runs that create one repository, one does", async () => {
    const { after, steps } = await uninterrupted("create where nothing is");
    const folder = folderBefore("create where nothing is");
    const first = program.start("create where nothing is", folder, steps.length - 1, "wait");
    await first.says;
    await scenarios["create where nothing is"].run(folder, {});
    first.goOn();
    expect((await first.ended).said).toContain("NeedsUserError");
    expect(snapshot(folder)).toEqual(after);
  });
});
