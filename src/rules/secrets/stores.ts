/** Where External Secrets looks for values. */
import { externalSecrets } from "../../catalog/external-secrets.ts";
import { externalSecretsOptions, STORES } from "../../catalog/externalStores.ts";
import { optionsOf } from "../../model/chosen.ts";
import type { Rule } from "../rule.ts";

export const storeFound: Rule = {
  id: "SECRETS-STORE",
  severity: "error",
  title: "A store of secrets can be found",
  because: "Nothing that needs a secret is installed before the store answers.",
  source: "external-secrets documentation, Provider: HashiCorp Vault, Kubernetes, Bitwarden Secrets Manager",
  *check(plan) {
    const options = optionsOf(plan, externalSecrets);
    if (options === undefined) return;
    const missing = STORES[options.store].needs.filter(({ key }) => options[key] === undefined);
    if (missing.length === 0) return;
    yield {
      message: `secrets are to be fetched from ${options.store}, and nobody says where that is`,
      paths: ["secrets.store"],
      fix: missing.map(({ key, what }) => `secrets.${key}: ${what}`).join("; "),
    };
  },
};

const USUAL = externalSecretsOptions.parse({});

export const storeReadsIt: Rule = {
  id: "SECRETS-STORE-KEY",
  severity: "error",
  title: "What is said of a store is said of the one that is asked",
  because: "Nobody would read it, and who wrote it takes it for done.",
  source:
    "external-secrets documentation, Provider: 1Password SDK, Bitwarden Secrets Manager, HashiCorp Vault, Kubernetes",
  *check(plan) {
    const options = optionsOf(plan, externalSecrets);
    if (options === undefined) return;
    const ofStores = new Set(Object.values(STORES).flatMap(({ reads }) => reads));
    for (const key of ofStores) {
      if (options[key] === USUAL[key] || STORES[options.store].reads.includes(key)) continue;
      const readers = Object.entries(STORES).filter(([, { reads }]) => reads.includes(key));
      yield {
        message: `secrets.${key} says something of ${readers.map(([name]) => name).join(" or ")}, and ${options.store} is asked`,
        paths: [`secrets.${key}`, "secrets.store"],
        fix: `leave it out, or secrets.store: ${readers[0]?.[0] ?? ""}`,
      };
    }
  },
};

export const storeInCluster: Rule = {
  id: "SECRETS-STORE-SELF",
  severity: "error",
  title: "The store of secrets is another cluster",
  because: "A cluster that is built anew would look for its secrets in itself, and has none.",
  source: "docs/decisions/024-secrets.md",
  *check(plan) {
    const options = optionsOf(plan, externalSecrets);
    if (options?.store !== "kubernetes" || options.server === undefined) return;
    const { hostname } = new URL(options.server);
    const own = [...plan.cluster.api.addresses, ...plan.nodes.flatMap(({ ips }) => ips)];
    if (!own.some((address) => String(address) === hostname.replace(/^\[|\]$/g, ""))) return;
    yield {
      message: `secrets are to be fetched from the cluster at ${hostname}, which is this one`,
      paths: ["secrets.server", "cluster.api"],
      fix: "the API of another cluster, or secrets: cluster, where this one keeps them",
    };
  },
};
