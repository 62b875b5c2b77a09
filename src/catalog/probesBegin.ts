/** Whom the one asks who asks addresses of the network, with the pods behind them. */
import type { Begun } from "../model/policies.ts";
import type { Plan } from "../model/plan.ts";
import type { Flow, Pods } from "../model/unit.ts";
import { asksAddress, asksGateways, asksInternet, asksMachines, asksNodes, tcp, udp } from "./begins.ts";
import { internetResolvers, machinesPinged, resolversOfHouse, throughInternet } from "./probes.ts";

export function probesBegin(pods: Pods, plan: Plan): readonly Begun[] {
  const { api } = plan.cluster;
  const isNode = (ip: string): boolean => plan.nodes.some(({ ips }) => ips.some((own) => own === ip));
  const servers = resolversOfHouse(plan);
  return [
    ...asksMachines(
      plan,
      pods,
      api.addresses.map((ip) => ({ ip, port: api.port })),
      "it asks the address of the API",
    ),
    // An address that moves is that of a node for the node which has it.
    ...(api.addresses.every(isNode) ? [] : [asksNodes(pods, tcp(api.port), "a node has the address of the API")]),
    ...gateways(pods, plan),
    ...servers
      .filter(isNode)
      .slice(0, 1)
      .map(() => asksNodes(pods, udp(DNS), NAMES)),
    ...servers.filter((ip) => !isNode(ip)).map((ip) => asksAddress(pods, ip, udp(DNS), NAMES)),
    // No pod network has a word for a ping alone (Kubernetes documentation, NetworkPolicyPort: protocol).
    ...machinesPinged(plan).map((ip) => asksAddress(pods, ip, [], "it pings, which is at no port")),
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
function gateways(pods: Pods, plan: Plan): readonly Begun[] {
  const because = "it asks addresses of gateways and DNS, which lead to these pods";
  const flows = plan.chosen.flatMap((chosen) => chosen.component.flows?.(plan, chosen.options, chosen) ?? []);
  const isOpen = ({ from, namespace }: Flow): boolean => from.includes("world") && namespace !== pods.namespace;
  const inside = plan.chosen.some(({ component }) => component.gateways?.dataPlane(plan).includes("ingress") === true);
  return [
    ...(inside ? [asksGateways(pods, because)] : []),
    ...flows.filter(isOpen).map(({ namespace, to, ports }): Begun => {
      const party = { namespace, labels: to };
      return {
        pods,
        to: { kind: "pods", text: `${namespace}/${Object.values(to).join("-")}`, pods: party },
        ports,
        because,
      };
    }),
  ];
}
