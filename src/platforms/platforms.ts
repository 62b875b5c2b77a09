import type { Platform } from "../model/component.ts";
import { bareMetal } from "./bare-metal.ts";
import { talos } from "./talos.ts";

export const platforms: readonly Platform[] = [talos, bareMetal];
