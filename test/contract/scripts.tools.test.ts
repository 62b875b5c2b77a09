/** Needs HOMELAB_NET_TOOLS: every script of the emitted networks, read by shellcheck, alike ones once. */
import { describe, expect, it } from "vitest";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { shellcheck } from "../support/shellcheck.ts";

const all = emittedNetworks.flatMap(({ name, tree }) =>
  [...tree]
    .filter(([path]) => path.endsWith(".sh"))
    .map(([path, { content, executable }]) => ({ name, path, content, executable })),
);
const scripts = [...new Map(all.map((script) => [script.content, script])).values()];

describe("scripts", () => {
  it("are there", () => expect(scripts).not.toEqual([]));

  it.each(scripts)("$name: $path", async ({ content, executable }) => {
    expect(await shellcheck(content)).toEqual([]);
    expect(executable).toBe(true);
  });
});
