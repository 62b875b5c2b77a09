import { expect, test } from "vitest";
import { emitted } from "../../test/fixtures/emitted.ts";
import { reference } from "../../test/fixtures/reference.ts";
import { addressRows, groupsOf } from "./addressRows.ts";

const { plan } = emitted(reference);

test("neighbours that are alike share a line, in the order of addresses", () => {
  const rows = addressRows(plan).map(({ address, what }) => `${address} ${what}`);
  expect(rows).toContain("172.16.1.50-52 talos-cp-1, talos-cp-2, talos-cp-3");
  expect(rows.indexOf("172.16.1.53 talos-worker-1")).toBe(
    rows.indexOf("172.16.1.50-52 talos-cp-1, talos-cp-2, talos-cp-3") + 1,
  );
  expect(rows.at(-2)).toBe("10.42.0.0/16 pods");
});

test("what lies between two of a kind, or what is said of them, parts them", () => {
  const [first, second, third] = plan.addresses.claims.filter(({ role }) => role === "node");
  if (first === undefined || second === undefined || third === undefined) throw new Error("three nodes are wanted");
  const names = (claims: Parameters<typeof groupsOf>[0]) => groupsOf(claims).map(({ owners }) => owners.length);
  expect(names([first, second, third])).toEqual([3]);
  expect(names([first, third])).toEqual([1, 1]);
  expect(names([first, { ...second, note: "another" }, third])).toEqual([1, 1, 1]);
  expect(names([first, { ...second, sameAs: true }])).toEqual([1]);
});

test("every address of the book is in a line", () => {
  const text = addressRows(plan)
    .map(({ what }) => what)
    .join("\n");
  for (const { owner, sameAs } of plan.addresses.claims) if (!sameAs) expect(text).toContain(owner);
});
