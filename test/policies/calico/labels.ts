/** Labels that Calico gives to endpoints beside their own (projectcalico/calico, libcalico-go/lib/backend/k8s/conversion). */

export const IN_NAMESPACE = "projectcalico.org/namespace";
/** Before labels of the namespace, and of the service account. */
export const NAMESPACE_PREFIX = "pcns.";
export const ACCOUNT_PREFIX = "pcsa.";
