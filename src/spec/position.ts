/** The options of a component beside keys of others, with the checks it makes across its own keys. */
import { z } from "zod";
import type { Component } from "../model/component.ts";
import { join, type Keys } from "./objects.ts";
import { written } from "./layers.ts";
import { keysOf } from "./shape.ts";

/** Checks that a component makes across its own keys, wherever they stand. */
export function checksOf({ id, options }: Component): readonly z.core.$ZodCheck<Record<string, unknown>>[] {
  const core = written(options);
  if (!(core instanceof z.ZodObject)) throw new Error(`the options of ${id} are not an object`);
  return (core.def.checks ?? []) as z.core.$ZodCheck<Record<string, unknown>>[];
}

export function positionSchema(where: string, keys: Keys, component: Component): z.ZodObject {
  const checks = checksOf(component);
  return z.strictObject(join(`${where} with ${component.id}`, keys, keysOf(component.options))).check(...checks);
}
