/** Every check, in the order of the areas. */
import type { Check } from "./check.ts";
import { cilium } from "./cilium.ts";
import { flux } from "./flux.ts";
import { networks } from "./networks.ts";
import { repository } from "./repository.ts";
import { talos } from "./talos.ts";
import { versions } from "./versions.ts";

export const checks: readonly Check[] = [...networks, ...cilium, ...talos, ...flux, ...repository, ...versions];
