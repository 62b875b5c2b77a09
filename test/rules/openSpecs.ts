/** Specs that leave things open, and what is proposed for them. */
import { assembleCatalog } from "../../src/cli/catalog.ts";
import type { Proposal } from "../../src/plan/proposal.ts";
import { loadSpec } from "../../src/spec/load.ts";
import type { Spec } from "../../src/spec/spec.ts";
import { read } from "../../src/yaml/read.ts";

export const catalog = assembleCatalog();

interface Given {
  readonly lan?: string;
  readonly more?: string;
  readonly nodes?: readonly string[];
}

export const textOf = ({ lan = "172.16.1.0/24", more = "", nodes = ["172.16.1.50"] }: Given): string => `version: 1
name: home
domains: [ragas.cc]
repository: { url: https://github.com/example/homelab.git }
gitops: flux
lan:
  cidr: ${lan}
  ${more}
cluster:
  distribution: talos
  hardware: bare-metal
  nodeDefaults: { interface: eth0, disk: /dev/sda }
  nodes:
${nodes.map((ip, index) => `    cp-${index}: { ip: ${ip}, role: control-plane }`).join("\n")}
`;

export const specOf = (given: Given): Spec => specIn(textOf(given));

export function specIn(text: string): Spec {
  const { spec, findings } = loadSpec(text, "homelab.yaml", catalog);
  if (spec === undefined) throw new Error(findings.map(({ message }) => message).join(", "));
  return spec;
}

export const parse = (text: string): unknown => read(text, "homelab.yaml", { aliases: "refuse" }).value;

export const values = (proposals: readonly Proposal[]) =>
  Object.fromEntries(proposals.map(({ path, value }) => [path, value]));
