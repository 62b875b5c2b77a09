/** One network as both engines have it: the same homelab.yaml but for the engine, and for words that only one of them knows. */
import { asMap, at, isMap } from "../../../src/model/unknown.ts";
import { readDocuments } from "../../../src/yaml/documents.ts";
import { emitted, type Emitted } from "../../fixtures/emitted.ts";

export interface UnderBoth {
  readonly flux: Emitted;
  readonly argo: Emitted;
}

export function underBoth(network: Emitted): UnderBoth {
  const text = [...network.tree].find(([path]) => path === `${network.prefix}homelab.yaml`)?.[1].content;
  if (text === undefined) throw new Error("a network has its homelab.yaml");
  const spec = asMap(readDocuments(text, "homelab.yaml")[0]);
  const { hostname, port } = new URL(network.plan.repository.url);
  const known = `${port === "" ? hostname : `[${hostname}]:${port}`} ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMade0up`;
  return {
    flux: named(spec, "flux", "flux", network),
    argo: named(spec, "argocd", { provider: "argocd", knownHosts: [known] }, network),
  };
}

const ONE_ENGINE_ONLY = ["gogs", "generic-hmac"];

function named(spec: object, engine: string, gitops: unknown, network: Emitted): Emitted {
  if (network.plan.engine === engine) return network;
  const push = at(spec, "notifications", "push");
  const notifications = asMap(at(spec, "notifications"));
  const isForOne = isMap(push) && ONE_ENGINE_ONLY.includes(String(push["from"]));
  const changed = {
    ...spec,
    gitops,
    ...(isForOne && { notifications: { ...notifications, push: true } }),
  };
  return emitted(`${JSON.stringify(changed)}\n`);
}
