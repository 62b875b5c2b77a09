/** Names of Argo CD's objects and of what it reads on others (CRDs and docs of Argo CD 3.5). */
import type { KubernetesObject } from "../objects.ts";

export const ARGO_GROUP = "argoproj.io";

/** Where Argo CD lives, and its Applications unless somebody says otherwise. */
export const ARGO_NAMESPACE = "argocd";

/** The Application that applies all others, in a repository made by `gen`. */
export const ROOT = "root";

/** There from the first start of Argo CD, in the repository or not; an Application that says no project is in it. */
export const DEFAULT_PROJECT = "default";

export const WAVE = "argocd.argoproj.io/sync-wave";

export const SYNC_OPTIONS = "argocd.argoproj.io/sync-options";

/** In that annotation, or in `syncOptions` of an Application. */
export const SERVER_SIDE = "ServerSideApply=true";

const isOurs = (wanted: string, { kind, group }: KubernetesObject): boolean => kind === wanted && group === ARGO_GROUP;

export const isApplication = (object: KubernetesObject): boolean => isOurs("Application", object);
export const isApplicationSet = (object: KubernetesObject): boolean => isOurs("ApplicationSet", object);
export const isProject = (object: KubernetesObject): boolean => isOurs("AppProject", object);
