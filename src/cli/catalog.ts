/** Everything that can be chosen, with the text and the versions it was built with. */
import { pins } from "#generated/pins";
import { templates } from "#generated/templates";
import { components } from "../catalog/components.ts";
import { slots } from "../catalog/slots.ts";
import { engines } from "../engines/engines.ts";
import type { Catalog } from "../model/component.ts";
import { platforms } from "../platforms/platforms.ts";
import { routers } from "../routers/routers.ts";
import { createTemplates } from "../render/templates.ts";

/** One for the whole process: what is worked out for a catalog, its schema above all, is remembered with it. */
export const assembleCatalog = (): Catalog => (assembled ??= assemble());

let assembled: Catalog | undefined;

function assemble(): Catalog {
  const byId = new Map(pins.map((pin) => [pin.id, pin]));
  return {
    slots,
    components: components(byId),
    engines,
    platforms,
    routers,
    pins: byId,
    templates: createTemplates(templates),
  };
}
