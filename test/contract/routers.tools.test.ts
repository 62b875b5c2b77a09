/** Needs HOMELAB_NET_TOOLS: what routers are given, read by FRR, dnsmasq and nftables. */
import { describe, expect, it } from "vitest";
import { frrComplaints } from "../support/frr.ts";
import { dnsmasqComplaints, nftablesComplaints } from "../support/linuxRouter.ts";
import { emitted, emittedNetworks } from "../fixtures/emitted.ts";
import { detouredBy, plainlyBy, routedBy } from "../fixtures/routerVariations.ts";

const networks = [
  ...emittedNetworks,
  ...Object.entries({ routedBy, detouredBy, plainlyBy }).map(([name, network]) => ({
    name,
    ...emitted(network("frr")),
  })),
];

const filesCalled = (ending: RegExp) =>
  networks.flatMap(({ name, tree }) =>
    [...tree]
      .filter(([path]) => path.includes("routers/") && ending.test(path))
      .map(([path, { content }]) => ({ name, path, content })),
  );

describe.each([
  ["FRR", /\/(frr|routes)\.conf$/, frrComplaints],
  ["dnsmasq", /\/dnsmasq\.conf$/, dnsmasqComplaints],
  ["nftables", /\/nftables\.conf$/, nftablesComplaints],
] as const)("configurations of %s", (_, ending, complaints) => {
  const files = filesCalled(ending);

  it("are there", () => expect(files.length).toBeGreaterThan(2));

  it.each(files)("$name: $path", async ({ content }) => {
    expect(await complaints(content)).toBe("");
  });
});

describe("a rule that is only for those who like it", () => {
  it("is one when somebody takes the sign away", async () => {
    const texts = filesCalled(/\/nftables\.conf$/).map(({ content }) => content.replace(/^# (?=insert)/gm, ""));
    expect(texts.some((text) => text.includes("tcp dport { 80,443 }"))).toBe(true);
    for (const text of texts) expect(await nftablesComplaints(text)).toBe("");
  });
});
