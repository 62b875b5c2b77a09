/** Whom the one asks who asks addresses of the network, with the pods behind them. */
import { contains, familyOf, type Ip } from "../model/address.ts";
import type { Begun } from "../model/policies.ts";
import type { Plan } from "../model/plan.ts";
import type { Flow, Pods } from "../model/unit.ts";
import { asksAddress, asksInternet, asksMachines, asksNodes, tcp, udp } from "./begins.ts";
import { internetResolvers, machinesPinged, resolversOfHouse, throughInternet } from "./probes.ts";

export function probesBegin(pods: Pods, plan: Plan): readonly Begun[] {
  const { api } = plan.cluster;
  const reached = (ips: readonly Ip[]) => ips.filter((ip) => plan.stacks.some(({ family }) => family === familyOf(ip)));
  const isNode = (ip: string): boolean => plan.nodes.some(({ ips }) => ips.some((own) => own === ip));
  const inPools = (ip: Ip): boolean => plan.pools.some(({ range }) => contains(range, ip));
  const pinged = reached(machinesPinged(plan));
  const unpinged = (ips: readonly Ip[]) => ips.filter((ip) => !pinged.includes(ip));
  const servers = unpinged(reached(resolversOfHouse(plan))).filter((ip) => !inPools(ip));
  return [
    ...asksMachines(
      plan,
      pods,
      unpinged(api.addresses).map((ip) => ({ ip, port: api.port })),
      "it asks the address of the API",
    ),
    // An address that moves is that of a node for the node which has it.
    ...(api.addresses.every(isNode) ? [] : [asksNodes(pods, tcp(api.port), "a node has the address of the API")]),
    ...behindAddresses(pods, plan),
    ...(servers.some(isNode) ? [asksNodes(pods, udp(DNS), NAMES)] : []),
    ...servers.filter((ip) => !isNode(ip)).map((ip) => asksAddress(pods, ip, udp(DNS), NAMES)),
    // No pod network has a word for a ping alone (Kubernetes documentation, NetworkPolicyPort: protocol).
    ...pinged.map((ip) => asksAddress(pods, ip, [], "it pings, which is at no port")),
    ...(throughInternet(plan).length > 0
      ? [asksInternet(pods, tcp(443), "it asks a name of the house by way of the internet")]
      : []),
    // Its answers are short, and whoever gets half of one asks again by TCP (RFC 7766 §5).
    ...internetResolvers(plan).map((ip) =>
      asksAddress(pods, ip, [...udp(DNS), ...tcp(DNS)], "it asks as the internet knows the name"),
    ),
  ];
}

const DNS = 53;
const NAMES = "it asks resolvers of the house for domains";

/** Behind addresses of the load balancer: whoever takes requests of the whole house, at the ports where he does. */
function behindAddresses(pods: Pods, plan: Plan): readonly Begun[] {
  const flows = plan.chosen.flatMap((one) => one.component.flows?.(plan, one.options, one) ?? []);
  const isOpen = ({ from, namespace }: Flow): boolean => from.includes("world") && namespace !== pods.namespace;
  return flows.filter(isOpen).map(({ namespace, to, ports }) => {
    const party = { namespace, labels: to };
    const text = `${namespace}/${Object.values(to).join("-")}`;
    return {
      pods,
      to: { kind: "pods", text, pods: party },
      ports,
      because: "it asks addresses of gateways and of DNS, which lead to these pods",
    };
  });
}
