import { expect, test } from "vitest";
import { emitted } from "../../test/fixtures/emitted.ts";
import { edited, edit, ON_BARE_METAL } from "../../test/rules/edits.ts";
import { reference } from "../../test/fixtures/reference.ts";
import { askedMemory, isShort, memoryOf, totalMemory } from "./memory.ts";
import type { Component } from "./component.ts";
import type { Plan } from "./plan.ts";
import { anywhere, onEach, workloadsIn, type Workload } from "./workloads.ts";

const sized = (size: string) => emitted(edited(reference, [...ON_BARE_METAL, edit("interface: ens18", size)])).plan;
const known = sized("memory: 4GiB, interface: ens18");
const unknown = sized("interface: ens18");

/** The machines of a network with nothing but these on them. */
const holding = (plan: Plan, ...workloads: readonly Workload[]) => {
  const component = { workloads: () => workloads } as unknown as Component;
  return memoryOf({ ...plan, chosen: [{ component, options: {}, shared: {} }] });
};
const asked = (plan: Plan, ...workloads: readonly Workload[]) => holding(plan, ...workloads).map(askedMemory);

test("the distribution asks more of a control plane, and pods of every machine are on each", () => {
  expect(asked(known)).toEqual([2048, 2048, 2048, 1024]);
  expect(asked(known, onEach(known.nodes, "agent", 100))).toEqual([2148, 2148, 2148, 1124]);
});

test("pods go where most is free, apart from others of their own", () => {
  expect(asked(known, anywhere("one", 100))).toEqual([2048, 2048, 2048, 1124]);
  expect(asked(known, anywhere("two", 100, 2))).toEqual([2148, 2048, 2048, 1124]);
  expect(asked(known, anywhere("small", 100), anywhere("large", 1500))).toEqual([2148, 2048, 2048, 2524]);
});

test("pods for some machines are on no other, and without one nowhere", () => {
  const [first] = known.nodes;
  expect(asked(known, anywhere("one", 100, 1, first === undefined ? [] : [first]))).toEqual([2148, 2048, 2048, 1024]);
  expect(totalMemory(holding(known, anywhere("one", 100, 1, [])))).toBe(0);
});

test("what fits nowhere makes a machine short, and what is not said never does", () => {
  expect(holding(known, anywhere("fits", 3000)).filter(isShort)).toEqual([]);
  expect(holding(known, anywhere("too large", 4000)).filter(isShort)).toHaveLength(1);
  expect(holding(unknown, anywhere("too large", 40_000)).filter(isShort)).toEqual([]);
});

test("a machine that its own are full on is left alone where another has place", () => {
  const machines = holding(known, anywhere("large", 2000, 2), anywhere("larger", 2900));
  expect(machines.filter(isShort)).toEqual([]);
});

test("who asks is known by what was chosen", () => {
  const loose = workloadsIn(known).filter(({ chosen }) => !known.chosen.includes(chosen));
  expect(loose).toEqual([]);
});
