/** Groups of Flux's objects (CRDs of Flux 2.9 and Flux Operator). */
export const KUSTOMIZE_GROUP = "kustomize.toolkit.fluxcd.io";
export const HELM_GROUP = "helm.toolkit.fluxcd.io";
export const SOURCE_GROUP = "source.toolkit.fluxcd.io";
export const OPERATOR_GROUP = "fluxcd.controlplane.io";

/** Where Flux lives, and how the source of this repository is called unless somebody says otherwise. */
export const FLUX_SYSTEM = "flux-system";
