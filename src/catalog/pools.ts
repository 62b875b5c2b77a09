/** The pools of a network as load balancers write them down. */
import { familyOf, type Ip, type IpRange } from "../model/address.ts";
import { familyName, type PerFamily } from "../model/families.ts";
import type { Label } from "../model/names.ts";
import type { Plan } from "../model/plan.ts";
import type { View } from "../model/unit.ts";

export interface NamedPool {
  readonly name: Label;
  /** One for each family it has. */
  readonly ranges: readonly IpRange[];
  readonly onRequest: boolean;
}

export const poolsByName = ({ pools }: Plan): readonly NamedPool[] =>
  [...new Set(pools.map(({ name }) => name))].map((name) => {
    const own = pools.filter((pool) => pool.name === name);
    return { name, ranges: own.map(({ range }) => range), onRequest: own.some(({ onRequest }) => onRequest) };
  });

export const hasIpv6Pool = ({ pools }: Plan): boolean => pools.some(({ range }) => range.family === 6);

/** Labels that a Service with these addresses has to have; null where it needs none. */
export const serviceLabels = (ips: readonly Ip[], plan: Plan): Entries | null => unlessEmpty(plan.addressLabels(ips));

/** Annotations by which it asks for them; null where it asks in another way. */
export const serviceAnnotations = (ips: readonly Ip[], plan: Plan): Entries | null =>
  unlessEmpty(plan.addressAnnotations(ips));

type Entries = Readonly<Record<string, string>>;

const unlessEmpty = (entries: Entries): Entries | null => (Object.keys(entries).length === 0 ? null : entries);

/** A Service has the first family of the cluster unless it says otherwise (Kubernetes documentation, dual-stack). */
export function serviceFamilies(addresses: PerFamily<Ip>, { stacks: [first] }: Plan): View {
  const families = addresses.map(familyOf);
  if (families.length === 1 && families[0] === first.family) return { families: [], policy: null };
  return {
    families: families.map(familyName),
    policy: families.length > 1 ? "RequireDualStack" : "SingleStack",
  };
}
