import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyChanges } from "./apply.ts";
import { snapshot, systemError, temporaryFolderWith } from "./disk.fixture.ts";
import { effects, type Hooks } from "./effects.ts";
import { withLock } from "./lock.ts";
import { isRunning, parsePid } from "./processes.ts";
import { recover } from "./recover.ts";

const kept = { ".homelab-net/.gitignore": "" };
const lock = (root: string) => join(root, ".homelab-net/lock");

/** Above the largest process id Linux, macOS or Windows hand out. */
const NOBODY = 4_194_305;

describe("a lock left behind", () => {
  test.each([
    ["by a process that is dead", `${NOBODY}\n`],
    ["by a process that had our id", `${process.pid}\n`],
    ["before the id was in it", ""],
    ["by something else", "not a number\n"],
    ["with an id no process can have", "99999999999999999999\n"],
  ])("%s is taken over by a change and cleared up by any command", async (_, content) => {
    const root = temporaryFolderWith({ ...kept, ".homelab-net/lock": content });
    await applyChanges(root, []);
    expect(snapshot(root)).toEqual(snapshot(temporaryFolderWith(kept)));
    writeFileSync(lock(root), content);
    expect(await recover(root)).toBeUndefined();
    expect(snapshot(root)).toEqual(snapshot(temporaryFolderWith(kept)));
  });

  test("while it was being taken over", async () => {
    const root = temporaryFolderWith({ ...kept, [`.homelab-net/lock.${NOBODY}`]: `${NOBODY}\n` });
    expect(await recover(root)).toBeUndefined();
    expect(snapshot(root)).toEqual(snapshot(temporaryFolderWith(kept)));
  });
});

describe("a lock that is held", () => {
  const living = process.ppid;
  const taken = { exitCode: 4, message: `another run is writing to this repository (process ${living})` };

  test("stops a change and stays", async () => {
    const root = temporaryFolderWith({ ...kept, ".homelab-net/lock": `${living}\n` });
    await expect(applyChanges(root, [])).rejects.toMatchObject(taken);
    expect(readFileSync(lock(root), "utf8")).toBe(`${living}\n`);
  });

  test("holds against the same process", async () => {
    const root = temporaryFolderWith(kept);
    await withLock(root, effects(), async () => {
      await expect(applyChanges(root, [])).rejects.toMatchObject({
        exitCode: 4,
        message: expect.stringContaining(`process ${process.pid}`) as string,
      });
    });
    expect(existsSync(lock(root))).toBe(false);
  });

  test("by a run that was quicker at taking over is given back", async () => {
    const root = temporaryFolderWith({ ...kept, ".homelab-net/lock": `${NOBODY}\n` });
    const hooks: Hooks = {
      before(action, path) {
        // Between reading the dead lock and moving it away, another run has taken it over and holds its own.
        if (action === "rename" && path.endsWith(`lock.${process.pid}`)) writeFileSync(lock(root), `${living}\n`);
      },
    };
    await expect(applyChanges(root, [], hooks)).rejects.toMatchObject(taken);
    expect(snapshot(root)).toEqual(snapshot(temporaryFolderWith({ ...kept, ".homelab-net/lock": `${living}\n` })));
  });
});

test("a lock is given back when the work fails", async () => {
  const root = temporaryFolderWith({});
  await expect(withLock(root, effects(), () => Promise.reject(systemError("EIO")))).rejects.toThrow("EIO");
  expect(snapshot(root)).toEqual({});
});

test("processes", () => {
  expect([isRunning(process.pid), isRunning(process.ppid), isRunning(NOBODY)]).toEqual([true, true, false]);
  expect(["1", "0", "-1", "", "1 ", "1e3", "12345678901"].map(parsePid)).toEqual([
    1,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
