/** Every check, in the order of the areas. */
import { bootstrap } from "./bootstrap.ts";
import type { Check } from "./check.ts";
import { cilium } from "./cilium.ts";
import { flux } from "./flux.ts";
import { kinds } from "./kinds.ts";
import { networks } from "./networks.ts";
import { proxmox } from "./proxmox.ts";
import { repository } from "./repository.ts";
import { talos } from "./talos.ts";
import { versions } from "./versions.ts";

export const checks: readonly Check[] = [
  ...networks,
  ...cilium,
  ...talos,
  ...versions,
  ...bootstrap,
  ...flux,
  ...kinds,
  ...proxmox,
  ...repository,
];
