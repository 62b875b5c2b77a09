import type { Router } from "../model/router.ts";
import { frr } from "./frr.ts";
import { opnsense } from "./opnsense.ts";

/** The first stands in for a router whose software nobody named. */
export const routers: readonly [Router, ...Router[]] = [frr, opnsense];
