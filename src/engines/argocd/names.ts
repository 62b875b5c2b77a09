/** Names and versions of Argo CD's objects (CRDs of Argo CD 3.5), and of what this repository makes of them. */

export const APPLICATION = { apiVersion: "argoproj.io/v1alpha1", kind: "Application" } as const;
export const PROJECT = { apiVersion: "argoproj.io/v1alpha1", kind: "AppProject" } as const;
/** Kinds that only Argo CD reads. */
export const KINDS: readonly string[] = ["Application", "ApplicationSet", "AppProject"];

/** Kustomize's own file, read by kustomize and never by the cluster. */
export const KUSTOMIZE = { apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization" } as const;

export const ENGINE_NAMESPACE = "argocd";

/** The cluster that Argo CD itself runs in. */
export const CLUSTER = "https://kubernetes.default.svc";

/** Below `kubernetes`: what Argo CD begins at. */
export const FOLDER = "kubernetes/argo";

/** This repository among the sources of an Application; `$values/…` is a path from its top. */
export const VALUES_REF = "values";

/** On an object that is deleted neither because a file went nor together with its Application. */
export const KEEP = { "argocd.argoproj.io/sync-options": "Prune=false,Delete=false" } as const;

/**
 * Deleting the Application deletes what it applied, and it goes when that is gone. The plain name means the same; of that
 * the server warns that it has no path (argoproj/argo-cd, pkg/apis/application/v1alpha1/types.go, GetPropagationPolicy).
 */
export const CASCADE = "resources-finalizer.argocd.argoproj.io/foreground";

/** Who the files of the engine itself are by. */
export const ENGINE = "engine argocd";

/** `network`: what this network is made of. `apps`: what people run on it. */
export type Project = "root" | "network" | "apps";
