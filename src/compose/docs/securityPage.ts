/** What of this network protects what, as the page on it says: read from the same places as the files themselves. */
import type { Catalog } from "../../model/component.ts";
import { mapNamespace } from "../../model/claims.ts";
import { keptSecrets } from "../../model/keptSecrets.ts";
import type { Plan } from "../../model/plan.ts";
import { closingOf, enforcesNothing, type Denial } from "../../model/policies.ts";
import type { OrderedUnit, View } from "../../model/unit.ts";
import { chosenIn } from "../../model/chosen.ts";
import { both } from "../../model/families.ts";
import { platformsOf } from "../inUse.ts";
import { namespacesOf, type Namespace } from "../namespaces.ts";

export function securityView(plan: Plan, units: readonly OrderedUnit[], catalog: Catalog): View {
  const namespaces = namespacesOf(units);
  const remote = chosenIn(plan, "remote").map(({ component }) => `your own devices by ${component.title}`);
  const named = (level: Namespace["level"]): readonly string[] =>
    namespaces.filter((one) => one.level === level).map(({ name }) => name);
  return {
    stand: keptSecrets(plan)?.stand ?? null,
    ignored: platformsOf(plan, catalog).flatMap(({ workstation }) => workstation?.ignored ?? []),
    privileged: named("privileged"),
    baseline: named("baseline"),
    restricted: named("restricted"),
    closing: policiesView(plan),
    namesOf: mapNamespace(plan) ?? null,
    doors: plan.gateways.map(({ object, addresses, public: way }) => ({
      object,
      address: both(addresses),
      reach: way !== undefined ? "the LAN and the internet" : ["the LAN", ...remote].join(", "),
    })),
  };
}

function policiesView(plan: Plan): View {
  const closing = closingOf(plan);
  const named = (denial: Denial): readonly string[] =>
    [...plan.policies.closed].flatMap(([name, one]) => (one === denial ? [String(name)] : []));
  return {
    enforced: closing !== undefined,
    canLook: closing?.audits !== undefined,
    refused: enforcesNothing(plan) ? [] : named("enforce"),
    watched: named("audit"),
    any: plan.policies.closed.size > 0,
    idle: enforcesNothing(plan),
  };
}
