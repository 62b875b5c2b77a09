/** Interfaces that pods ask for in other networks of the house. */
import { attachmentsOf } from "../model/attachments.ts";
import { parseIp } from "../model/address.ts";
import type { Finding } from "../model/finding.ts";
import { toFinding, type Audit } from "./audit.ts";
import type { Cluster } from "./cluster.ts";
import { selectionsOf, type Selection } from "./networkSelection.ts";

export const missingAttachment: Audit = {
  id: "ATTACH-MISSING",
  severity: "error",
  title: "A pod asks for a network that its namespace does not have.",
  because:
    "Multus finds nothing under this name and refuses the pod, which stays in ContainerCreating; without Multus the pod starts without the network.",
  source: "multus-cni v4.3.0, docs/how-to-use.md: a name is looked for in the namespace of the pod",
};

export const takenAddress: Audit = {
  id: "ATTACH-ADDRESS",
  severity: "error",
  title: "An address in another network has two owners.",
  because: "Both answer for it, and which of them is reached changes with every ARP request.",
  source: "RFC 5227 §2.4: address conflict detection",
};

export function* attachments(cluster: Cluster): Generator<Finding> {
  const selections = [...selectionsOf(cluster)];
  for (const selection of selections) yield* missing(selection, cluster);
  yield* taken(selections, cluster);
}

function* missing({ owner, name, namespace, place }: Selection, cluster: Cluster): Generator<Finding> {
  const kind = "NetworkAttachmentDefinition";
  if (cluster.find({ kind, name, namespace: namespace ?? "default" }) !== undefined) return;
  const elsewhere = [
    ...new Set(cluster.ofKind(kind).flatMap((one) => (one.name === name ? (one.namespace ?? []) : []))),
  ];
  const network = attachmentsOf(cluster.plan).find(({ attach }) => attach.name === name)?.network.name;
  yield toFinding(missingAttachment, {
    message: `${owner} asks for the network ${name}, which is ${elsewhere.length === 0 ? "in no namespace" : `in ${elsewhere.join(", ")} and not in ${namespace}`}`,
    places: [place],
    fix:
      network === undefined
        ? "a network of homelab.yaml with attach for this namespace, then gen apply; or no such annotation"
        : `${namespace} in networks.${network}.attach.namespaces of homelab.yaml, then gen apply`,
  });
}

function* taken(selections: readonly Selection[], { plan }: Cluster): Generator<Finding> {
  const seen = new Map<string, Selection>();
  for (const selection of selections)
    for (const text of selection.addresses) {
      const ip = parseIp(text);
      if (ip === undefined) continue;
      const before = seen.get(ip);
      const [machine] = plan.addresses.ownersOf(ip);
      const other = before?.owner ?? machine?.owner;
      if (other !== undefined)
        yield toFinding(takenAddress, {
          message: `${ip} is asked for by ${selection.owner}, and is the address of ${other}`,
          places: [selection.place, ...(before === undefined ? [] : [before.place])],
          fix: "an address of that network that nobody has",
        });
      else seen.set(ip, selection);
    }
}
