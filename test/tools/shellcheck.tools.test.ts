/** Needs HOMELAB_NET_TOOLS: shellcheck on PATH. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkout } from "../support/paths.ts";
import { shellcheck } from "../support/shellcheck.ts";

test("a script with a mistake is reported with its line", async () => {
  expect(await shellcheck("#!/bin/sh\nfile=$1\nrm -r $file/*\n")).toEqual(
    expect.arrayContaining([expect.stringMatching(/^line 3: SC2086 /)]),
  );
});

test("what is no script at all is reported too", async () => {
  expect(await shellcheck("#!/bin/sh\nif then\n")).not.toEqual([]);
});

test("the script of the checks is in order", async () => {
  expect(await shellcheck(readFileSync(join(checkout, ".ci/run"), "utf8"))).toEqual([]);
});
