/** The built program on one broken spec for each rule and each thing a text can have wrong. */
import { describe, expect, it } from "vitest";
import { runHere } from "../support/cli.ts";
import { expectUntouched, temporaryFolder } from "../support/workspace.ts";
import { reference } from "../fixtures/reference.ts";
import { cases } from "../rules/broken.ts";
import { unreadable } from "../rules/doubtful.ts";
import { edited } from "../rules/edits.ts";

// An address that is missing is proposed, and every command but this one refuses it (propose.test.ts).
const refused = cases.filter(({ id }) => id !== "SPEC-ADDRESS");

describe.each([...refused, ...unreadable])("$id", ({ id, broken }) => {
  it("ends with 2, one message with a place, and an untouched disk", async () => {
    const folder = temporaryFolder("refused");
    const { code, stdout, stderr } = await expectUntouched(folder, () =>
      runHere("create-homelab-net", ["home", "--config", "-", "--yes"], {
        cwd: folder,
        input: edited(reference, broken),
      }),
    );
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr.match(/^error\[/gm)).toHaveLength(1);
    expect(stderr).toContain(`error[${id}]`);
    expect(stderr).toMatch(/^ {2}standard input:\d+:\d+$/m);
    expect(stderr).toMatch(/Nothing was written\.\n$/);
    // A host name may be longer than a line, and is not broken.
    expect(stderr.split("\n").filter((line) => line.length > 100 && !/\S{80}/.test(line))).toEqual([]);
  });
});
