/** Consul, Nomad and Vault that run on machines of the house. */
import { consul } from "../../catalog/consul.ts";
import { nomad } from "../../catalog/nomad.ts";
import { vaultSecretsOperator } from "../../catalog/vault-secrets-operator.ts";
import { optionsOf } from "../../model/chosen.ts";
import type { SpecPath } from "../../model/finding.ts";
import type { Label } from "../../model/names.ts";
import type { Plan } from "../../model/plan.ts";
import { suggest } from "../../model/suggest.ts";
import type { Rule } from "../rule.ts";

interface Lists {
  readonly program: string;
  readonly path: SpecPath;
  readonly names: readonly Label[];
}

function listsOf(plan: Plan): readonly Lists[] {
  const [agents, jobs] = [optionsOf(plan, consul), optionsOf(plan, nomad)];
  return [
    { program: "Consul", path: "hashicorp.consul.servers", names: agents?.servers ?? [] },
    { program: "Nomad", path: "hashicorp.nomad.servers", names: jobs?.servers ?? [] },
    { program: "Nomad", path: "hashicorp.nomad.clients", names: jobs?.clients ?? [] },
  ];
}

export const machinesBeside: Rule = {
  id: "BESIDE-MACHINE",
  severity: "error",
  title: "Consul and Nomad run on machines that are known, and on which programs can be installed",
  because: "Their addresses are those of their machines, and some systems run Kubernetes and nothing beside it.",
  source: "homelab.yaml: lan.hosts, cluster.nodes; Talos documentation: no package manager, no shell",
  *check(plan) {
    const { lan, nodes, cluster } = plan;
    const known = [...lan.hosts, ...nodes].map(({ name }) => name);
    for (const { program, path, names } of listsOf(plan)) {
      for (const [index, name] of names.entries()) {
        const isNode = nodes.some((node) => node.name === name);
        if (known.includes(name) && !(isNode && cluster.traits.ownsMachine)) continue;
        const near = isNode ? undefined : suggest(name, known);
        yield {
          message: isNode
            ? `${program} runs on ${name}, a node whose system runs nothing beside Kubernetes`
            : `${program} runs on ${name}, and no machine of lan.hosts or cluster.nodes is called so`,
          paths: [`${path}.${index}`, isNode ? "cluster.nodes" : "lan.hosts"],
          fix:
            near === undefined ? "a machine of lan.hosts, or a node with a Linux of its own" : `did you mean ${near}?`,
        };
      }
    }
  },
};

export const vaultSealedWay: Rule = {
  id: "VAULT-PLAIN",
  severity: "warning",
  title: "the cluster asks Vault by https",
  because: "Whoever listens on the way reads every secret, and the token it was asked for with.",
  source: "Vault documentation, Production hardening: end-to-end TLS",
  *check(plan) {
    const address = optionsOf(plan, vaultSecretsOperator)?.address;
    if (address === undefined || !address.startsWith("http:")) return;
    yield {
      message: `${address} is not encrypted`,
      paths: ["hashicorp.vault.address"],
      fix: "a listener of Vault with a certificate, and https in the address",
    };
  },
};
