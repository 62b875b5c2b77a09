/** What is said of an entry before it is written, and where none can be. */
import { flowsOf } from "../../src/compose/newApp/flows.ts";
import { readParty } from "../../src/fields/readParty.ts";
import { UserError } from "../../src/model/errors.ts";
import { isClosed } from "../../src/model/passages.ts";
import { closingOf } from "../../src/model/policies.ts";
import type { Plan } from "../../src/model/plan.ts";
import { flowsIn } from "../../src/plan/units.ts";
import type { State } from "../../src/repo/state.ts";
import { accepted } from "../askChecked.ts";
import { rememberedApps } from "../rememberedApp.ts";
import type { Entry } from "./entries.ts";

export function refuseUnenforced(plan: Plan): void {
  if (closingOf(plan) === undefined)
    throw new UserError(
      "the pod network enforces no policies: everybody may talk to everybody",
      "cni: cilium or calico",
    );
}

export function linesOf(entry: Entry, plan: Plan): readonly string[] {
  const party = accepted(readParty(entry.from));
  const open = party.kind === "pods" && !isClosed(party.pods.namespace, plan) ? party.pods.namespace : undefined;
  return [
    `${entry.from} begins, ${entry.to} answers${entry.ports.length > 0 ? ` on ${entry.ports.join(", ")}` : ""}`,
    ...(open === undefined ? [] : [`${open} is open: its pods may begin anything, with this or without`]),
  ];
}

/** Where a policy cannot let in without closing, one for pods that are open would lock everybody else out. */
export function refuseOpen({ to }: Entry, plan: Plan, state: State): void {
  const party = accepted(readParty(to));
  if (party.kind !== "pods" || closingOf(plan)?.audits !== undefined) return;
  const { namespace, labels } = party.pods;
  if (isClosed(namespace, plan)) return;
  const meets = (others: Readonly<Record<string, string>>): boolean =>
    Object.entries(labels).every(([key, value]) => others[key] === undefined || others[key] === value);
  const closed = [...flowsIn(plan), ...rememberedApps(state, plan).flatMap(flowsOf)].some(
    (flow) => flow.namespace === namespace && meets(flow.to),
  );
  if (!closed)
    throw new UserError(
      `everybody reaches ${to} already, and a policy of this pod network would close it to all others`,
      `gen set policies.defaultDeny.${namespace}=enforce closes the namespace; allow it then`,
    );
}
