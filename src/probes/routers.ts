/** Routers that nodes speak BGP with: whether they wait for them. */
import type { Audit } from "../audit/audit.ts";
import { speakingNodes, type BgpPeer } from "../model/bgp.ts";
import type { Plan } from "../model/plan.ts";
import { fine, unknown, wrong, type Probe, type Verdict } from "./probe.ts";
import { isUntold, type AddressAnswer, type AddressQuestion, type Untold } from "./question.ts";

export const deafRouter: Audit = {
  id: "DOCTOR-ROUTER-DEAF",
  severity: "warning",
  title: "A router of bgp takes no BGP sessions.",
  because: "Nodes can tell it the way to no address, and nothing behind them is reached.",
  source: "RFC 4271 section 8.2.1: speakers listen on TCP port 179",
};

const PORT = 179;

/** A firewall may let only nodes in, so silence proves nothing; a refusal comes from the router itself. */
export const routerProbes = (plan: Plan): readonly Probe[] =>
  (speakingNodes(plan).length === 0 ? [] : (plan.bgp?.peers ?? [])).flatMap((peer) =>
    peer.ips.map((address): Probe => {
      const question: AddressQuestion = { kind: "address", address, ports: [PORT] };
      return {
        area: "addresses",
        questions: [question],
        judge: (answers) => [judge(peer, address, answers.to(question))],
      };
    }),
  );

function judge({ name, path }: BgpPeer, address: string, answer: AddressAnswer | Untold): Verdict {
  const what = `whether ${name} (${address}) takes BGP sessions`;
  if (isUntold(answer)) return unknown(what, answer.untold);
  if (answer.open.includes(PORT)) return fine(`${name} takes BGP sessions at ${address}`);
  if (!answer.refused.includes(PORT)) return unknown(what, "it may answer nodes alone");
  return wrong(deafRouter, {
    message: `${name} refuses port ${PORT} at ${address}`,
    paths: [path],
    fix: `routers/${name}/README.md: switch BGP on, and let the nodes in`,
  });
}
