/** Programs on machines outside the cluster that it depends on: whether anybody listens. */
import type { Audit } from "../audit/audit.ts";
import type { Expectation } from "../model/expectation.ts";
import { fine, unknown, wrong, type Probe, type Verdict } from "./probe.ts";
import { isUntold, type AddressAnswer, type AddressQuestion, type Untold } from "./question.ts";

export const nobodyListens: Audit = {
  id: "DOCTOR-HOST-DEAF",
  severity: "warning",
  title: "A program that the network depends on does not listen on its machine.",
  because: "What the cluster and its machines ask for there, nobody answers.",
  source: "RFC 9293 section 3.5.3: a machine resets connections to a port nobody listens on",
};

type Listens = Extract<Expectation, { readonly kind: "listens" }>;

/** A refusal comes from the machine itself; silence may be a firewall, or a machine that is off for a while. */
export const listenerProbes = (expected: readonly Expectation[]): readonly Probe[] =>
  expected
    .filter((one) => one.kind === "listens")
    .map((one): Probe => {
      const question: AddressQuestion = { kind: "address", address: one.address, ports: [one.port] };
      return { area: "addresses", questions: [question], judge: (answers) => [judge(one, answers.to(question))] };
    });

function judge({ title, name, address, port, path, fix }: Listens, answer: AddressAnswer | Untold): Verdict {
  const what = `whether ${title} listens on ${name} (${address})`;
  if (isUntold(answer)) return unknown(what, answer.untold);
  if (answer.open.includes(port)) return fine(`${title} listens on ${name} (${address})`);
  if (!answer.refused.includes(port)) return unknown(what, "nothing comes back from its port");
  return wrong(nobodyListens, { message: `${name} refuses port ${port} at ${address}`, paths: [path], fix });
}
