/** One contract for every component, on every shape of network. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { flowsIn, unitsIn, usesOf } from "../../test/fixtures/inUse.ts";
import { networks } from "../../test/fixtures/givens.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import { checkViews } from "../../test/fixtures/views.ts";
import { isChosen } from "../model/chosen.ts";
import { textsOf } from "../model/docs.ts";
import type { Flow, Unit } from "../model/unit.ts";
import type { Plan } from "../model/plan.ts";

const plans = Object.entries(networks).map(([name, given]) => ({ name, plan: planOf(given) }));

const having = (id: string) => plans.filter(({ plan }) => isChosen(plan, id));
const inUse = (id: string): readonly Plan[] => having(id).map(({ plan }) => plan);

describe.each(catalog.components.map((component) => ({ id: component.id, component })))("$id", ({ id, component }) => {
  test("is part of one of the networks below", () => {
    expect(inUse(id)).not.toEqual([]);
  });

  test("has a place: a slot of the catalog, a condition, or somebody who requires it", () => {
    const required = catalog.components.some(({ requires }) => requires?.includes(id));
    if (component.slot === undefined) expect(required || component.needed !== undefined).toBe(true);
    else expect(catalog.slots.map((slot) => slot.id)).toContain(component.slot);
  });

  test("describes itself and every option in one clause", () => {
    const clauses = [component.summary, ...descriptionsOf(component.options)];
    for (const clause of clauses) expect(clause, clause).toMatch(/^[a-zA-Z].*[^.!]$/);
  });

  test("every default says why", () => {
    expect(defaultsWithoutReason(component.options)).toEqual([]);
  });

  test.each(having(id))("its units are complete: $name", ({ plan }) => {
    for (const unit of unitsIn(plan, id)) {
      expect(unit.component).toBe(id);
      expect(unit.id).toMatch(/^[a-z0-9-]+(\/[a-z0-9-]+)?$/);
      expect(
        [unit.release, unit.remote, unit.templates, unit.objects, unit.routes].filter((part) => part !== undefined),
        unit.id,
      ).not.toEqual([]);
      for (const pin of pinsOf(unit)) expect(catalog.pins.has(pin), pin).toBe(true);
      for (const template of templatesOf(unit)) expect(catalog.templates.has(template), template).toBe(true);
    }
    for (const flow of flowsIn(plan, id)) {
      expect(unitsIn(plan, id).map((unit) => [unit.id, unit.namespace])).toContainEqual([flow.unit, flow.namespace]);
    }
  });

  test("its templates read every key of its views, and no other", () => {
    const perUnit = new Map<string, Unit[]>();
    for (const unit of inUse(id).flatMap((plan) => unitsIn(plan, id)))
      perUnit.set(unit.id, [...(perUnit.get(unit.id) ?? []), unit]);
    for (const [unit, same] of perUnit) {
      const templates = [...new Set(same.flatMap(templatesOf))];
      expect({
        unit,
        ...checkViews(
          templates,
          same.map(({ view }) => view),
        ),
      }).toEqual({ unit, unread: [], undeclared: [] });
    }
  });

  test("its docs read every key of their view, and no other", () => {
    const { docs } = component;
    if (docs === undefined) throw new Error(`${id} has no docs`);
    const views = inUse(id).flatMap((plan) =>
      usesOf(plan, id).map((chosen) => docs.view(plan, chosen.options, chosen)),
    );
    const templates = [
      ...textsOf(docs.template),
      ...textsOf(docs.page?.template),
      ...Object.values(docs.fragments ?? {}).flatMap(textsOf),
    ];
    expect(checkViews(templates, views)).toEqual({ unread: [], undeclared: [] });
    for (const template of templates)
      for (const view of views) expect(catalog.templates.render(template, view)).not.toContain("undefined");
  });
});

test("ids and the names of providers are unique", () => {
  const ids = catalog.components.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const providers = catalog.components
    .filter(({ slot }) => slot !== undefined)
    .map(({ slot, provider, id }) => `${slot} ${provider ?? id}`);
  expect(new Set(providers).size).toBe(providers.length);
});

test("every slot for one falls back to one of its own components", () => {
  for (const slot of catalog.slots)
    if (slot.form === "one")
      for (const { component } of slot.fallbacks)
        expect(catalog.components.find(({ id }) => id === component)?.slot).toBe(slot.id);
});

test("what is a part of another component, or works on some distributions only, names those there are", () => {
  const ids = catalog.components.map(({ id }) => id);
  const distributions = catalog.platforms.filter(({ role }) => role === "distribution").map(({ id }) => id);
  for (const { id, partOf, distributions: own = [], requires = [] } of catalog.components) {
    if (partOf !== undefined) expect(ids, id).toContain(partOf);
    for (const distribution of own) expect(distributions, id).toContain(distribution);
    for (const required of requires) expect(ids, id).toContain(required);
  }
});

test.each(plans)("no two units or policies share a name: $name", ({ plan }) => {
  const used = [...new Set(plan.chosen.map(({ component }) => component.id))];
  const units = used.flatMap((component) => unitsIn(plan, component).map(({ id, namespace }) => `${namespace} ${id}`));
  expect(new Set(units).size).toBe(units.length);
  const policies = used.flatMap((component) => flowsIn(plan, component)).map(nameOf);
  expect(new Set(policies).size).toBe(policies.length);
});

const nameOf = ({ namespace, name }: Flow): string => `${namespace}/${name}`;

const pinsOf = ({ release, remote }: Unit): readonly string[] =>
  [release?.chart, remote?.pin].filter((pin) => pin !== undefined);

const templatesOf = ({ release, templates }: Unit): readonly string[] => [
  ...(release === undefined ? [] : [release.values]),
  ...(templates === undefined ? [] : catalog.templates.list(templates)),
];

interface JsonSchema {
  readonly description?: string;
  readonly default?: unknown;
  readonly because?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

const jsonOf = (schema: z.ZodType): JsonSchema =>
  z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;

function keysBelow({ properties = {} }: JsonSchema): readonly (readonly [string, JsonSchema])[] {
  return Object.entries(properties).flatMap(([key, below]) => [[key, below] as const, ...keysBelow(below)]);
}

const descriptionsOf = (schema: z.ZodType): readonly string[] =>
  keysBelow(jsonOf(schema)).map(([key, { description }]) => description ?? `${key} is not described.`);

/** A group is as its keys are, so it needs no reason of its own. */
const defaultsWithoutReason = (schema: z.ZodType): readonly string[] =>
  keysBelow(jsonOf(schema))
    .filter(([, key]) => key.default !== undefined && key.because === undefined && key.properties === undefined)
    .map(([key]) => key);
