/** A name for a machine as it is remembered, and the app it is today. */
import { parseIp } from "../../src/model/address.ts";
import { parseHostname, parseLabel, type Label } from "../../src/model/names.ts";
import type { Plan } from "../../src/model/plan.ts";
import { isMap } from "../../src/model/unknown.ts";
import type { MachineSource, NewApp } from "../../src/compose/newApp/app.ts";
import { optionsAsked } from "../../src/model/routeOptions.ts";
import { asInputs } from "../again.ts";
import { rememberedOptions, spellOptions } from "./options.ts";
import type { Origin } from "./origin.ts";

/** Machines are no apps, so they have a namespace of their own, in which no pod runs. */
export const NAMESPACE = "lan" as Label;

type Inputs = Readonly<Record<string, unknown>>;

/** The machine by its name in homelab.yaml: its address may change there. */
export function inputsOf({ name, route }: NewApp, { source, name: machine }: Pick<Origin, "source" | "name">): Inputs {
  const { address: _, unopened: __, ...to } = source;
  return asInputs({
    host: route?.host,
    app: `${NAMESPACE}/${name}`,
    to: { ...to, machine },
    gateways: route?.gateways,
    ...(optionsAsked(route ?? {}).length > 0 && { options: spellOptions(route ?? {}) }),
  });
}

/** Inputs of a version that remembered the address, as they are remembered now. */
export function withMachine(inputs: Inputs, { addresses }: Plan): Inputs {
  const { to } = inputs;
  if (!isMap(to) || to["machine"] !== undefined) return inputs;
  const { address: text, ...rest } = to;
  const address = typeof text === "string" ? parseIp(text) : undefined;
  const owner = address && addresses.ownersOf(address)[0]?.owner;
  return owner === undefined ? inputs : { ...inputs, to: { ...rest, machine: owner } };
}

/** What a record leads to, as homelab.yaml has it now, or why that cannot be told. */
export function machineApp(remembered: Inputs, plan: Plan): NewApp | { readonly because: string } {
  const { to, gateways, host: hostText, app } = withMachine(remembered, plan);
  const [namespace, appName = ""] = String(app).split("/");
  const [host, name] = [parseHostname(String(hostText)), parseLabel(appName)];
  const source = isMap(to) ? sourceIn(to) : undefined;
  const options = rememberedOptions(remembered["options"]);
  if (namespace !== NAMESPACE || host === undefined || name === undefined || !source || !options)
    return { because: "what it was asked for is not known" };
  const address = plan.addresses.find(source.machine);
  if (address === undefined) return { because: `homelab.yaml has no machine ${source.machine}` };
  const wanted = Array.isArray(gateways) ? gateways.map(String) : [];
  const there = plan.gateways.filter((gateway) => wanted.includes(gateway.name));
  if (there.length === 0) return { because: `homelab.yaml has no gateway ${wanted.join(", ")}` };
  return {
    name,
    namespace: NAMESPACE,
    source: {
      kind: "machine",
      address,
      port: source.port,
      ...source.tls,
      ...(options.passthrough === true && { unopened: true as const }),
    },
    route: { ...options, host, service: name, port: source.port, gateways: there.map((gateway) => gateway.name) },
  };
}

interface Remembered {
  readonly machine: string;
  readonly port: number;
  readonly tls: Pick<MachineSource, "tls">;
}

function sourceIn({ machine, port, tls }: Inputs): Remembered | undefined {
  if (typeof machine !== "string" || typeof port !== "number") return undefined;
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return undefined;
  if (tls === undefined) return { machine, port, tls: {} };
  if (!isMap(tls)) return undefined;
  if (tls["name"] === undefined) return { machine, port, tls: { tls: {} } };
  const name = parseHostname(String(tls["name"]));
  return name === undefined ? undefined : { machine, port, tls: { tls: { name } } };
}
