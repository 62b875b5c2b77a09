/** Addresses as OpenTofu, and the machines it makes, will read them. */
import { inside, map, prefixOf, text, type Found } from "./found.ts";

/** What OpenTofu makes machines of: all in one network, or each with what cloud-init tells it. */
export function variables(content: string): Found {
  const { network, resolvers, machines } = map(JSON.parse(content));
  const shared: Found =
    network === undefined
      ? [["resolvers", resolvers]]
      : [
          ["router", inside(network, "router")],
          [prefixOf(text(inside(network, "router"))), text(inside(network, "prefix"))],
          ["resolvers", inside(network, "resolvers")],
        ];
  return [...shared, ...Object.entries(map(machines)).flatMap(([name, value]) => machine(name, map(value)))];
}

function machine(name: string, { address, addresses }: Readonly<Record<string, unknown>>): Found {
  if (address !== undefined) return [[`node ${name}`, address]];
  return Object.values(map(addresses)).flatMap((own): Found => {
    const [ip = "", prefix] = text(inside(own, "address")).split("/");
    return [
      [`node ${name}`, ip],
      [prefixOf(ip), prefix],
      ["router", inside(own, "router")],
    ];
  });
}

/** `name:user:address`, whom bootstrap/vms.sh logs in to. */
export const logins = (content: string): Found =>
  [...content.matchAll(/^ {2}([a-z0-9-]+):[a-z_][a-z0-9_-]*:(\S+)$/gm)].map(([, name, ip]) => [`node ${name}`, ip]);
