/** What becomes of a connection in a world: the one question everything here is for. */
import { calicoSides } from "./calico/sides.ts";
import { ciliumSides } from "./cilium/sides.ts";
import { kubernetesSides } from "./kubernetes/sides.ts";
import { packets, type Packet, type Sides } from "./packet.ts";
import type { Connection, Side, Verdict, World } from "./world.ts";

// Objects are read once a world.
const judges = new WeakMap<World, Sides>();

function sidesOf(world: World): Sides {
  const known = judges.get(world);
  if (known !== undefined) return known;
  const sides = sidesFor(world);
  judges.set(world, sides);
  return sides;
}

function sidesFor(world: World): Sides {
  const { datapath } = world;
  switch (datapath.cni) {
    case "kubernetes":
      return kubernetesSides(world);
    case "cilium":
      return ciliumSides(world, datapath);
    case "calico":
      return calicoSides(world, datapath);
  }
}

/** Of several pods behind a Service the one that is worst off. */
export function verdict(world: World, connection: Connection): Verdict {
  const sides = sidesOf(world);
  const all = packets(world, connection).map((packet) =>
    staysInside(packet) ? together(INSIDE, INSIDE) : together(sides.egress(packet), sides.ingress(packet)),
  );
  const [first] = all;
  if (first === undefined) throw new Error("a connection leads somewhere");
  return all.find(({ allowed }) => !allowed) ?? all.find(({ audited }) => audited) ?? first;
}

/** What a pod says to itself never leaves it (Kubernetes documentation, Network Policies). */
const staysInside = ({ from, to }: Packet): boolean => from.kind === "pod" && to.kind === "pod" && from.pod === to.pod;
const INSIDE: Side = { allowed: true, because: "it asks itself", audited: false };

const together = (egress: Side, ingress: Side): Verdict => {
  const allowed = egress.allowed && ingress.allowed;
  return {
    allowed,
    egress,
    ingress,
    audited: allowed && (egress.audited || ingress.audited),
    stagedWouldDeny: allowed && (egress.stagedDeny !== undefined || ingress.stagedDeny !== undefined),
  };
};

/** Reads all objects and judges nothing: throws where one cannot be read. */
export const readable = (world: World): void => void sidesOf(world);
