/** Policies of every emitted network let pass what its plan declares, and nothing else to whoever they close. */
import { describe, expect, it } from "vitest";
import { emittedNetworks } from "../../fixtures/emitted.ts";
import { policyFindings } from "./network.ts";

const networks = emittedNetworks.map(({ name, plan, tree, prefix }) => ({
  name,
  plan,
  files: new Map([...tree].map(([path, { content }]) => [path.slice(prefix.length), content])),
}));

describe("declared traffic", () => {
  it.each(networks)("passes, and no other, in $name", ({ plan, files }) => {
    expect(policyFindings(plan, files)).toEqual([]);
  });
});
