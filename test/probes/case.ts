import type { Plan } from "../../src/model/plan.ts";
import type { Change, World } from "./world.ts";

export interface Case {
  readonly id: string;
  readonly what: string;
  readonly in: World;
  readonly broken: Change;
  readonly nearMiss: Change;
  /** That of the preset when absent. */
  readonly network?: Plan;
}
