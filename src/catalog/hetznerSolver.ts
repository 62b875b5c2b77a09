/** What names the webhook in an issuer (hetzner/cert-manager-webhook-hetzner v0.9.0, docs/reference/issuer-configuration.md). */
export const HETZNER_SOLVER = { groupName: "acme.hetzner.com", solverName: "hetzner" } as const;
