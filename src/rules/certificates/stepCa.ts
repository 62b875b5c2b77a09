/** step-ca: the machine it runs on, and those that it signs for. */
import { haproxy } from "../../catalog/haproxy.ts";
import { stepCa } from "../../catalog/step-ca.ts";
import { forCluster } from "../../catalog/stepCaFiles.ts";
import { optionsOf } from "../../model/chosen.ts";
import type { Plan } from "../../model/plan.ts";
import { suggest } from "../../model/suggest.ts";
import type { Rule } from "../rule.ts";

const PATH = "certificates.step-ca";

const hostsLike = ({ lan }: Plan, name: string): string => {
  const near = suggest(
    name,
    lan.hosts.map((host) => host.name),
  );
  return near === undefined
    ? "a machine of lan.hosts that runs Debian, Ubuntu or Raspberry Pi OS"
    : `did you mean ${near}?`;
};

export const authorityOutside: Rule = {
  id: "STEP-HOST",
  severity: "error",
  title: "step-ca runs on a machine of lan.hosts, outside the cluster",
  because: "It is there for the time when the cluster is not, and by its address machines and the cluster find it.",
  source: "homelab.yaml: lan.hosts; smallstep documentation, step-ca: Production considerations",
  *check(plan) {
    const options = optionsOf(plan, stepCa);
    if (options === undefined || plan.lan.hosts.some(({ name }) => name === options.host)) return;
    const isNode = plan.nodes.some(({ name }) => name === options.host);
    yield {
      message: isNode
        ? `step-ca runs on ${options.host}, which is a node of the cluster`
        : `step-ca runs on ${options.host}, and no machine of lan.hosts is called so`,
      paths: [`${PATH}.host`, isNode ? "cluster.nodes" : "lan.hosts"],
      fix: isNode ? "a machine of lan.hosts that is no node" : hostsLike(plan, options.host),
    };
  },
};

export const authorityAlone: Rule = {
  id: "STEP-PORT",
  severity: "error",
  title: "step-ca has a port of its own",
  because: "The second program that asks for a port of a machine does not start.",
  source: "Linux, bind(2): EADDRINUSE",
  *check(plan) {
    const options = optionsOf(plan, stepCa);
    const proxy = optionsOf(plan, haproxy);
    if (options === undefined || !proxy?.hosts.includes(options.host)) return;
    for (const key of ["port", "metrics"] as const) {
      if (proxy[key] !== options.port) continue;
      yield {
        message: `port ${options.port} of ${options.host} is that of step-ca and one of HAProxy`,
        paths: [`${PATH}.port`, `cluster.api.${key}`],
        fix: `${PATH}.port: ${options.port === 9000 ? 9443 : 9000}`,
      };
    }
  },
};

export const knownToSsh: Rule = {
  id: "STEP-MACHINES",
  severity: "error",
  title: "machines that step-ca signs for are known, and it signs for SSH",
  because: "A certificate is for names and addresses, and without SSH there is nothing to sign for a machine.",
  source: "homelab.yaml: lan.hosts; OpenSSH, PROTOCOL.certkeys: valid principals",
  *check(plan) {
    const { machines = [], ssh } = optionsOf(plan, stepCa) ?? {};
    if (machines.length > 0 && ssh === false)
      yield {
        message: `${machines.join(" and ")} would have certificates for SSH, and step-ca does not sign for SSH`,
        paths: [`${PATH}.machines`],
        fix: `${PATH}.ssh: true, or leave the machines out`,
      };
    for (const [index, name] of machines.entries()) {
      const node = plan.nodes.find((one) => one.name === name);
      if (plan.lan.hosts.some((host) => host.name === name)) continue;
      yield {
        message:
          node === undefined
            ? `no machine of lan.hosts is called ${name}`
            : `${name} is a node: ${plan.cluster.traits.ownsMachine ? "its system has no SSH" : "every node has a certificate already"}`,
        paths: [`${PATH}.machines.${index}`, node === undefined ? "lan.hosts" : "cluster.nodes"],
        fix: node === undefined ? hostsLike(plan, name) : "leave it out",
      };
    }
  },
};

export const rootTold: Rule = {
  id: "STEP-ROOT",
  severity: "warning",
  title: "the cluster knows the root of step-ca",
  because: "Until then it has nobody to ask, and its gateways no certificates.",
  source: "step-issuer v0.11.0, StepClusterIssuerSpec: caBundle",
  *check(plan) {
    const options = optionsOf(plan, stepCa);
    if (options === undefined || options.root !== undefined || !forCluster(plan)) return;
    yield {
      message: "step-ca is not made yet, or homelab.yaml does not say what it is known by",
      paths: [PATH],
      fix: "bootstrap/step-ca.sh, then what `bootstrap/step-ca.sh root` prints, then gen apply",
    };
  },
};
