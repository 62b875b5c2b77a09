/** The options of a component beside keys of others, with the checks it makes across its own keys. */
import { z } from "zod";
import type { Component } from "../model/component.ts";
import { join, type Keys } from "./objects.ts";
import { written } from "./layers.ts";

export function positionSchema(where: string, keys: Keys, component: Component): z.ZodObject {
  const options = written(component.options);
  if (!(options instanceof z.ZodObject)) throw new Error(`the options of ${component.id} are not an object`);
  const checks = (options.def.checks ?? []) as z.core.$ZodCheck<Record<string, unknown>>[];
  return z.strictObject(join(`${where} with ${component.id}`, keys, options.shape as Keys)).check(...checks);
}
