/** Before anything of a network is there: nobody may answer at its addresses, unless its machines run already. */
import type { Audit } from "../audit/audit.ts";
import { platformsOf } from "../compose/inUse.ts";
import type { Catalog } from "../model/component.ts";
import type { Plan } from "../model/plan.ts";
import { aboutSubject, subjectsOf } from "./addresses.ts";
import { aboutNode } from "./nodes.ts";
import { presenceAt, type Presence } from "./presence.ts";
import { fine, unknown, wrong, type Probe, type Verdict } from "./probe.ts";

// A warning, because nobody can tell from outside whether it is the owner who answers.
export const answeringAddress: Audit = {
  id: "DOCTOR-ADDRESS-ANSWERS",
  severity: "warning",
  title: "Somebody has an address already that the new network is to have.",
  because: "Unless it is the machine that is meant, two devices will answer for one address.",
  source: "RFC 5227, IPv4 Address Conflict Detection, section 2.1.1",
};

export function addressesBefore(plan: Plan, catalog: Catalog): Probe {
  const sign = platformsOf(plan, catalog)
    .flatMap((platform) => platform.expects?.(plan) ?? [])
    .find((one) => one.kind === "machine");
  const asked = [
    ...subjectsOf(plan).subjects.map((subject) => ({ ...subject, question: aboutSubject(subject, plan) })),
    ...plan.nodes.map((node) => ({
      ip: node.ip,
      owner: node.name,
      path: `cluster.nodes.${node.name}.ip`,
      question: aboutNode(node, sign),
      sign,
    })),
  ];
  return {
    area: "addresses",
    questions: [{ kind: "machine" }, ...asked.map(({ question }) => question)],
    judge: (answers) => asked.map((one) => judgeBefore(one, presenceAt(one.question, plan, answers))),
  };
}

interface Asked {
  readonly ip: string;
  readonly owner: string;
  readonly path: string;
  /** For a machine of the cluster: how it is known. */
  readonly sign?: { readonly port: number; readonly title: string } | undefined;
}

function judgeBefore({ ip, owner, path, sign }: Asked, presence: Presence): Verdict {
  const what = `${ip} (${owner})`;
  if (presence.is === "unknown") return unknown(`whether somebody has ${what}`, presence.because);
  if (presence.is === "nobody") return fine(`${what} is free`);
  if (sign !== undefined && presence.open.includes(sign.port))
    return fine(`${what} answers as a machine with ${sign.title} does`);
  return wrong(answeringAddress, {
    message: `somebody has ${what} already: ${presence.by}`,
    paths: [path],
    fix: `see in the table of your router who it is; if it is not yours to keep, take another address for ${path}`,
  });
}
