/** Whether somebody has an address, as far as a machine can tell from where it stands. */
import { contains, parseCidr, type Cidr, type Ip } from "../model/address.ts";
import type { Plan } from "../model/plan.ts";
import {
  isUntold,
  type AddressAnswer,
  type AddressQuestion,
  type Answers,
  type MachineAnswer,
  type Untold,
} from "./question.ts";

// What machines of a home have open, or refuse at once: SSH, DNS, web servers, Windows.
const PORTS = [22, 53, 80, 443, 445];

/** `ports` are those that tell more than that somebody is there. */
export const questionAbout = (address: Ip, ports: readonly number[] = []): AddressQuestion => ({
  kind: "address",
  address,
  ports: [...new Set([...PORTS, ...ports])].sort((a, b) => a - b),
});

export type Presence =
  /** `by`: what gave it away. */
  | { readonly is: "somebody"; readonly by: string; readonly open: readonly number[] }
  | { readonly is: "nobody" }
  /** `open`: ports that answered all the same, from behind a router. */
  | { readonly is: "unknown"; readonly because: string; readonly open: readonly number[] };

export const presenceAt = (question: AddressQuestion, plan: Plan, answers: Answers): Presence =>
  presence(answers.to(question), placeOf(question.address as Ip, plan, answers.to({ kind: "machine" })));

/** Where this machine stands. Behind a router silence proves nothing, and a proxy on the way may answer for everybody. */
export type Place = { readonly onLink: true } | { readonly onLink: false; readonly because: string };

function placeOf(ip: Ip, { lan }: Plan, machine: MachineAnswer | Untold): Place {
  if (isUntold(machine)) return { onLink: false, because: machine.untold };
  return isOnLink(ip, machine)
    ? { onLink: true }
    : {
        onLink: false,
        because: `${apart(ip, lan.cidr)}, and a router may answer or be silent for others`,
      };
}

const apart = (ip: Ip, lan: Cidr): string =>
  contains(lan, ip) ? `this machine is not in ${lan.text}` : `${ip} is in no network of this machine`;

const isOnLink = (ip: Ip, { addresses }: MachineAnswer): boolean =>
  addresses.some((own) => {
    const network = parseCidr(`${own.ip}/${own.prefix}`);
    return network !== undefined && contains(network, ip);
  });

function presence(answer: AddressAnswer | Untold, place: Place): Presence {
  if (isUntold(answer)) return { is: "unknown", because: answer.untold, open: [] };
  const { open, refused, neighbour } = answer;
  const somebody = (by: string): Presence => ({ is: "somebody", by, open });
  if (!place.onLink) return { is: "unknown", because: place.because, open };
  if (open[0] !== undefined) return somebody(`TCP port ${open[0]} is open`);
  if (refused[0] !== undefined) return somebody(`it refuses TCP port ${refused[0]}`);
  if (typeof neighbour === "object") return somebody(`its hardware address is ${neighbour.mac}`);
  return neighbour === "nobody"
    ? { is: "nobody" }
    : { is: "unknown", because: "no port answers, and this system does not say who its neighbours are", open };
}

export const isOpen = (answer: AddressAnswer | Untold, port: number): boolean =>
  !isUntold(answer) && answer.open.includes(port);
