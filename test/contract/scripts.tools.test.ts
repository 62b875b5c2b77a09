/** Needs HOMELAB_NET_TOOLS: every script that is emitted, once, read by shellcheck. */
import { describe, expect, it } from "vitest";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { shellcheck } from "../support/shellcheck.ts";

const all = emittedNetworks.flatMap(({ name, tree }) =>
  [...tree]
    .filter(([path]) => path.endsWith(".sh"))
    .map(([path, { content, executable }]) => ({ name, path, content, executable })),
);
const scripts = all.filter(({ content }, index) => all.findIndex((other) => other.content === content) === index);

describe("scripts", () => {
  it("are there", () => expect(scripts).not.toEqual([]));

  it.each(scripts)("$name: $path", async ({ content, executable }) => {
    expect(await shellcheck(content)).toEqual([]);
    expect(executable).toBe(true);
  });
});
