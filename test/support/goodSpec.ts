/** Specs of the made-up catalog that have nothing wrong with them. */
import { expect } from "vitest";
import { loadSpec } from "../../src/spec/load.ts";
import type { Spec } from "../../src/spec/spec.ts";
import { madeUpCatalog } from "../fixtures/catalog.ts";

const catalog = madeUpCatalog();

export function good(text: string): Spec {
  const { spec, findings } = loadSpec(text, "homelab.yaml", catalog);
  expect(findings).toEqual([]);
  if (spec === undefined) throw new Error("no findings and no spec");
  return spec;
}
