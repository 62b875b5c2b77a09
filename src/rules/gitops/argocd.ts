/** What Argo CD needs of the rest of the network. */
import { chosenIn } from "../../model/chosen.ts";
import type { Plan } from "../../model/plan.ts";
import type { Rule } from "../rule.ts";

interface ArgoOptions {
  readonly gateways?: readonly string[];
  readonly highAvailability: boolean;
  readonly knownHosts: readonly string[];
}

function optionsOf(plan: Plan): ArgoOptions | undefined {
  const [chosen] = chosenIn(plan, "gitops");
  return chosen?.component.engine === "argocd" ? (chosen.options as ArgoOptions) : undefined;
}

/** Redis runs three times with a proxy before it, never two of a kind on a machine (its chart: hardAntiAffinity). */
const MACHINES = 3;

export const enoughMachines: Rule = {
  id: "ARGO-MACHINES",
  severity: "error",
  title: "Argo CD that outlives a machine has three machines",
  because:
    "Its caches run three times and never twice on one machine; what finds no machine waits, and Argo CD with it.",
  source: "argo-cd chart, values: redis-ha.hardAntiAffinity; redis-ha chart, values: replicas",
  *check(plan) {
    if (optionsOf(plan)?.highAvailability !== true) return;
    const machines = plan.nodes.filter(({ runsPods }) => runsPods).length;
    if (machines >= MACHINES) return;
    yield {
      message: `Argo CD is to outlive a machine, and ${machines === 1 ? "one runs" : `${machines} run`} pods`,
      paths: ["gitops.highAvailability"],
      fix: `leave gitops.highAvailability out, or have ${MACHINES} machines that run pods`,
    };
  },
};

/** Of the chart (argo-cd 10.1.1, values: configs.ssh.knownHosts). */
const KNOWN = [
  "github.com",
  "ssh.github.com",
  "gitlab.com",
  "bitbucket.org",
  "ssh.dev.azure.com",
  "vs-ssh.visualstudio.com",
];

export const knownHost: Rule = {
  id: "ARGO-KNOWN-HOST",
  severity: "error",
  title: "Argo CD knows the host it asks over ssh",
  because: "It speaks to no host whose key it does not know: the repository is never read.",
  source: "Argo CD documentation, Declarative Setup: SSH known host public keys; argo-cd chart, values: configs.ssh",
  *check(plan) {
    const options = optionsOf(plan);
    if (options === undefined || plan.repository.access !== "deploy-key") return;
    const { hostname, port } = new URL(plan.repository.url);
    const spelled = port === "" || port === "22" ? hostname : `[${hostname}]:${port}`;
    const told = options.knownHosts.flatMap((line) => (line.split(" ")[0] ?? "").split(","));
    if (KNOWN.includes(hostname) || told.includes(spelled)) return;
    yield {
      message: `the repository is read from ${spelled} over ssh, whose key Argo CD does not know`,
      paths: ["gitops.knownHosts", "repository.url"],
      fix: `what \`ssh-keyscan ${port === "" ? "" : `-p ${port} `}${hostname}\` prints into gitops.knownHosts, compared with what the host itself says`,
    };
  },
};

export const interfaceGateway: Rule = {
  id: "ARGO-GATEWAY",
  severity: "error",
  title: "the web interface of Argo CD is at a gateway there is",
  because: "A route without its gateway leads nowhere, and nobody is told.",
  source: "gateways of homelab.yaml",
  *check(plan) {
    const missing = optionsOf(plan)?.gateways?.filter(
      (name) => !plan.gateways.some((gateway) => gateway.name === name),
    );
    for (const name of missing ?? [])
      yield {
        message: `the web interface of Argo CD is to be at the gateway ${name}, which does not exist`,
        paths: ["gitops.gateways"],
        fix:
          plan.gateways.length === 0
            ? "leave gitops.gateways out"
            : `one of ${plan.gateways.map((each) => each.name).join(", ")}`,
      };
  },
};

/** Ways of signing that one engine alone knows. */
const ONLY: Readonly<Record<string, string>> = { gogs: "argocd", "generic-hmac": "flux" };

export const signedPush: Rule = {
  id: "PUSH-SORT",
  severity: "error",
  title: "the engine checks pushes the way they are signed",
  because: "A message it cannot check is refused, so a push is heard of minutes later, as without a webhook.",
  source: "Flux documentation, Receiver: types; Argo CD documentation, Webhook Configuration: secrets by provider",
  *check(plan) {
    for (const { component, options, path } of chosenIn(plan, "notifications")) {
      const { from } = options as { readonly from?: string };
      if (component.provider !== "push" || from === undefined || (ONLY[from] ?? plan.engine) === plan.engine) continue;
      yield {
        message: `pushes are signed as ${from} does, which ${plan.engine} does not check`,
        paths: [`${path}.from`],
        fix: "leave it out for what the host of the repository does, or name another way",
      };
    }
  },
};
