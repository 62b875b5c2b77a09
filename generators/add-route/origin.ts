/** A machine of the LAN by `[http://|https://]HOST[:PORT]`, and how it is spoken to. */
import { familyOf, parseIp, type Ip } from "../../src/model/address.ts";
import { UserError } from "../../src/model/errors.ts";
import { parseHostname, parseLabel, type Hostname, type Label } from "../../src/model/names.ts";
import type { Plan } from "../../src/model/plan.ts";
import { suggest } from "../../src/model/suggest.ts";
import type { MachineSource } from "../../src/compose/newApp/app.ts";

export interface Origin {
  readonly source: MachineSource;
  /** Its name in homelab.yaml, which is new where `isNew`. */
  readonly name: string;
  readonly isNew: boolean;
  /** `https://nas:5001`. */
  readonly shown: string;
}

const TO = /^(?:(https?):\/\/)?([A-Za-z0-9.-]+)(?::(\d{1,5}))?\/?$/;

/** What is asked for, by flags or by answers. */
export interface Wish {
  /** `[http://|https://]HOST[:PORT]`. */
  readonly to: string;
  /** The certificate of the machine is not looked at. */
  readonly unverified?: boolean;
  /** Name the certificate of the machine is for. */
  readonly tlsName?: string | undefined;
  /** The gateway hands connections on as they come, so no certificate is an affair of its. */
  readonly unopened?: true;
}

export function originFor(wish: Wish, host: Hostname, plan: Plan): Origin {
  const { to: text } = wish;
  const [, scheme = "http", machine, portText] = TO.exec(text) ?? [];
  const port = portText === undefined ? (scheme === "https" ? 443 : 80) : Number(portText);
  if (machine === undefined || port < 1 || port > 65_535)
    throw new UserError(
      `--to ${text} is not [http://|https://]HOST[:PORT]`,
      "such as --to https://172.16.1.20:5001; a path belongs to the request, not to the machine",
    );
  const found = machineOf(machine.toLowerCase(), host, plan);
  return {
    source: { kind: "machine", address: found.address, port, ...tlsOf(scheme, wish) },
    name: found.name,
    isNew: found.isNew,
    shown: `${scheme}://${found.name}:${port}`,
  };
}

interface Machine {
  readonly name: string;
  readonly address: Ip;
  readonly isNew: boolean;
}

// What the cluster itself answers on: a route to it would come back to where it started.
const OURS = new Set(["gateway", "api", "service"]);

function machineOf(text: string, host: Hostname, plan: Plan): Machine {
  const { addresses, lan, nodes } = plan;
  const address = parseIp(text);
  if (address === undefined) return { ...named(text, plan), isNew: false };
  const owners = addresses.ownersOf(address);
  const ours = owners.find(({ role }) => OURS.has(role));
  if (ours !== undefined)
    throw new UserError(
      `${address} is ${ours.owner}, which runs in this cluster`,
      "--service NAMESPACE/NAME:PORT leads to a Service of it",
    );
  const known = [...lan.hosts, ...nodes].find(({ ip }) => ip === address);
  if (known !== undefined) return { name: known.name, address, isNew: false };
  const [router] = owners;
  if (router !== undefined) return { name: router.owner, address, isNew: false };
  return { name: freeName(host, address, plan), address, isNew: true };
}

function named(text: string, { lan, nodes }: Plan): Omit<Machine, "isNew"> {
  const machines = [...lan.hosts, ...nodes];
  const found = machines.find(({ name }) => name === text);
  // Their requests go to an EndpointSlice of IPv4 (src/compose/newApp/machine.ts).
  if (found !== undefined && familyOf(found.ip) === 6)
    throw new UserError(
      `${found.name} has no IPv4 address, and gateways go to machines by IPv4`,
      `lan.hosts.${found.name}: its IPv4 address beside the other one`,
    );
  if (found !== undefined) return { name: found.name, address: found.ip };
  const near = suggest(
    text,
    machines.map(({ name }) => name),
  );
  throw new UserError(
    parseLabel(text) === undefined
      ? `${text} is neither an address nor the name of a machine: gateways are told addresses`
      : `no machine is called ${text}`,
    near === undefined ? "write its address; it gets its name in lan.hosts by this" : `did you mean ${near}?`,
  );
}

/** Called as the route is, with the end of the address where somebody else is called so. */
function freeName(host: Hostname, address: Ip, { addresses }: Plan): Label {
  const label = host.split(".")[0] ?? "machine";
  const candidates = [label, `${label}-${address.split(".").at(-1)}`, `machine-${address.replaceAll(".", "-")}`];
  const free = candidates.map(parseLabel).find((name) => name !== undefined && addresses.find(name) === undefined);
  if (free === undefined) throw new UserError(`${address} has no name in lan.hosts, and ${label} is taken`, "add it");
  return free;
}

function tlsOf(
  scheme: string,
  { to: text, unverified: skips = false, tlsName: nameText, unopened }: Wish,
): Pick<MachineSource, "tls" | "unopened"> {
  if (unopened === true) {
    if (scheme === "https" && !skips && nameText === undefined) return { unopened: true };
    throw new UserError(
      `--to ${text}: with --tls passthrough the machine speaks https, and the gateway looks at no certificate`,
      "write https:// before it, and neither --tls-skip-verify nor --tls-name",
    );
  }
  if (scheme === "http") {
    if (!skips && nameText === undefined) return {};
    throw new UserError(`--to ${text} is http, which has no certificate`, "write https:// before it");
  }
  if (skips && nameText !== undefined)
    throw new UserError("--tls-skip-verify and --tls-name exclude each other", "keep one of them");
  if (skips) return { tls: {} };
  const name = nameText === undefined ? undefined : parseHostname(nameText.toLowerCase());
  if (name !== undefined) return { tls: { name } };
  if (nameText !== undefined)
    throw new UserError(`--tls-name ${nameText} is not a host name`, "such as nas.example.com");
  throw new UserError(
    `${text}: the gateway has to know what to make of the certificate it is shown there`,
    "--tls-name NAME where a public authority signed it for that name, --tls-skip-verify where the machine signed it itself",
  );
}
