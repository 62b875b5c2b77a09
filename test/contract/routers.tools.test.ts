/** Needs HOMELAB_NET_TOOLS: what routers are given, read by FRR. */
import { describe, expect, it } from "vitest";
import { frrComplaints } from "../support/frr.ts";
import { emittedNetworks } from "../fixtures/emitted.ts";

const files = emittedNetworks.flatMap(({ name, tree }) =>
  [...tree].filter(([path]) => path.endsWith("/frr.conf")).map(([path, { content }]) => ({ name, path, content })),
);

describe("configurations of FRR", () => {
  it("are there", () => expect(files.length).toBeGreaterThan(2));

  it.each(files)("$name: $path", async ({ content }) => {
    expect(await frrComplaints(content)).toBe("");
  });
});
