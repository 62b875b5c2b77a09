/** Where a name leads that no app or flag answers for, asked on a terminal. */
import { parseIp } from "../../src/model/address.ts";
import { ExpectedError, FindingsError } from "../../src/model/errors.ts";
import { parseHostname, type Hostname } from "../../src/model/names.ts";
import type { Gateway } from "../../src/model/gateway.ts";
import type { FoundApp } from "../../src/repo/apps.ts";
import { readFiles } from "../../src/repo/disk.ts";
import { planSpec } from "../../src/rules/planSpec.ts";
import { setInSpec } from "../../src/spec/setInSpec.ts";
import type { Session } from "../generator.ts";
import { SPEC_FILE, type OpenRepository } from "../repository.ts";
import { byService, serviceNames, type Backend } from "./backend.ts";
import { impossibleFor } from "./machine.ts";
import { originFor, type Origin, type Wish } from "./origin.ts";

interface Asked extends OpenRepository {
  readonly host: Hostname;
  readonly apps: readonly FoundApp[];
  readonly gateways: readonly Gateway[];
}

export async function askDestination(
  asked: Asked,
  session: Session,
): Promise<{ readonly backend: Backend } | { readonly origin: Origin }> {
  const { host, apps, plan } = asked;
  const services = serviceNames(apps);
  const { hosts } = plan.lan;
  const kind = await session.asker.choose(`What answers for ${host}?`, [
    {
      value: "service",
      name: "a Service in the cluster",
      ...(services.length === 0 && {
        disabled: "no app under kubernetes/apps has one that can be read from its files",
      }),
    },
    {
      value: "machine",
      name: "a machine of lan.hosts",
      ...(hosts.length === 0 && { disabled: "homelab.yaml names none" }),
    },
    { value: "address", name: "another address on the LAN", description: "it gets a name in lan.hosts by this" },
  ]);
  if (kind === "service") {
    const name = await session.asker.choose("Which Service?", services.map(asChoice));
    return { backend: byService(name, apps) };
  }
  const machine =
    kind === "machine"
      ? await session.asker.choose(
          "Which machine?",
          hosts.map(({ name, ip }) => ({ value: name, name, description: ip })),
        )
      : await askAddress(asked, session);
  return { origin: originFor(await askHow(machine, asked, session), host, plan) };
}

const asChoice = (value: string) => ({ value, name: value });

/** Judged like the homelab.yaml it is about to stand in. */
async function askAddress({ root, host, plan }: Asked, session: Session): Promise<string> {
  const { catalog, rules } = session;
  const spec = (await readFiles(root, [SPEC_FILE])).get(SPEC_FILE) ?? "";
  return session.asker.text({
    message: "Its address",
    check: (text) => {
      if (parseIp(text) === undefined) return `${text === "" ? "nothing" : text} is no address, such as 172.16.1.20`;
      return whyNot(() => {
        const { name, isNew } = originFor({ to: text }, host, plan);
        if (isNew) planSpec(setInSpec(spec, SPEC_FILE, `lan.hosts.${name}`, text, catalog), SPEC_FILE, catalog, rules);
      });
    },
  });
}

function whyNot(attempt: () => void): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (error instanceof FindingsError)
      return error.findings.find(({ severity }) => severity === "error")?.message ?? error.message;
    if (error instanceof ExpectedError) return error.message;
    throw error;
  }
}

async function askHow(machine: string, { gateways, host }: Asked, session: Session): Promise<Wish> {
  const whyNotBy = (tls: Origin["source"]["tls"]) => impossibleFor(gateways, tls, session.catalog)?.message;
  const scheme = await session.asker.choose("How is it spoken to?", [
    { value: "http", name: "http" },
    {
      value: "unverified",
      name: "https, whatever its certificate",
      description: "for a machine that signed it itself",
      disabled: whyNotBy({}),
    },
    {
      value: "verified",
      name: "https, its certificate checked",
      description: "for one that a public authority signed",
      disabled: whyNotBy({ name: host }),
    },
  ]);
  const tlsName = scheme === "verified" ? await askName(session) : undefined;
  const port = await session.asker.text({
    message: "Port",
    default: scheme === "http" ? "80" : "443",
    check: (text) =>
      /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535 ? undefined : "a number from 1 to 65535",
  });
  return {
    to: `${scheme === "http" ? "http" : "https"}://${machine}:${port}`,
    unverified: scheme === "unverified",
    tlsName,
  };
}

const askName = ({ asker }: Session): Promise<string> =>
  asker.text({
    message: "Name its certificate is for",
    check: (text) =>
      parseHostname(text.toLowerCase()) === undefined ? "a host name, such as nas.example.com" : undefined,
  });
