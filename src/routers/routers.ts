import type { Router } from "../model/router.ts";
import { any } from "./any.ts";
import { frr } from "./frr.ts";
import { mikrotik } from "./mikrotik.ts";
import { opnsense } from "./opnsense.ts";
import { pfsense } from "./pfsense.ts";
import { unifi } from "./unifi.ts";
import { vyos } from "./vyos.ts";

/** The first stands in for a router whose software nobody named. */
export const routers: readonly [Router, ...Router[]] = [any, frr, opnsense, pfsense, unifi, mikrotik, vyos];
