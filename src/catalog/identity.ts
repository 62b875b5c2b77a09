/**
 * Headers by which a service that knows people says who somebody is: only what it says reaches an app (Authelia
 * documentation, Trusted Header SSO; authentik documentation, Proxy provider: headers sent to upstream applications).
 */
export const IDENTITY = [
  "Remote-User",
  "Remote-Groups",
  "Remote-Name",
  "Remote-Email",
  "X-authentik-username",
  "X-authentik-groups",
  "X-authentik-entitlements",
  "X-authentik-email",
  "X-authentik-name",
  "X-authentik-uid",
] as const;
