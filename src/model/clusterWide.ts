/** Kinds whose objects are in no namespace: no object says it of itself. */

// Without a namespace by themselves (Kubernetes, Flux, Gateway API, cert-manager, Calico, Cilium, MetalLB, Tailscale and step-issuer CRDs: scope).
const CLUSTER_WIDE = new Set([
  "APIServer",
  "APIService",
  "BGPConfiguration",
  "BGPFilter",
  "CSIDriver",
  "CalicoNodeStatus",
  "CiliumBGPAdvertisement",
  "CiliumBGPClusterConfig",
  "CiliumBGPPeerConfig",
  "CiliumClusterwideNetworkPolicy",
  "CiliumL2AnnouncementPolicy",
  "CiliumLoadBalancerIPPool",
  "ClusterIssuer",
  "ClusterRole",
  "ClusterRoleBinding",
  "ClusterSecretStore",
  "Connector",
  "CustomResourceDefinition",
  "FelixConfiguration",
  "GatewayClass",
  "GlobalNetworkPolicy",
  "GlobalNetworkSet",
  "Goldmane",
  "HostEndpoint",
  "IPPool",
  "IPReservation",
  "IngressClass",
  "Installation",
  "KubeControllersConfiguration",
  "MutatingWebhookConfiguration",
  "Namespace",
  "Node",
  "PersistentVolume",
  "PriorityClass",
  "ProxyClass",
  "RuntimeClass",
  "StagedGlobalNetworkPolicy",
  "StepClusterIssuer",
  "StorageClass",
  "Tier",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "ValidatingWebhookConfiguration",
  "VolumeSnapshotClass",
  "Whisker",
]);

/** Kinds of a name that others have in namespaces: MetalLB calls what it tells routers so as well. */
const OF_GROUPS = new Set(["crd.projectcalico.org/BGPPeer", "projectcalico.org/BGPPeer"]);

/** `group`: as in `apiVersion`, without the version. */
export const isClusterWide = (kind: string, group = ""): boolean =>
  CLUSTER_WIDE.has(kind) || OF_GROUPS.has(`${group}/${kind}`);
