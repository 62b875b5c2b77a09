/** Names and versions of Flux's objects (CRDs of Flux 2.9). */

export const KUSTOMIZATION = { apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization" } as const;
export const HELM_RELEASE = { apiVersion: "helm.toolkit.fluxcd.io/v2", kind: "HelmRelease" } as const;
export const OCI_REPOSITORY = { apiVersion: "source.toolkit.fluxcd.io/v1", kind: "OCIRepository" } as const;
export const HELM_REPOSITORY = { apiVersion: "source.toolkit.fluxcd.io/v1", kind: "HelmRepository" } as const;
export const GIT_REPOSITORY = { apiVersion: "source.toolkit.fluxcd.io/v1", kind: "GitRepository" } as const;

/** Kustomize's own file, read by kustomize and never by the cluster. */
export const KUSTOMIZE = { apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization" } as const;

export const ENGINE_NAMESPACE = "flux-system";

/** This repository as a source, made by the FluxInstance and named after the namespace. */
export const REPOSITORY = { kind: "GitRepository", name: "flux-system", namespace: ENGINE_NAMESPACE } as const;

/**
 * On Kustomizations whose objects outlive them: deleting a resource type deletes every object of it. They are left out
 * of the defaults, because WaitForTermination deletes also where `prune` is false (kustomize-controller,
 * finalizerShouldDeleteResources).
 */
export const KEEP_LABEL = { "app.kubernetes.io/component": "crds" } as const;
export const WITHOUT_KEEP_LABEL = "app.kubernetes.io/component!=crds";

/** `app/ks.yaml` → `./app/ks.yaml`. */
export const relative = (path: string): string => `./${path}`;

/** Who the files of the engine itself are by. */
export const ENGINE = "engine flux";
