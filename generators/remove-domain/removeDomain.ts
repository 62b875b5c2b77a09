/** `gen remove-domain DOMAIN`: no longer a domain of this network, unless something still stands under it. */
import { gatewayCertificates } from "../../src/catalog/gatewayCertificates.ts";
import { toldServer } from "../../src/model/toldServer.ts";
import { UserError } from "../../src/model/errors.ts";
import { isUnder, type Hostname } from "../../src/model/names.ts";
import { writtenRecords } from "../../src/model/zones.ts";
import type { Change } from "../../src/model/tree.ts";
import { findApps } from "../../src/repo/apps.ts";
import { setInSpec } from "../../src/spec/setInSpec.ts";
import { stepsWithoutDomain } from "../publicDomains.ts";
import { isOn, type Generator, type Prepared, type Session } from "../generator.ts";
import { withRecords } from "../remove-record/records.ts";
import { openRepository, SPEC_FILE, type OpenRepository } from "../repository.ts";
import { CHANGING, oneOf, prepareChange } from "../specChange.ts";

interface DomainInput extends OpenRepository {
  readonly domain: Hostname;
}

const COMMAND = "remove-domain";

/** `others`: the generators whose files follow. */
export const removeDomainGenerator = (others: readonly Generator[]): Generator<DomainInput> => ({
  name: COMMAND,
  summary: "Takes a domain out that no route and no record needs any more.",
  argument: "DOMAIN",
  argumentSummary: "one of the domains in homelab.yaml",
  flags: CHANGING,
  examples: ["gen remove-domain ragas.dev"],
  collect,
  prepare: (input, session) => prepare(input, others, session),
});

async function collect(session: Session): Promise<DomainInput> {
  const repository = await openRepository(session);
  const { domains } = repository.plan;
  const asks = session.interactive && !isOn(session, "yes");
  if (session.argument === undefined && !asks)
    throw new UserError("remove-domain needs a domain", `it is one of ${domains.join(", ")}`);
  const choices = domains.map((value) => ({ value, name: value }));
  const text = session.argument ?? (await session.asker.choose("Which domain?", choices));
  const domain = oneOf("domain", text, domains) as Hostname;
  if (domains.length > 1) return { ...repository, domain };
  throw new UserError(
    `${domain} is the only domain, and without one no app has a name`,
    "gen add-domain DOMAIN adds the one that takes its place",
  );
}

function prepare(input: DomainInput, others: readonly Generator[], session: Session): Promise<Prepared> {
  const { root, text: before, domain, plan } = input;
  const { catalog } = session;
  const rest = plan.domains.filter((other) => other !== domain);
  const isLost = (name: string): boolean => isUnder(name, domain) && !rest.some((other) => isUnder(name, other));
  const lost = writtenRecords(plan).filter(({ name }) => isLost(name));
  const kept = writtenRecords(plan).filter(({ name }) => !isLost(name));
  const certificate = gatewayCertificates(plan).find((one) => one.domain === domain);
  const shorter = setInSpec(before, SPEC_FILE, "domains", rest, catalog);
  return prepareChange(
    input,
    {
      command: COMMAND,
      again: [domain],
      // Without its records, so that routes are found too before anything is refused.
      text: lost.length === 0 ? shorter : withRecords(shorter, kept, catalog),
      edits: [{ path: "domains", value: rest }],
      lines: [
        `${domain} and the names under it are answered no longer${certificate === undefined ? "" : `, and the certificate ${certificate.name} goes`}`,
      ],
      nextSteps: [
        ...(toldServer(plan) === undefined ? [] : [`take ${domain} out of what your resolver forwards`]),
        ...stepsWithoutDomain(domain, plan),
      ],
      refuse: async ({ changes }) => {
        const routes = await routesUnder(isLost, root, changes, session);
        const users = [...lost.map(({ name, path }) => `${name}: homelab.yaml, ${path}`), ...routes];
        if (users.length === 0) return;
        throw new UserError(
          [`${domain} is still in use:`, ...users].join("\n    "),
          "give these names another domain or take them out: gen remove-record NAME for a record, the lines of its file for a route",
        );
      },
    },
    others,
    session,
  );
}

/** As files will be: those of the network itself move to another domain. */
async function routesUnder(
  isLost: (name: string) => boolean,
  root: string,
  changes: readonly Change[],
  { catalog }: Session,
): Promise<readonly string[]> {
  const routes = (await findApps(root, catalog, changes)).flatMap((app) => app.routes);
  const found = routes.flatMap(({ hosts, path }) =>
    hosts.filter((host) => isLost(host.replace(/^\*\./, ""))).map((host) => `${host}: ${path}`),
  );
  return [...new Set(found)];
}
