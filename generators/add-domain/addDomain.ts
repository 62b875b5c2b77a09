/** `gen add-domain DOMAIN`: one more domain whose names the cluster answers to. */
import { gatewayCertificates } from "../../src/catalog/gatewayCertificates.ts";
import { dnsTitle } from "../../src/compose/docs/names.ts";
import { toldServer } from "../../src/model/toldServer.ts";
import { readHostname } from "../../src/fields/readName.ts";
import { UserError } from "../../src/model/errors.ts";
import type { Hostname } from "../../src/model/names.ts";
import type { Plan } from "../../src/model/plan.ts";
import { setInSpec } from "../../src/spec/setInSpec.ts";
import { stepsForDomain } from "../publicDomains.ts";
import { accepted, askChecked } from "../askChecked.ts";
import { isOn, type Generator, type Prepared, type Session } from "../generator.ts";
import { openRepository, SPEC_FILE, type OpenRepository } from "../repository.ts";
import { CHANGING, prepareChange } from "../specChange.ts";

interface DomainInput extends OpenRepository {
  readonly domain: Hostname;
}

const COMMAND = "add-domain";

/** `others`: the generators whose files follow. */
export const addDomainGenerator = (others: readonly Generator[]): Generator<DomainInput> => ({
  name: COMMAND,
  summary: "Adds a domain whose names the cluster answers to, with its certificate.",
  argument: "DOMAIN",
  argumentSummary: "a domain of yours, or one below a domain you have",
  flags: CHANGING,
  examples: ["gen add-domain ragas.dev", "gen add-domain services.ragas.cc --yes"],
  collect,
  prepare: (input, session) => prepare(input, others, session),
});

async function collect(session: Session): Promise<DomainInput> {
  const repository = await openRepository(session);
  if (session.argument === undefined && (!session.interactive || isOn(session, "yes")))
    throw new UserError("add-domain needs a domain", "gen add-domain example.org");
  const text = session.argument ?? (await askChecked("Domain", parse, session));
  return { ...repository, domain: parse(text) };
}

const parse = (text: string): Hostname => accepted(readHostname(text.trim().toLowerCase().replace(/\.$/, "")));

function prepare(input: DomainInput, others: readonly Generator[], session: Session): Promise<Prepared> {
  const { text: before, domain, plan } = input;
  const isThere = plan.domains.includes(domain);
  const domains = isThere ? plan.domains : [...plan.domains, domain];
  const server = toldServer(plan);
  return prepareChange(
    input,
    {
      command: COMMAND,
      again: [domain],
      text: isThere ? before : setInSpec(before, SPEC_FILE, "domains", domains, session.catalog),
      edits: isThere ? [] : [{ path: "domains", value: domains }],
      lines: [
        `${domain}${server === undefined ? "" : `, answered on your LAN by ${dnsTitle(plan)} (${server})`}`,
        certificateFor(domain, plan),
      ],
      nothingToDo: `${domain} is there already, nothing to do`,
      nextSteps: [
        ...(server === undefined ? [] : [`tell your resolver about ${domain}: docs/dns.md, one line`]),
        ...(isThere ? [] : stepsForDomain(domain, plan)),
      ],
    },
    others,
    session,
  );
}

const certificateFor = (domain: Hostname, plan: Plan): string =>
  gatewayCertificates(plan).length === 0
    ? "no certificate: the gateways speak http"
    : `a certificate for it and *.${domain}: whoever proves your domains has to be allowed to change its DNS`;
