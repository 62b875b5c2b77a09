import { z } from "zod";
import { nth, type Ip } from "../model/address.ts";
import type { Component } from "../model/component.ts";
import type { Plan } from "../model/plan.ts";
import { stubsOf } from "../model/stub.ts";
import { appDomain } from "../model/zones.ts";
import type { Flow } from "../model/unit.ts";
import { anywhere } from "../model/workloads.ts";
import { replicas } from "./workloadNodes.ts";

const NAME = "coredns";
const NAMESPACE = "kube-system";

/** Where the kubelet sends pods for names: the tenth address of the Services (Talos and kubeadm documentation). */
const TENTH = 10;

/**
 * In place of the one a distribution brings: that one is overwritten with every upgrade of Kubernetes, and it does not
 * know who answers for the domains of this network.
 */
export const coreDns: Component<Record<string, never>> = {
  id: NAME,
  title: "CoreDNS",
  summary: "answers pods: names of Services, names of your domains, and the rest through the resolvers of the LAN",
  options: z.strictObject({}),
  needed: (plan) => stubsOf(plan).length > 0 && !plan.cluster.traits.brings.includes(NAME),
  units: (plan) => [
    {
      id: NAME,
      component: NAME,
      namespace: NAMESPACE,
      release: { name: NAME, chart: NAME, values: "components/coredns/values.yaml" },
      // The engine resolves the address of its repository through it.
      early: true,
      view: {
        // It tolerates the taint of control planes, as the one it replaces.
        replicas: replicas(plan.nodes),
        address: nth(plan.cluster.services, TENTH),
        addresses: plan.stacks.length > 1 ? addressesOf(plan) : [],
        stubs: stubsOf(plan).map(({ domains, servers }) => ({
          zones: domains.map((domain) => `${domain}.`),
          forward: `. ${servers.join(" ")}`,
        })),
      },
    },
  ],
  flows: () => [dnsFlow],
  workloads: ({ nodes }) => [anywhere(NAME, 70, replicas(nodes), nodes)],
  pins: [NAME],
  docs: {
    template: "components/coredns/docs.md",
    fragments: { dns: "components/coredns/dns.md", troubleshooting: "components/coredns/troubleshooting.md" },
    view: (plan) => ({
      stubs: stubsOf(plan).map(({ domains, servers }) => ({
        domains,
        servers,
        question: questionTo(servers[0] ?? ""),
        name: exampleIn(domains[0] ?? "", plan),
      })),
    }),
  },
};

/** Of each family: the kubelet names all of them to pods (Talos 1.13.9, pkg/machinery/resources/k8s, DNSServiceAddrs). */
const addressesOf = ({ stacks }: Plan): readonly Ip[] =>
  stacks.flatMap(({ services }) => (services === undefined ? [] : [nth(services.value, TENTH)]));

/** For dig: `172.16.1.60`, `10.4.0.11 -p 8600`. */
function questionTo(server: string): string {
  const [, host = server, port] = /^\[?(.+?)\]?(?::(\d+))?$/.exec(server) ?? [];
  return port === undefined ? host : `${host} -p ${port}`;
}

/** A name that is there: of an app in a domain of the network, of the servers themselves in Consul's. */
const exampleIn = (domain: string, plan: Plan): string =>
  plan.domains.some((one) => one === domain) ? `echo.${appDomain(plan)}` : `${domain}.service.${domain}`;

const dnsFlow: Flow = {
  unit: NAME,
  namespace: NAMESPACE,
  name: NAME,
  to: { "k8s-app": "kube-dns" },
  from: ["cluster"],
  ports: [
    { port: 53, protocol: "UDP" },
    { port: 53, protocol: "TCP" },
  ],
  because: "questions of pods and of nodes",
};
