/** Where a record leads: an address, or a machine by its name. */
import { parseIp } from "../../src/model/address.ts";
import { UserError } from "../../src/model/errors.ts";
import { parseHostname, parseLabel } from "../../src/model/names.ts";
import type { Plan } from "../../src/model/plan.ts";
import { suggest } from "../../src/model/suggest.ts";

/** As homelab.yaml has it. */
export function parseTarget(text: string, plan: Plan): string {
  const target = text.trim();
  if (parseIp(target) !== undefined) return throughGateway(target, plan);
  const machines = [...plan.lan.hosts, ...plan.nodes].map(({ name }) => name as string);
  if (machines.includes(target)) return target;
  if (target.includes(":")) throw new UserError(`--to ${target}: a record has no port`, "such as --to 172.16.1.20");
  if (parseLabel(target) !== undefined) {
    const near = suggest(target, machines);
    throw new UserError(
      `no machine is called ${target}`,
      near === undefined ? `write its address; machines: ${machines.join(", ")}` : `did you mean ${near}?`,
    );
  }
  throw new UserError(
    parseHostname(target) === undefined
      ? `--to ${target} is neither an address nor the name of a machine`
      : `--to ${target}: a record holds an address, and the one of a name elsewhere may change`,
    "an IP address, or a name of lan.hosts or of a node",
  );
}

/** A gateway sends away what no route names. */
function throughGateway(target: string, plan: Plan): string {
  const gateway = plan.gateways.find(({ addresses }) => addresses.some((address) => address === target));
  if (gateway === undefined) return target;
  throw new UserError(
    `${target} is the gateway ${gateway.object}, which answers only names that have a route`,
    "gen add-route HOST makes one, and its name is answered by itself",
  );
}
