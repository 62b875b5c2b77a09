/** docs/security.md says what holds for the network it stands in. */
import { describe, expect, it } from "vitest";
import { emittedNetworks } from "../fixtures/emitted.ts";

describe.each(emittedNetworks)("$name", ({ tree, prefix, plan }) => {
  const page = (tree.get(`${prefix}docs/security.md` as never)?.content ?? "").replaceAll(/\s+/g, " ");

  it("calls namespaces the others only where some are closed", () => {
    expect(page.includes("Every other namespace is open")).toBe(
      plan.policies.closed.size > 0 && plan.cluster.podNetwork.enforces.length > 0,
    );
  });

  it("says of each gateway who reaches it", () => {
    const remote = plan.chosen.flatMap(({ slot, component }) => (slot === "remote" ? [component.title] : []));
    for (const { object, public: way } of plan.gateways) {
      const [, reach] = new RegExp(`\\| \`${object}\` \\| [^|]* \\| ([^|]*) \\|`).exec(page) ?? [];
      expect(reach).toBe(
        way !== undefined
          ? "the LAN and the internet"
          : ["the LAN", ...remote.map((title) => `your own devices by ${title}`)].join(", "),
      );
    }
  });
});

it("has a network of each kind", () => {
  const ways = emittedNetworks.map(({ plan }) => plan.chosen.some(({ slot }) => slot === "remote"));
  expect(new Set(ways).size).toBe(2);
});
