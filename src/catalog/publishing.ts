/** Which gateways have their names written into public DNS, by whom, and what those names point at. */
import { z } from "zod";
import { labelField } from "../fields/fields.ts";
import { chosenIn } from "../model/chosen.ts";
import { parseHostname, type Hostname, type Label } from "../model/names.ts";
import type { Chosen, Plan } from "../model/plan.ts";
import type { Gateway } from "../model/gateway.ts";
import type { SettledOption } from "../model/settled.ts";

export const PUBLISH = "publish";

/** What every publisher is told, whatever DNS it writes. */
export const publishKeys = {
  gateways: z
    .array(labelField())
    .min(1)
    .optional()
    .describe("gateways whose routes get a record, those with a way in from the internet when absent")
    .meta({ kind: "a list of gateways", example: ["external"] }),
  policy: z
    .enum(["upsert-only", "sync"])
    .default("upsert-only")
    .describe(
      "what may happen to records: upsert-only makes and changes them, sync removes those of routes that are gone",
    )
    .meta({ because: "a mistake in the cluster can then take no name off the internet" }),
  owner: labelField()
    .optional()
    .describe(
      "mark on the records this network made, never to change while they exist; made of the names of the network and of this entry, and written down",
    )
    .meta({ example: "home-cloudflare" }),
} as const;

export interface PublishOptions {
  readonly gateways?: readonly Label[] | undefined;
  readonly policy: "upsert-only" | "sync";
  readonly owner?: Label | undefined;
}

export type Publisher = Chosen<PublishOptions>;

export const publishers = (plan: Pick<Plan, "chosen">): readonly Publisher[] =>
  chosenIn(plan, PUBLISH) as readonly Publisher[];

/** Names of gateways as the spec has them; that they exist is a rule's to say. */
export const publishedNames = ({ options }: Publisher, plan: Pick<Plan, "gateways">): readonly string[] =>
  options.gateways ?? plan.gateways.filter((gateway) => gateway.public !== undefined).map(({ name }) => name);

export const publishersOf = ({ name }: Gateway, plan: Plan): readonly Publisher[] =>
  publishers(plan).filter((publisher) => publishedNames(publisher, plan).includes(name));

export const ownerOf = ({ name, options }: Publisher, plan: Pick<Plan, "name">): string =>
  options.owner ?? usualOwner(plan, name);

const usualOwner = (network: Pick<Plan, "name">, name: Label | undefined): string => `${network.name}-${name}`;

/** Under another owner the records that are there are nobody's, so a new name of the network changes none. */
export const settledOwner: SettledOption = {
  key: "owner",
  from: (network, name) => ({
    value: usualOwner(network, name),
    because: "the names of the network and of this entry, and this from now on whatever they become",
  }),
};

/**
 * What the records of a public gateway point at: one name that leads into the tunnel, so that a new tunnel changes one
 * record and not all.
 */
export function publicTarget({ domains }: Pick<Plan, "domains">): Hostname {
  const target = parseHostname(`external.${domains[0]}`);
  if (target === undefined) throw new Error(`no host name: external under ${domains[0]}`);
  return target;
}

/** On the Gateway object; the label filter of external-dns reads it there. */
export const publishLabel = (publisher: string): string => `publish.homelab-net/${publisher}`;

// Written out and never left to the program: another prefix in a later version would leave every record without its
// route (external-dns v0.22 changes the default; kubernetes-sigs/external-dns#6424). k8s-gateway reads this one too.
export const ANNOTATIONS = "external-dns.alpha.kubernetes.io/";

/** What those who publish names look for on a Gateway. */
export function publication(gateway: Gateway, plan: Plan) {
  const publishers = publishersOf(gateway, plan);
  return {
    labels: Object.fromEntries(publishers.map(({ name }) => [publishLabel(name ?? ""), "true"])),
    target: publishers.length > 0 ? { [`${ANNOTATIONS}target`]: publicTarget(plan) } : null,
  };
}
