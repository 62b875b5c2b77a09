/** Every generator, in the order help shows them. One line each. */
import type { Catalog } from "../src/model/component.ts";
import { addAppGenerator } from "./add-app/addApp.ts";
import { addRecordGenerator } from "./add-record/addRecord.ts";
import { addRouteGenerator } from "./add-route/addRoute.ts";
import { createGenerator } from "./create/create.ts";
import type { Generator } from "./generator.ts";

export const generators = (catalog: Catalog): readonly Generator[] => [
  createGenerator(catalog),
  addAppGenerator,
  addRouteGenerator,
  addRecordGenerator,
];
