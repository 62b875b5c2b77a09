/** Who may talk to whom, said where it cannot be. */
import { withCalico } from "./brokenCalico.ts";
import { edit, EXISTING, type Case, type Edit } from "./edits.ts";

const policies = (text: string): Edit => edit("\ndns:\n", `\npolicies: { ${text} }\n\ndns:\n`);

/** As Talos brings it, with nobody who enforces policies. */
const ON_FLANNEL: readonly Edit[] = [...withCalico(""), edit("provider: calico", "provider: flannel")];

const allow = (entry: string): Edit => policies(`allow: [{ ${entry} }]`);

export const policyCases: readonly Case[] = [
  {
    id: "POLICY-NETWORK",
    broken: [...ON_FLANNEL, policies("defaultDeny: { media: enforce }")],
    nearMiss: [...EXISTING, policies("defaultDeny: { media: enforce }")],
  },
  {
    id: "POLICY-NETWORK",
    broken: [...ON_FLANNEL, policies("allow: [{ from: anyone, to: media/app }]")],
    nearMiss: [...EXISTING, policies("allow: [{ from: anyone, to: media/app }]")],
  },
  {
    id: "POLICY-LOOK",
    broken: [...EXISTING, policies("defaultDeny: { media: audit }")],
    nearMiss: [...EXISTING, policies("defaultDeny: { media: none }")],
  },
  {
    id: "POLICY-CUT",
    broken: [policies("defaultDeny: { kube-system: enforce }")],
    nearMiss: [policies("defaultDeny: { default: enforce }")],
  },
  {
    id: "POLICY-CUT",
    broken: [policies("defaultDeny: { flux-system: enforce }")],
    nearMiss: [policies("defaultDeny: { flux-system: none, media: enforce }")],
  },
  {
    id: "POLICY-CUT",
    broken: [policies("defaultDeny: { kube-public: enforce }")],
    nearMiss: [policies("defaultDeny: { kube-publications: enforce }")],
  },
  {
    id: "POLICY-CUT",
    broken: [edit("gitops: flux", "gitops: argocd"), policies("defaultDeny: { argocd: enforce }")],
    nearMiss: [edit("gitops: flux", "gitops: argocd"), policies("defaultDeny: { flux-system: enforce }")],
  },
  {
    id: "POLICY-CUT",
    broken: [...withCalico(""), policies("defaultDeny: { calico-system: enforce }")],
    nearMiss: [...withCalico(""), policies("defaultDeny: { network: enforce, cert-manager: enforce }")],
  },
  {
    id: "POLICY-PARTY",
    broken: [allow("from: gateway, to: internet")],
    nearMiss: [allow("from: media/app, to: internet")],
  },
  {
    id: "POLICY-SENDER",
    broken: [allow("from: 172.16.1.20, to: media/app")],
    nearMiss: [allow("from: anyone, to: media/app")],
  },
  {
    id: "POLICY-SENDER",
    broken: [allow("from: lan, to: media/app")],
    nearMiss: [allow("from: media/app, to: lan")],
  },
  {
    id: "POLICY-PARTY",
    broken: [allow("from: media/app, to: api, ports: [6443]")],
    nearMiss: [allow("from: media/app, to: api")],
  },
  {
    id: "POLICY-PARTY",
    broken: [allow("from: media/app, to: gateway, ports: [443]")],
    nearMiss: [allow("from: media/app, to: gateway")],
  },
  {
    id: "POLICY-PARTY",
    broken: [edit("provider: envoy-gateway", "provider: cilium"), allow("from: media/app, to: gateway")],
    nearMiss: [edit("provider: envoy-gateway", "provider: cilium"), allow("from: gateway, to: media/app")],
  },
  {
    id: "POLICY-PARTY",
    broken: [allow("from: media/app, to: 172.16.1.50, ports: [6443]")],
    nearMiss: [allow("from: media/app, to: 172.16.1.20, ports: [2049]")],
  },
  {
    id: "POLICY-PARTY",
    broken: [allow("from: media/app, to: 10.42.1.0/24")],
    nearMiss: [allow("from: media/app, to: 10.44.1.0/24")],
  },
  {
    id: "POLICY-PARTY",
    broken: [allow("from: media/app, to: fd00:9::/64")],
    nearMiss: [allow("from: media/app, to: 192.168.9.0/24")],
  },
  {
    id: "POLICY-TWICE",
    broken: [policies("allow: [{ from: a/b, to: c/d, ports: [1, 2/udp] }, { from: a/b, to: c/d, ports: [2/UDP, 1] }]")],
    nearMiss: [policies("allow: [{ from: a/b, to: c/d, ports: [1, 2/udp] }, { from: a/b, to: c/d, ports: [1, 2] }]")],
  },
];

export const policyWarnings: readonly Case[] = [
  {
    id: "POLICY-AUDITED",
    broken: [policies("defaultDeny: { media: audit, default: enforce }")],
    nearMiss: [policies("defaultDeny: { media: enforce, default: enforce }")],
  },
  {
    id: "POLICY-AUDITED",
    broken: [policies("defaultDeny: { media: audit }")],
    nearMiss: [...withCalico(""), policies("defaultDeny: { media: audit }")],
  },
];
