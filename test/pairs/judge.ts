/** What the rules say of a row. */
import type { Catalog } from "../../src/model/component.ts";
import { errorsOf } from "../../src/rules/check.ts";
import { rules } from "../../src/rules/index.ts";
import { assessSpec } from "../../src/rules/planSpec.ts";
import { BASE } from "./base.ts";
import { draftOf, type Parameter, type Row } from "./parameter.ts";

/** The spec of a row as a text: JSON is YAML. */
export const textOf = (row: Row, parameters: readonly Parameter[]): string =>
  `${JSON.stringify(draftOf(row, parameters, BASE), undefined, 2)}\n`;

/** Ids of the rules that refuse it, once each. */
export function refusals(row: Row, parameters: readonly Parameter[], catalog: Catalog): readonly string[] {
  const { findings } = assessSpec(textOf(row, parameters), "homelab.yaml", catalog, rules);
  return [...new Set(errorsOf(findings).map(({ id }) => id))];
}
