import { expect, test } from "vitest";
import { emitted, emittedCatalog, emittedNetworks } from "../../../test/fixtures/emitted.ts";
import { reference } from "../../../test/fixtures/reference.ts";
import { checkViews } from "../../../test/fixtures/views.ts";
import { edit, edited, ON_BARE_METAL } from "../../../test/rules/edits.ts";
import { memoryView } from "./memoryPage.ts";

const PAGE = "repository/docs/memory.md";

const small = emitted(
  edited(reference, [...ON_BARE_METAL, edit("interface: ens18", "memory: 1GiB, interface: ens18")]),
);
const textOf = ({ plan }: typeof small): string =>
  emittedCatalog.templates.render(PAGE, { name: plan.name, ...memoryView(plan) });

test("the page reads every key of its view, and no other", () => {
  const views = [...emittedNetworks, small].map(({ plan }) => ({ name: plan.name, ...memoryView(plan) }));
  expect(checkViews([PAGE], views)).toEqual({ unread: [], undeclared: [] });
});

test("a machine with too little is named, and by how much", () => {
  const text = textOf(small);
  expect(text).toContain("| talos-cp-1 | 1GiB | 2GiB |");
  expect(text).toMatch(/talos-cp-1 .* too little \|/);
  expect(text).toContain("talos-cp-1, talos-cp-2, talos-cp-3");
});

test("what is not said is said to be missing, and what is known fits", () => {
  expect(textOf(emitted(edited(reference, ON_BARE_METAL)))).toContain("homelab.yaml does not say");
  expect(textOf(emitted(reference))).not.toMatch(/does not say|too little/);
});
