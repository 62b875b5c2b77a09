import type { Engine } from "../model/component.ts";
import { argocd } from "./argocd.ts";
import { flux } from "./flux.ts";

export const engines: readonly Engine[] = [flux, argocd];
