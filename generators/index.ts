/** Every generator, in the order help shows them. One line each. */
import type { Catalog } from "../src/model/component.ts";
import { addAppGenerator } from "./add-app/addApp.ts";
import { addRecordGenerator } from "./add-record/addRecord.ts";
import { addRouteGenerator } from "./add-route/addRoute.ts";
import { applyGenerator } from "./apply/apply.ts";
import { createGenerator } from "./create/create.ts";
import { diffGenerator } from "./diff/diff.ts";
import type { Generator } from "./generator.ts";
import { setGenerator } from "./set/set.ts";

export function generators(catalog: Catalog): readonly Generator[] {
  const writers: readonly Generator[] = [
    createGenerator(catalog),
    addAppGenerator,
    addRouteGenerator,
    addRecordGenerator,
  ];
  return [...writers, setGenerator(catalog, writers), applyGenerator(writers), diffGenerator(writers)];
}
