/** Parameters of who may talk to whom. */
import { all, setting, type Parameter } from "./parameter.ts";
import { value, without } from "./base.ts";

const ALLOWED = setting("policies.allow", [
  { from: "media/web", to: "databases/postgres", ports: [5432, "53/udp"] },
  { from: "media/web", to: "internet" },
  { from: "media/*", to: "lan", ports: [2049] },
  { from: "anyone", to: "media/web", ports: [8096] },
  { from: "gateway", to: "media/web" },
  { from: "databases/operator", to: "api" },
]);

const closed = (denial: "enforce" | "audit") =>
  all(setting("policies.defaultDeny", { media: denial, databases: "enforce" }), ALLOWED);

/** Those with parts of the network in them; a row may have none of what is in one. */
const PARTS = [
  "network",
  "cert-manager",
  "external-secrets",
  "sops-secrets-operator",
  "metallb-system",
  "tailscale",
  "observability",
  "consul",
  "vault-secrets-operator",
  "local-path-storage",
  "system-upgrade",
  "etcd-snapshots",
];

const partsClosed = setting(
  "policies.defaultDeny",
  Object.fromEntries(PARTS.map((namespace) => [namespace, "enforce"])),
);

const owners = setting("policies.names", { media: ["photos.ragas.cc", "*.media.ragas.cc"], web: ["photos.ragas.cc"] });

export const policyShapes: readonly Parameter[] = [
  { name: "owners of names", values: [without, value("two namespaces, one name for both", owners)] },
  {
    name: "namespaces",
    values: [
      without,
      value("closed", closed("enforce"), { "cni.provider": ["cilium", "calico"] }),
      value("closed by K3s", closed("enforce"), { "cni.provider": ["flannel"], distribution: ["k3s"] }),
      value("looked at", closed("audit"), { "cni.provider": ["cilium", "calico"] }),
      value("of parts closed", partsClosed, { "cni.provider": ["cilium", "calico"] }),
      value("of parts closed by K3s", partsClosed, { "cni.provider": ["flannel"], distribution: ["k3s"] }),
      value("open, and something is allowed", ALLOWED, { "cni.provider": ["cilium", "calico"] }),
    ],
  },
];
