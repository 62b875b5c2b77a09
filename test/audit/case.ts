import type { Edit } from "../rules/edits.ts";
import type { Changes } from "./repository.ts";

export interface AuditCase {
  /** Id of the one finding. */
  readonly id: string;
  readonly what: string;
  readonly broken: Changes;
  /** As close as it gets without being wrong. */
  readonly nearMiss: Changes;
}

export const APPS = "kubernetes/apps";
export const ECHO = `${APPS}/default/echo/app`;
export const PHOTOS = `${APPS}/default/photos/app`;
export const GATEWAY = `${APPS}/network/gateway/config`;

export const change = (find: string, replace: string): readonly Edit[] => [{ find, replace }];
